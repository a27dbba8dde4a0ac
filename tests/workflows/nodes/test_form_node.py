from __future__ import annotations

from typing import Any

from apps.workflows.registry import get_node_type

FIELDS = [
    {"name": "email", "type": "email"},
    {"name": "n", "type": "number", "min": 3},
    {"name": "day", "type": "date"},
    {"name": "one", "type": "radio", "options": [{"value": "a"}]},
    {"name": "all", "type": "multiselect", "options": [{"value": "a"}]},
    {"name": "note", "label": "A note"},
    {"name": "kept", "default": "this"},
]


def test_what_was_sent_is_passed_on(run_node: Any) -> None:
    item = {"email": "a@b.cd", "submittedAt": "2026-01-01T00:00:00+00:00", "formMode": "production"}
    assert run_node("form", {"path": "x", "fields": FIELDS}, [item]).json() == [item]


def test_by_hand_answers_are_made_up(run_node: Any) -> None:
    assert run_node("form", {"path": "x", "fields": FIELDS}).json() == [
        {
            "email": "ada@example.com", "n": 3, "day": "2026-01-31", "one": "a", "all": ["a"], "note": "A note",
            "kept": "this", "submittedAt": "2026-03-01T12:00:00+00:00", "formMode": "test",
        }
    ]  # fmt: skip


def test_with_faulty_fields_nothing_is_made_up(run_node: Any) -> None:
    assert set(run_node("form", {"path": "x", "fields": [{}]}).json()[0]) == {"submittedAt", "formMode"}


def test_faults_are_named() -> None:
    check = get_node_type("form").check
    assert check({"path": "contact-us", "fields": FIELDS, "redirect_url": "https://example.com"}) == {}
    assert list(check({"path": "a b", "redirect_url": "mailto:x", "fields": [{"name": "x", "pattern": "["}]})) == [
        "path", "redirect_url", "fields[0].pattern",
    ]  # fmt: skip
