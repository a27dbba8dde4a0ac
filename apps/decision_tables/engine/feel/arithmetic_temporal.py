"""Sums, differences, products and quotients with dates, times and durations: one function for each pair of types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.feel.decimals import CONTEXT, DIGITS
from apps.decision_tables.engine.feel.temporal import (
    NANOS_OF_DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    at_midnight,
    date_of_days,
    date_time_of_instant,
    make_date,
    time_of_nanos,
)
from apps.decision_tables.engine.feel.temporal_calendar import days_in_month
from apps.decision_tables.engine.feel.values import Value

Operation = Callable[[Any, Any], Value]
# Durations are whole nanoseconds or months; more than this many digits are null, as numbers are bounded too.
_LARGEST = 10**DIGITS


def days_duration(nanos: int) -> DaysDuration | None:
    """The days and time duration, or null where it is beyond all bounds."""
    return DaysDuration(nanos) if abs(nanos) < _LARGEST else None


def months_duration(months: int) -> MonthsDuration | None:
    """The years and months duration, or null where it is beyond all bounds."""
    return MonthsDuration(months) if abs(months) < _LARGEST else None


def negated_duration(value: Value) -> Value:
    """The duration in the other direction; null for what is none."""
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanos)
    return MonthsDuration(-value.months) if isinstance(value, MonthsDuration) else None


def _date_plus_months(date: Date, duration: MonthsDuration) -> Date | None:
    year, month = divmod(date.year * 12 + date.month - 1 + duration.months, 12)
    return make_date(year, month + 1, min(date.day, days_in_month(year, month + 1)))


def _date_plus_days(date: Date, duration: DaysDuration) -> Date | None:
    return date_of_days((date.days * NANOS_OF_DAY + duration.nanos) // NANOS_OF_DAY)


def _moment_plus_months(moment: DateTime, duration: MonthsDuration) -> DateTime | None:
    date = _date_plus_months(moment.date, duration)
    return None if date is None else DateTime(date, moment.time)


def _moment_plus_days(moment: DateTime, duration: DaysDuration) -> DateTime | None:
    return date_time_of_instant(moment.instant + duration.nanos, moment.time)


def _time_plus(time: Time, duration: DaysDuration) -> Time:
    return time_of_nanos(time.nanos + duration.nanos, time)


def _moments_apart(a: DateTime, b: DateTime) -> DaysDuration | None:
    return DaysDuration(a.instant - b.instant) if a.is_local == b.is_local else None


def _times_apart(a: Time, b: Time) -> DaysDuration | None:
    return DaysDuration(a.instant - b.instant) if a.is_local == b.is_local else None


def _minus(plus: Operation) -> Operation:
    return lambda value, duration: plus(value, negated_duration(duration))


def _swapped(operation: Operation) -> Operation:
    return lambda a, b: operation(b, a)


_PLUS: Mapping[tuple[type, type], Operation] = {
    (Date, MonthsDuration): _date_plus_months,
    (Date, DaysDuration): _date_plus_days,
    (DateTime, MonthsDuration): _moment_plus_months,
    (DateTime, DaysDuration): _moment_plus_days,
    (Time, DaysDuration): _time_plus,
}
_LENGTHS: Mapping[tuple[type, type], Operation] = {
    (DaysDuration, DaysDuration): lambda a, b: days_duration(a.nanos + b.nanos),
    (MonthsDuration, MonthsDuration): lambda a, b: months_duration(a.months + b.months),
}
SUMS: Mapping[tuple[type, type], Operation] = {
    **_PLUS,
    **{(right, left): _swapped(plus) for (left, right), plus in _PLUS.items()},
    **_LENGTHS,
}
DIFFERENCES: Mapping[tuple[type, type], Operation] = {
    **{types: _minus(plus) for types, plus in (*_PLUS.items(), *_LENGTHS.items())},
    (Date, Date): lambda a, b: DaysDuration((a.days - b.days) * NANOS_OF_DAY),
    (DateTime, DateTime): _moments_apart,
    (Date, DateTime): lambda a, b: _moments_apart(at_midnight(a, utc=True), b),
    (DateTime, Date): lambda a, b: _moments_apart(a, at_midnight(b, utc=True)),
    (Time, Time): _times_apart,
}


def _scaled(count: int, operation: Callable[[Decimal, Decimal], Decimal], number: Decimal) -> int | None:
    result = operation(Decimal(count), number)
    if not result:
        return 0
    return int(result) if result.is_finite() and result.adjusted() <= DIGITS else None


def _scale(operation: Callable[[Decimal, Decimal], Decimal]) -> tuple[Operation, Operation]:
    def days(duration: DaysDuration, number: Decimal) -> Value:
        nanos = _scaled(duration.nanos, operation, number)
        return None if nanos is None else days_duration(nanos)

    def months(duration: MonthsDuration, number: Decimal) -> Value:
        count = _scaled(duration.months, operation, number)
        return None if count is None else months_duration(count)

    return days, months


def _ratio(part: str) -> Operation:
    def read(a: Any, b: Any) -> Value:
        result = CONTEXT.divide(Decimal(getattr(a, part)), Decimal(getattr(b, part)))
        return result if result.is_finite() else None

    return read


_DAYS_TIMES, _MONTHS_TIMES = _scale(CONTEXT.multiply)
_DAYS_BY, _MONTHS_BY = _scale(CONTEXT.divide)
PRODUCTS: Mapping[tuple[type, type], Operation] = {
    (DaysDuration, Decimal): _DAYS_TIMES,
    (MonthsDuration, Decimal): _MONTHS_TIMES,
    (Decimal, DaysDuration): _swapped(_DAYS_TIMES),
    (Decimal, MonthsDuration): _swapped(_MONTHS_TIMES),
}
QUOTIENTS: Mapping[tuple[type, type], Operation] = {
    (DaysDuration, Decimal): _DAYS_BY,
    (MonthsDuration, Decimal): _MONTHS_BY,
    (DaysDuration, DaysDuration): _ratio("nanos"),
    (MonthsDuration, MonthsDuration): _ratio("months"),
}
