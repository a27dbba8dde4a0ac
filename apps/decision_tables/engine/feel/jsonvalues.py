"""FEEL values from JSON and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.feel.decimals import number
from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_LIST, FeelLimit
from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.temporal_reading import parse_date, parse_date_time, parse_duration, parse_time
from apps.decision_tables.engine.feel.temporal_text import TEMPORAL_TYPES, text_of
from apps.decision_tables.engine.feel.text import literal
from apps.decision_tables.engine.feel.values import FeelFunction, Range, Value

_PLAIN = (str, bool, Decimal)


class NotOfType(ValueError):
    """A JSON value that is not of the column's type; ``expected`` is the type."""

    def __init__(self, expected: str, value: Any) -> None:
        super().__init__(f"A {expected} is expected here.")
        self.expected = expected
        self.value = value


def from_json(value: Any, column_type: str = "any") -> Value:
    """The FEEL value of a JSON value in a column of the type; null is null in each. Raises ``NotOfType``.

    Dates, times and durations are ISO 8601 text. Values that are FEEL values already are taken as they are.
    """
    if value is None:
        return None
    read = _READERS.get(column_type)
    if read is None:
        raise NotOfType(column_type, value)
    found = read(value)
    if found is None:
        raise NotOfType(column_type, value)
    return found


def to_json(value: Value) -> Any:
    """The JSON value of a FEEL value: numbers stay ``Decimal``, temporals, ranges and functions become text."""
    return _Budget().to_json(value, 0)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return number(value)


def _duration(value: Any) -> Value:
    if isinstance(value, str):
        return parse_duration(value)
    return value if isinstance(value, (DaysDuration, MonthsDuration)) else None


def _of_type(kind: type) -> Callable[[Any], Value]:
    return lambda value: value if isinstance(value, kind) else None


def _parsed(kind: type, parse: Callable[[str], Value]) -> Callable[[Any], Value]:
    return lambda value: parse(value) if isinstance(value, str) else value if isinstance(value, kind) else None


def _list(value: Any) -> Value:
    return _any(value) if isinstance(value, (list, tuple)) else None


class _Budget:
    """Walks a value within a bound: values may hold the same list many times over."""

    def __init__(self) -> None:
        self.left = 10 * MAX_LIST

    def spend(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise FeelLimit("The value is too large: it has too many items, or is nested too deep.")

    def to_json(self, value: Value, depth: int) -> Any:
        self.spend(depth)
        if value is None or isinstance(value, _PLAIN):
            return value
        if isinstance(value, list):
            return [self.to_json(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {name: self.to_json(item, depth + 1) for name, item in value.items()}
        if isinstance(value, TEMPORAL_TYPES):
            return text_of(value)
        return literal(value)

    def from_json(self, value: Any, depth: int) -> Value:
        self.spend(depth)
        if isinstance(value, (list, tuple)):
            return [self.from_json(item, depth + 1) for item in value]
        if isinstance(value, Mapping):
            return {str(name): self.from_json(item, depth + 1) for name, item in value.items()}
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            return number(value)
        if value is None or isinstance(value, (str, bool, Range, FeelFunction, *TEMPORAL_TYPES)):
            return value
        raise NotOfType("JSON value", value)


def _any(value: Any) -> Value:
    return _Budget().from_json(value, 0)


_READERS: Mapping[str, Callable[[Any], Value]] = {
    "any": _any,
    "string": _of_type(str),
    "boolean": _of_type(bool),
    "number": _number,
    "date": _parsed(Date, parse_date),
    "time": _parsed(Time, parse_time),
    "datetime": _parsed(DateTime, parse_date_time),
    "duration": _duration,
    "list": _list,
}
