"""FEEL values from JSON, to JSON and to text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from apps.decision_tables.engine.feel import jsonvalues
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.jsonvalues import NotOfType, from_json, to_json
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.text import literal, text_of_value
from tests.decision_tables.feel_values.strategies import VALUES

DAY = Date(2026, 1, 31)


@pytest.mark.parametrize(
    ("value", "column_type", "expected"),
    [
        ("a", "string", "a"),
        (True, "boolean", True),
        (False, "boolean", False),
        (1, "number", Decimal(1)),
        (0.1, "number", Decimal("0.1")),
        (Decimal("0.10"), "number", Decimal("0.1")),
        ("2026-01-31", "date", DAY),
        (DAY, "date", DAY),
        ("10:00:00", "time", Time(10, 0, 0)),
        ("2026-01-31T10:00:00Z", "datetime", DateTime(DAY, Time(10, 0, 0, 0, 0))),
        ("2026-01-31", "datetime", DateTime(DAY, Time(0, 0, 0))),
        ("P1D", "duration", DaysDuration(86_400 * 10**9)),
        ("P1Y", "duration", MonthsDuration(12)),
        (MonthsDuration(12), "duration", MonthsDuration(12)),
        ([1, "a", None, [True]], "list", [Decimal(1), "a", None, [True]]),
        ({"a": {"b": 1.5}}, "any", {"a": {"b": Decimal("1.5")}}),
        ("2026-01-31", "any", "2026-01-31"),
        (DAY, "any", DAY),
        (None, "number", None),
        (None, "any", None),
    ],
)
def test_a_json_value_of_a_columns_type(value: Any, column_type: str, expected: Any) -> None:
    found = from_json(value, column_type)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("value", "column_type"),
    [
        *[(1, "string"), ("1", "number"), (True, "number"), (1, "boolean"), ("true", "boolean"), ("a", "list")],
        *[("2026-02-30", "date"), (20260101, "date"), ("10:00", "time"), ("now", "datetime"), (60, "duration")],
        *[
            (float("nan"), "number"),
            (Decimal("1e7000"), "number"),
            (float("inf"), "any"),
            (object(), "any"),
            ("a", "money"),
        ],
        *[([object()], "list")],
    ],
)
def test_a_value_of_another_type_is_refused(value: Any, column_type: str) -> None:
    with pytest.raises(NotOfType):
        from_json(value, column_type)


@given(VALUES)
@settings(max_examples=100)
def test_any_value_has_json_and_text(value: Any) -> None:
    again = from_json(to_json(value), "any")
    assert to_json(again) == to_json(value)
    assert isinstance(literal(value), str)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('{a: [1.50, @"P1D"], b: null}', {"a": [Decimal("1.50"), "P1D"], "b": None}),
        ("[1..5)", "[1..5)"),
        ("function(a) a", "function(a)"),
        ('@"2026-01-31T10:00:00@Europe/Paris"', "2026-01-31T10:00:00@Europe/Paris"),
    ],
)
def test_the_json_of_a_value(expression: str, expected: Any) -> None:
    assert to_json(evaluate(expression)) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("a", "a"),
        (Decimal("1.0"), "1"),
        (True, "true"),
        (DAY, "2026-01-31"),
        ([DAY, "a\n\\", None], '[@"2026-01-31", "a\\n\\\\", null]'),
        ({"a b": {}, "{}": [], "": False}, '{a b: {}, "{}": [], "": false}'),
    ],
)
def test_the_text_of_a_value(value: Any, text: str | None) -> None:
    assert text_of_value(value) == text


def _nested(levels: int, copies: int) -> Any:
    value: Any = ["some text"]
    for _level in range(levels):
        value = [value] * copies
    return value


@pytest.mark.parametrize("work", [literal, to_json, from_json])
@pytest.mark.parametrize("value", [_nested(200, 1), _nested(20, 3)], ids=["deep", "wide"])
def test_what_is_too_deep_or_too_large_is_refused(
    work: Callable[[Any], Any], value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonvalues, "MAX_LIST", 1000)
    with pytest.raises(FeelLimit):
        work(value)
