"""From JSON to typed values, and from those to keys that stand on one line in their order.

Typed values are FEEL's, but whole numbers stay ``int``. Keys compare and hash as the values do in a column of the
type: values that are equal have equal keys, and a kind of values (durations of days and of months, or the texts and
numbers of an ``any`` column) stays together on the line, between ``(rank,)`` and ``(rank + 1,)``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from apps.decision_tables.engine.columns import MAX_DEPTH
from apps.decision_tables.engine.feel.jsonvalues import NotOfType, from_json, to_json
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    at_midnight,
)
from apps.decision_tables.engine.feel.values import Value
from exprsn.kernel.jsonvalue import is_deeper_than

Key: TypeAlias = Any
Class: TypeAlias = type
MAX_DIGITS = 400


class WrongType(ValueError):
    """A value that is not of the column's type."""


@dataclass(frozen=True, slots=True)
class Domain:
    """How values of one column type are read and ordered."""

    type: str
    read: Callable[[Any], Value]
    key: Callable[[Any], Key]
    classes: tuple[Class, ...]
    ranked: bool = False

    def accept(self, value: Value) -> Value:
        """The typed value of a FEEL value; ISO text counts as what it says, a date as its first midnight."""
        if value is None or (isinstance(value, self.classes) and (not isinstance(value, bool) or bool in self.classes)):
            return value
        if isinstance(value, str):
            return self.read(value)
        if isinstance(value, Date) and self.type == "datetime":
            return at_midnight(value, utc=True)
        raise WrongType(self.type)

    def bounds(self, key: Key) -> tuple[Key | None, Key | None]:
        """Where the kind of this key begins and ends on the line; None where nothing else is on it."""
        return ((key[0],), (key[0] + 1,)) if self.ranked else (None, None)


def domain_of(column_type: str) -> Domain:
    """The domain of a column type."""
    return DOMAINS[column_type]


def read_number(value: Any) -> int | Decimal:
    """A JSON number exactly as it was written: 0.1 is a tenth."""
    kind = type(value)
    if kind is int:
        return value  # type: ignore[no-any-return]
    if kind is float:
        if math.isfinite(value):
            return int(value) if value.is_integer() and abs(value) < 2**53 else Decimal(repr(value))
    elif kind is Decimal and value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS:
        return value  # type: ignore[no-any-return]
    raise WrongType("number")


def plain_number(value: Decimal) -> int | float | Decimal:
    """The number as JSON has it: whole where it is whole, else a double if that says it exactly."""
    if value == value.to_integral_value():
        return int(value) if abs(value.adjusted()) <= MAX_DIGITS else value
    double = float(value)
    return double if math.isfinite(double) and Decimal(repr(double)) == value else value


def plain_json(value: Value) -> Any:
    """The JSON of a typed value, with numbers that any encoder can write."""
    return value if isinstance(value, int | str) else _plain(to_json(value))


def feel_value(value: Value) -> Value:
    """The typed value as FEEL calculates with it."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def any_key(value: Value) -> Key:
    """The key of a value of whatever type."""
    for classes, make in _RANKS:
        if isinstance(value, classes):
            return make(value)
    raise WrongType("any")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    return value


def _instance(kind: type) -> Callable[[Any], Value]:
    def read(value: Any) -> Value:
        if not isinstance(value, kind):
            raise WrongType(kind.__name__)
        return value

    return read


def _from_json(column_type: str) -> Callable[[Any], Value]:
    def read(value: Any) -> Value:
        if is_deeper_than(value, MAX_DEPTH):
            raise WrongType(column_type)
        try:
            return from_json(value, column_type)
        except (NotOfType, FeelLimit):
            raise WrongType(column_type) from None

    return read


def _itself(value: Any) -> Key:
    return value


def _duration_key(value: DaysDuration | MonthsDuration) -> Key:
    return (0, value.nanos) if isinstance(value, DaysDuration) else (1, value.months)


def _context_key(value: Mapping[str, Value]) -> Key:
    return tuple((name, any_key(value[name])) for name in sorted(value))


_RANKS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Key]], ...] = (
    (bool, lambda value: (0, value)),
    ((int, Decimal), lambda value: (1, value)),
    (str, lambda value: (2, value)),
    (list, lambda value: (3, tuple(map(any_key, value)))),
    (dict, lambda value: (4, _context_key(value))),
    (type(None), lambda _value: (5,)),
    (Date, lambda value: (6, value.days)),
    (DateTime, lambda value: (7, value.instant)),
    (Time, lambda value: (8, value.instant)),
    (DaysDuration, lambda value: (9, value.nanos)),
    (MonthsDuration, lambda value: (10, value.months)),
)

DOMAINS: Mapping[str, Domain] = {
    domain.type: domain
    for domain in (
        Domain("string", _instance(str), _itself, (str,)),
        Domain("number", read_number, _itself, (int, Decimal)),
        Domain("boolean", _instance(bool), _itself, (bool,)),
        Domain("date", _from_json("date"), lambda value: value.days, (Date,)),
        Domain("datetime", _from_json("datetime"), lambda value: value.instant, (DateTime,)),
        Domain("time", _from_json("time"), lambda value: value.instant, (Time,)),
        Domain("duration", _from_json("duration"), _duration_key, (DaysDuration, MonthsDuration), ranked=True),
        Domain("list", _from_json("list"), any_key, (list,), ranked=True),
        Domain("any", _from_json("any"), any_key, (object, bool), ranked=True),
    )
}
