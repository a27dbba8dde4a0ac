from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from apps.workflows.registry import get_node_type


def test_manual_passes_the_given_items(run_node: Any) -> None:
    assert run_node("manual", {}, [{"a": 1}, {"a": 2}]).json() == [{"a": 1}, {"a": 2}]


def test_manual_without_data_gives_one_empty_item(run_node: Any) -> None:
    assert run_node("manual", {}, []).json() == [{}]


def test_webhook_passes_the_received_item(run_node: Any) -> None:
    assert run_node("webhook", {"path": "x"}, [{"method": "POST"}]).json() == [{"method": "POST"}]


def test_webhook_started_by_hand_gives_one_empty_item(run_node: Any) -> None:
    assert run_node("webhook", {"path": "x"}, []).json() == [{}]


def test_webhook_accepts_a_good_path() -> None:
    assert get_node_type("webhook").check({"path": "orders/:id", "methods": ["GET"]}) == {}


def test_webhook_refuses_a_bad_path() -> None:
    assert get_node_type("webhook").check({"path": "orders/:1"}) == {
        "path": ["A parameter is a colon and a name, for example :id."]
    }


def test_webhook_refuses_no_method() -> None:
    assert get_node_type("webhook").check({"path": "a", "methods": []}) == {"methods": ["Choose at least one method."]}


def test_schedule_passes_the_accepted_item(run_node: Any) -> None:
    item = {"triggered_at": "2026-01-01T00:00:00+00:00", "trigger_type": "schedule"}
    assert run_node("schedule", {}, [item]).json() == [item]


def test_schedule_started_by_hand_takes_the_present_moment(run_node: Any) -> None:
    ran = run_node("schedule", {}, [], now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert ran.json() == [{"triggered_at": "2026-03-01T12:00:00+00:00", "trigger_type": "schedule"}]


def test_schedule_refuses_bad_rules_and_zones() -> None:
    assert get_node_type("schedule").check({"rules": [], "timezone": "Mars/Base"}) == {
        "rules": ["Give between 1 and 20 rules."],
        "timezone": ["This time zone is not known; an example is Europe/Berlin."],
    }


def test_schedule_defaults_are_right() -> None:
    assert get_node_type("schedule").check({}) == {}
