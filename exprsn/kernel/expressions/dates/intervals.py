"""``Interval``: from one moment up to, not including, another; Luxon's API."""

from __future__ import annotations

import math
from typing import Any

from exprsn.kernel.expressions.dates.duration_methods import duration_as, duration_of, unit_names
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.making import date_of
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.dates.units import unit_name
from exprsn.kernel.expressions.functions import (
    ANY,
    TEXT,
    TEXT_OR_NONE,
    Methods,
    Namespace,
    bound_member,
    method,
    natives,
    run_function,
    run_method,
)
from exprsn.kernel.expressions.numbers import NAN, Number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import HostObject

INVALID = "Invalid Interval"


class Interval(HostObject):
    """A span of time; invalid when it ends before it starts or one of its ends is invalid."""

    __slots__ = ("end", "is_valid", "start")

    def __init__(self, start: DateTime, end: DateTime) -> None:
        self.start = start
        self.end = end
        self.is_valid = start.value is not None and end.value is not None and start.value <= end.value

    def get_member(self, name: str) -> Any:
        if name in {"start", "s"}:
            return self.start if self.is_valid else None
        if name in {"end", "e"}:
            return self.end if self.is_valid else None
        if name == "isValid":
            return self.is_valid
        return bound_member(INTERVAL_METHODS, self, name)

    def to_text(self) -> str:
        return f"[{self.start.to_text()} – {self.end.to_text()})" if self.is_valid else INVALID

    def to_json(self) -> Any:
        return f"{self.start.to_text()}/{self.end.to_text()}" if self.is_valid else INVALID

    def duration(self, units: list[str]) -> Duration:
        """How long it is."""
        return self.end.since(self.start, units) if self.is_valid else Duration(None)

    def length(self, unit: str) -> Number:
        """How long it is in one unit."""
        return duration_as(self.duration([unit_name(unit)]), unit)

    def count(self, unit: str) -> Number:
        """How many calendar units it touches."""
        if not self.is_valid:
            return NAN
        start, end = self.start.start_of(unit), self.end.start_of(unit)
        whole = math.floor(duration_as(end.since(start, [unit_name(unit)]), unit))
        return whole + (end.milliseconds() != self.end.milliseconds())

    def contains(self, moment: DateTime) -> bool:
        """Whether a moment is in it."""
        return self.is_valid and bool(self.start.milliseconds() <= moment.milliseconds() < self.end.milliseconds())

    def overlaps(self, other: Any) -> bool:
        """Whether it shares time with another."""
        return isinstance(other, Interval) and bool(
            self.end.milliseconds() > other.start.milliseconds()
            and self.start.milliseconds() < other.end.milliseconds()
        )


def _has_same(interval: Interval, unit: str) -> bool:
    last = interval.end.shifted({"milliseconds": -1})
    return interval.is_valid and (
        interval.start.milliseconds() == interval.end.milliseconds() or last.has_same(interval.start, unit)
    )


def _is_before(run: Run, interval: Interval, moment: Any) -> bool:
    return interval.is_valid and bool(interval.end.milliseconds() <= date_of(moment, run).milliseconds())


def _is_after(run: Run, interval: Interval, moment: Any) -> bool:
    return interval.is_valid and bool(interval.start.milliseconds() > date_of(moment, run).milliseconds())


INTERVAL_METHODS: Methods = {
    "length": method(lambda interval, unit: interval.length(unit or "milliseconds"), TEXT_OR_NONE),
    "count": method(lambda interval, unit: interval.count(unit or "milliseconds"), TEXT_OR_NONE),
    "contains": run_method(lambda run, interval, moment: interval.contains(date_of(moment, run)), ANY),
    "overlaps": method(Interval.overlaps, ANY),
    "hasSame": method(_has_same, TEXT),
    "isEmpty": method(lambda interval: interval.start.milliseconds() == interval.end.milliseconds()),
    "isBefore": run_method(_is_before, ANY),
    "isAfter": run_method(_is_after, ANY),
    "toDuration": run_method(lambda run, interval, units: interval.duration(unit_names(units, run)), ANY),
    "toISO": method(Interval.to_json),
    "toString": method(Interval.to_text),
}


def _after(run: Run, start: Any, amount: Any) -> Interval:
    moment = date_of(start, run)
    return Interval(moment, moment.shifted(duration_of(amount, run).amounts or {}))


def _before(run: Run, end: Any, amount: Any) -> Interval:
    moment = date_of(end, run)
    return Interval(moment.shifted(duration_of(amount, run).amounts or {}, -1), moment)


def _from_iso(run: Run, text: str) -> Interval:
    start, _, end = text.partition("/")
    return Interval(date_of(start, run), date_of(end, run))


_MAKERS: Methods = {
    "fromDateTimes": run_function(lambda run, start, end: Interval(date_of(start, run), date_of(end, run)), ANY, ANY),
    "after": run_function(_after, ANY, ANY),
    "before": run_function(_before, ANY, ANY),
    "fromISO": run_function(_from_iso, TEXT),
    "isInterval": run_function(lambda run, value: isinstance(value, Interval), ANY),
}
INTERVAL = Namespace(natives(_MAKERS))
