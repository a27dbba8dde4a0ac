"""Truth tables of three-valued logic, and what can be compared with what."""

from __future__ import annotations

from itertools import product

import pytest

from apps.decision_tables.engine.feel.evaluate import evaluate

VALUES = {
    "number": ("1", "2"),
    "string": ('"a"', '"b"'),
    "date": ('@"2026-01-01"', '@"2026-01-02"'),
    "time": ('@"10:00:00"', '@"11:00:00"'),
    "date and time": ('@"2026-01-01T10:00:00"', '@"2026-01-01T11:00:00"'),
    "days and time duration": ('@"PT1H"', '@"P1D"'),
    "years and months duration": ('@"P1M"', '@"P1Y"'),
}
UNORDERED = {
    "boolean": ("false", "true"),
    "list<Any>": ("[1]", "[1, 2]"),
    "context": ("{a: 1}", "{a: 2}"),
    "range<number>": ("[1..2]", "[1..3]"),
}
ALL = {**VALUES, **UNORDERED}
ORDERED_PAIRS = [(less, more) for less, more in VALUES.values()]
MIXED_PAIRS = [(ALL[a][0], ALL[b][0]) for a, b in product(ALL, ALL) if a != b and "list<Any>" not in (a, b)]


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "null", None, True),
        ("false", "true", False, True),
        ("false", "false", False, False),
        ("false", "null", False, None),
        ("null", "true", None, True),
        ("null", "false", False, None),
        ("null", "null", None, None),
        ("1", "true", None, True),
        ("true", '"true"', None, True),
        ("false", "[]", False, None),
    ],
)
def test_and_and_or(left: str, right: str, both: bool | None, either: bool | None) -> None:
    assert evaluate(f"{left} and {right}") is both
    assert evaluate(f"{left} or {right}") is either


@pytest.mark.parametrize(("less", "more"), ORDERED_PAIRS)
def test_an_order(less: str, more: str) -> None:
    true = [f"{less} < {more}", f"{more} > {less}", f"{less} <= {less}", f"{more} >= {more}", f"{less} != {more}"]
    false = [f"{more} < {less}", f"{less} > {more}", f"{more} <= {less}", f"{less} >= {more}", f"{less} = {more}"]
    assert [evaluate(text) for text in true + false] == [True] * 5 + [False] * 5


@pytest.mark.parametrize(("less", "more"), ORDERED_PAIRS)
def test_membership_follows_the_order(less: str, more: str) -> None:
    assert evaluate(f"{less} in [{less}..{more}]") is True
    assert evaluate(f"{less} in ({less}..{more}]") is False
    assert evaluate(f"{more} in [{less}..{more})") is False
    assert evaluate(f"{more} in (< {less}, > {less})") is True
    assert evaluate(f"{less} between {less} and {more}") is True
    assert evaluate(f"{more} in ({less}, = {more})") is True


@pytest.mark.parametrize(("one", "other"), UNORDERED.values())
def test_what_has_no_order_can_be_equal(one: str, other: str) -> None:
    assert evaluate(f"{one} = {one}") is True
    assert evaluate(f"{one} = {other}") is False
    assert evaluate(f"{one} != {other}") is True
    assert evaluate(f"{one} < {other}") is None
    assert evaluate(f"{one} in ({other}, {one})") is True


@pytest.mark.parametrize(("one", "other"), MIXED_PAIRS)
def test_values_of_two_types_cannot_be_compared(one: str, other: str) -> None:
    assert evaluate(f"{one} = {other}") is None
    assert evaluate(f"{one} < {other}") is None


@pytest.mark.parametrize("value", [pair[0] for pair in ALL.values()])
def test_null_equals_only_null(value: str) -> None:
    assert evaluate(f"{value} = null") is False
    assert evaluate(f"null != {value}") is True
    assert evaluate(f"null < {value}") is None
    assert evaluate(f"null in [{value}]") is False


@pytest.mark.parametrize(("type_", "value"), [(type_, pair[0]) for type_, pair in ALL.items()])
def test_each_value_is_of_its_type_alone(type_: str, value: str) -> None:
    found = [name for name in ALL if evaluate(f"{value} instance of {name}")]
    assert found == [type_]
    assert evaluate(f"{value} instance of Any") is True
    assert evaluate(f"{value} instance of Null") is False


@pytest.mark.parametrize(
    ("operator", "types"),
    [
        ("+", {("number", "number"), ("string", "string")}),
        ("-", {("number", "number"), ("date", "date"), ("time", "time"), ("date and time", "date and time")}),
        ("*", {("number", "number")}),
        ("**", {("number", "number")}),
    ],
)
def test_what_can_be_calculated_of_two_values_of_one_type(operator: str, types: set[tuple[str, str]]) -> None:
    durations = {"days and time duration", "years and months duration"}
    found = {(a, a) for a in ALL if a not in durations and evaluate(f"{ALL[a][0]} {operator} {ALL[a][1]}") is not None}
    assert found == types
