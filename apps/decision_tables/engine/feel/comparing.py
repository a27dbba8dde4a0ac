"""When FEEL values are equal, which one comes first, and which are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_LIST, FeelLimit
from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.values import Range, Value

# Python's ``==`` is FEEL's ``=`` for two values of one of these types.
_PLAIN = frozenset({Decimal, str, bool, Date, DaysDuration, MonthsDuration})


def equal(a: Value, b: Value) -> bool | None:
    """FEEL ``=``: null where the types differ; null equals only null, and a list of one item equals the item."""
    kind = type(a)
    if kind is type(b) and kind in _PLAIN:
        return a == b
    if a is None or b is None:
        return a is b
    if kind is not type(b):
        return _equal_to_only_item(a, b)
    if isinstance(a, (Time, DateTime)) and isinstance(b, (Time, DateTime)):
        return a.is_local == b.is_local and a.instant == b.instant
    return same(a, b)


def _equal_to_only_item(a: Value, b: Value) -> bool | None:
    if isinstance(a, list) and len(a) == 1 and not isinstance(a[0], list):
        return equal(a[0], b)
    if isinstance(b, list) and len(b) == 1 and not isinstance(b[0], list):
        return equal(a, b[0])
    return None


def compare(a: Value, b: Value) -> int | None:
    """Below 0, 0 or above 0 as ``a`` comes before, with or after ``b``; null where they have no order."""
    kind = type(a)
    if kind is not type(b):
        return None
    place = _PLACES.get(kind)
    if place is None:
        return None
    if isinstance(a, (Time, DateTime)) and isinstance(b, (Time, DateTime)) and a.is_local != b.is_local:
        return None
    first, second = place(a), place(b)
    return int(first > second) - int(first < second)


_PLACES: Mapping[type, Callable[[Any], Any]] = {
    Decimal: lambda number: number,
    str: lambda text: text,
    Date: lambda date: (date.year, date.month, date.day),
    Time: lambda time: time.instant,
    DateTime: lambda moment: moment.instant,
    DaysDuration: lambda duration: duration.nanos,
    MonthsDuration: lambda duration: duration.months,
}


def same(a: Value, b: Value) -> bool:
    """Whether two values of any type may stand for each other (``distinct values``, equal outputs of rules)."""
    kind = type(a)
    if kind is type(b) and kind in _PLAIN:
        return bool(a == b)
    return a is b or key_of(a) == key_of(b)


def key_of(value: Value) -> Hashable:
    """What stands for the value in a set: equal for values that are the same, and for no others."""
    kind = type(value)
    return value if kind in _PLAIN and kind is not bool else _Keys().of(value, 0)


class _Keys:
    """Makes keys within a bound: values may hold the same list many times over, so their size says little."""

    def __init__(self) -> None:
        self.left = 4 * MAX_LIST

    def of(self, value: Value, depth: int) -> Hashable:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise FeelLimit("The values to compare are too large. Compare parts of them.")
        if isinstance(value, list):
            return (list, *(self.of(item, depth + 1) for item in value))
        if isinstance(value, dict):
            return dict, frozenset((name, self.of(item, depth + 1)) for name, item in value.items())
        if isinstance(value, Range):
            low, high = self.of(value.low, depth + 1), self.of(value.high, depth + 1)
            return Range, low, value.low_included, high, value.high_included
        return _simple_key(value)


def _simple_key(value: Value) -> Hashable:
    if isinstance(value, (Time, DateTime)):
        return type(value), value.is_local, value.instant
    if value is None or isinstance(value, (Decimal, str, Date, DaysDuration, MonthsDuration)):
        return value
    if isinstance(value, bool):
        return bool, value
    return id(value)


def identical(a: Value, b: Value) -> bool:
    """Whether two values are one and the same element of FEEL's domain (``is``): offsets and zones count too."""
    return type(a) is type(b) and (a == b if isinstance(a, (Time, DateTime)) else same(a, b))
