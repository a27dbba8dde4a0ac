"""Answers against declared fields."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.pages.contracts.examples import example_value
from apps.pages.contracts.field_faults import field_faults
from apps.pages.contracts.fields import FIELD_TYPES, FormField, read_fields
from apps.pages.engine.values import Fault, read_value, read_values
from apps.pages.services.field_messages import _SENTENCES, sentence
from exprsn.kernel.jsonvalue import clean_text

OPTIONS = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]


def field(kind: str, **more: Any) -> FormField:
    options = {"options": OPTIONS} if kind in ("select", "radio", "multiselect") else {}
    return FormField.from_data({"name": "x", "label": "X", "type": kind, **options, **more})


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        ("text", "Ada", "Ada"),
        ("text", ["first", "last"], "last"),
        ("text", [], ""),
        ("text", 12, "12"),
        ("text", True, "true"),
        ("text", "a\r\nb\x00", "a\nb"),
        ("text", None, ""),
        ("text", "   ", ""),
        ("email", " ada@example.com ", "ada@example.com"),
        ("number", "12", 12),
        ("number", "-0.5", -0.5),
        ("number", "1e3", 1000.0),
        ("number", "9007199254740993", 9007199254740993),
        ("number", 7, 7),
        ("number", "", None),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "", None),
        ("select", "a", "a"),
        ("radio", "", None),
        ("multiselect", ["b", "a", "b"], ["a", "b"]),
        ("multiselect", "a", ["a"]),
        ("multiselect", None, []),
        ("checkbox", "on", True),
        ("checkbox", True, True),
        ("checkbox", None, False),
        ("hidden", "site", "site"),
        ("password", "s3cret", "s3cret"),
    ],
)
def test_answers_are_read(kind: str, sent: Any, value: Any) -> None:
    found = read_value(field(kind), sent)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "more", "sent", "code"),
    [
        ("text", {"required": True}, " ", "required"),
        ("text", {"min_length": 3}, "ab", "too_short"),
        ("text", {"max_length": 3}, "abcd", "too_long"),
        ("text", {}, "x" * 1001, "too_long"),
        ("textarea", {}, "x" * 20_001, "too_long"),
        ("text", {"pattern": "[A-Z]{2}|x"}, "ABx", "pattern"),
        ("text", {"pattern": "(a{0,60})*b", "max_length": 20_000}, "a" * 20_000, "pattern_too_costly"),
        ("text", {}, {"a": 1}, "not_a_text"),
        ("number", {"required": True}, "", "required"),
        ("number", {}, "twelve", "not_a_number"),
        ("number", {}, "1e999", "not_a_number"),
        ("number", {}, "٣", "not_a_number"),
        ("number", {}, 10**80, "not_a_number"),
        ("number", {"min": 5}, "4.9", "too_small"),
        ("number", {"max": "5"}, "5.1", "too_large"),
        ("date", {"required": True}, None, "required"),
        ("date", {}, "2026-02-30", "not_a_date"),
        ("date", {"min": "2026-01-01"}, "2025-12-31", "too_small"),
        ("select", {"required": True}, "", "required"),
        ("radio", {}, "c", "not_an_option"),
        ("multiselect", {"required": True}, [], "required"),
        ("multiselect", {}, ["a", "c"], "not_an_option"),
        ("checkbox", {"required": True}, None, "must_be_checked"),
        *[("email", {}, text, "not_an_email") for text in ("ada", "@b.c", "a b@c.d", "a@b", "a@-b.c", "a@b..c")],
    ],
)
def test_refusals(kind: str, more: dict[str, Any], sent: Any, code: str) -> None:
    with pytest.raises(Fault) as refused:
        read_value(field(kind, **more), sent)
    assert refused.value.code == code
    assert sentence(field(kind), refused.value).startswith("X: ")


def test_every_field_has_a_value_or_a_fault() -> None:
    declared = [field("text", required=True), FormField("y", "Y")]
    values, faults = read_values(declared, {"y": "1", "unknown": "2"})
    assert (values, set(faults)) == ({"y": "1"}, {"x"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FIELD_TYPES)), JSON, st.booleans())
def test_whatever_is_sent_becomes_a_fit_value_or_a_known_fault(kind: str, sent: Any, required: bool) -> None:
    try:
        found = read_value(field(kind, required=required), sent)
    except Fault as fault:
        assert fault.code in _SENTENCES
        return
    texts = found if isinstance(found, list) else [found]
    assert all(clean_text(text) == text for text in texts if isinstance(text, str))
    assert read_value(field(kind, required=required), found) == found


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_an_example_is_a_good_answer(kind: str) -> None:
    declared = field(kind, required=True)
    value = example_value(declared)
    assert read_value(declared, value) == value


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"label": "X"}, "fields[0]"),
        ({"name": "x", "type": "colour"}, "fields[0].type"),
        ({"name": "x", "more": 1}, "fields[0]"),
        ({"name": "submittedAt"}, "fields[0].name"),
        ({"name": "a\x00"}, "fields[0].name"),
        ({"name": "x", "type": "select"}, "fields[0].options"),
        ({"name": "x", "type": "radio", "options": ["a", "a"]}, "fields[0].options"),
        ({"name": "x", "type": "select", "options": ["a"], "default": "b"}, "fields[0].default"),
        ({"name": "x", "type": "select", "options": [1]}, "fields[0].options[0]"),
        ({"name": "x", "type": "number", "min": "few"}, "fields[0].min"),
        ({"name": "x", "type": "number", "min": "inf"}, "fields[0].min"),
        ({"name": "x", "type": "date", "max": "soon"}, "fields[0].max"),
        ({"name": "x", "type": "number", "min": 3, "max": 2}, "fields[0].max"),
        ({"name": "x", "min_length": 3, "max_length": 2}, "fields[0].max_length"),
        ({"name": "x", "pattern": "(a"}, "fields[0].pattern"),
        ({"name": "x", "pattern": "a)|(?:b"}, "fields[0].pattern"),
        ({"name": "x", "type": "number", "pattern": "a"}, "fields[0].pattern"),
    ],
)
def test_declarations_are_refused_with_the_place(entry: dict[str, Any], path: str) -> None:
    assert list(field_faults([entry])) == [path]


def test_other_faults_of_declarations() -> None:
    assert list(field_faults([{"name": "x"}, {"name": "x"}])) == ["fields[1].name"]
    assert list(field_faults([{"name": str(n)} for n in range(101)])) == ["fields"]
    assert list(field_faults("none")) == list(field_faults([1])) == ["fields"]
    assert len(field_faults([{"name": str(n), "min_length": -1} for n in range(100)])) == 50


def test_a_declaration_is_read_as_it_was_meant() -> None:
    declared = [{"name": "x", "label": "", "type": "radio", "options": ["a", {"value": "b", "label": ""}], "min": ""}]
    assert field_faults(declared) == {}
    found = read_fields(declared)[0]
    assert (found.label, [option.label for option in found.options], found.min) == ("x", ["a", "b"], None)
