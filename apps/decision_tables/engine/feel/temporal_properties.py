"""What stands behind the dot: ``date.year``, ``duration.hours``, ``range.start included``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.feel.decimals import CONTEXT
from apps.decision_tables.engine.feel.temporal import NANOS, Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.values import Range, Value

_Properties = Mapping[str, Callable[[Any], Value]]


def property_of(value: Value, name: str) -> Value:
    """The property; null where a value of this type has none of that name."""
    read = _PROPERTIES.get(type(value), {}).get(name)
    return None if read is None else read(value)


def has_properties(value: Value) -> bool:
    """Whether values of this type have properties."""
    return type(value) in _PROPERTIES


def _seconds(time: Time) -> Decimal:
    return _of_nanos(time.second * NANOS + time.nano)


def _of_nanos(nanos: int) -> Decimal:
    return CONTEXT.divide(Decimal(nanos), Decimal(NANOS))


def _offset(time: Time) -> Value:
    return None if time.offset_seconds is None else DaysDuration(time.offset_seconds * NANOS)


def _offset_of_moment(moment: DateTime) -> Value:
    return None if moment.is_local else DaysDuration(moment.offset_seconds * NANOS)


def _part(unit: int, most: int) -> Callable[[DaysDuration], Value]:
    def read(duration: DaysDuration) -> Value:
        count = abs(duration.nanos) // unit % most
        return Decimal(-count if duration.nanos < 0 else count)

    return read


def _days(duration: DaysDuration) -> Value:
    count = abs(duration.nanos) // (86_400 * NANOS)
    return Decimal(-count if duration.nanos < 0 else count)


def _seconds_of_duration(duration: DaysDuration) -> Value:
    rest = abs(duration.nanos) % (60 * NANOS)
    return _of_nanos(-rest if duration.nanos < 0 else rest)


def _months(part: Callable[[int], int]) -> Callable[[MonthsDuration], Value]:
    def read(duration: MonthsDuration) -> Value:
        count = part(abs(duration.months))
        return Decimal(-count if duration.months < 0 else count)

    return read


_DATE: _Properties = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: _Properties = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": _seconds,
    "time offset": _offset,
    "timezone": lambda time: time.zone,
}


def _within(properties: _Properties, part: str) -> dict[str, Callable[[Any], Value]]:
    def through(read: Callable[[Any], Value]) -> Callable[[Any], Value]:
        return lambda moment: read(getattr(moment, part))

    return {name: through(read) for name, read in properties.items()}


_PROPERTIES: Mapping[type, _Properties] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {**_within(_DATE, "date"), **_within(_TIME, "time"), "time offset": _offset_of_moment},
    DaysDuration: {
        "days": _days,
        "hours": _part(3600 * NANOS, 24),
        "minutes": _part(60 * NANOS, 60),
        "seconds": _seconds_of_duration,
    },
    MonthsDuration: {"years": _months(lambda months: months // 12), "months": _months(lambda months: months % 12)},
    Range: {
        "start": lambda interval: interval.low,
        "end": lambda interval: interval.high,
        "start included": lambda interval: interval.low_included,
        "end included": lambda interval: interval.high_included,
    },
}
