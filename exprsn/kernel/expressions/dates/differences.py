"""The time between two moments in chosen units, as Luxon counts it (``diff``)."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.shifting import milliseconds, shift
from exprsn.kernel.expressions.numbers import Number, number

_EXACT = ("hours", "minutes", "seconds", "milliseconds")


def _days(start: datetime, end: datetime) -> int:
    return end.toordinal() - start.toordinal()


def _months(start: datetime, end: datetime) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _quarters(start: datetime, end: datetime) -> int:
    return (end.year - start.year) * 4 + (end.month - 1) // 3 - (start.month - 1) // 3


_COUNTS: dict[str, Callable[[datetime, datetime], int]] = {
    "years": lambda start, end: end.year - start.year,
    "quarters": _quarters,
    "months": _months,
    "weeks": lambda start, end: math.trunc(_days(start, end) / 7),
    "days": _days,
}


def difference(start: datetime, end: datetime, units: list[str]) -> Duration:
    """The time from ``start`` to ``end``; negative when ``end`` comes first."""
    if end < start:
        return _ordered(end, start, units).negated()
    return _ordered(start, end, units)


def _ordered(start: datetime, end: datetime, units: list[str]) -> Duration:
    counts, cursor, high_water, lowest = _calendar_counts(start, end, units)
    rest = milliseconds(end) - milliseconds(cursor)
    exact = [unit for unit in _EXACT if unit in units]
    if exact:
        return Duration({"milliseconds": rest}).shifted(exact).plus(counts)
    if high_water < end:
        high_water = shift(cursor, {lowest: 1})
    if high_water != cursor:
        counts[lowest] = number(counts[lowest] + rest / (milliseconds(high_water) - milliseconds(cursor)))
    return Duration(counts)


def _calendar_counts(
    start: datetime, end: datetime, units: list[str]
) -> tuple[dict[str, Number], datetime, datetime, str]:
    """Whole calendar units, largest first; where they lead, how far one more would have led, and the last unit."""
    counts: dict[str, Number] = {}
    cursor = high_water = start
    lowest = ""
    for unit, count in _COUNTS.items():
        if unit not in units:
            continue
        lowest = unit
        counts[unit] = count(cursor, end)
        high_water = shift(start, counts)
        if high_water <= end:
            cursor = high_water
            continue
        counts[unit] -= 1
        cursor = shift(start, counts)
        if cursor > end:
            high_water = cursor
            counts[unit] -= 1
            cursor = shift(start, counts)
    return counts, cursor, high_water, lowest
