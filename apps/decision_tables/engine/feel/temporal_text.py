"""Dates, times and durations as ISO 8601 text in normal form, which reading gives back unchanged."""

from __future__ import annotations

from apps.decision_tables.engine.feel.temporal import (
    NANOS,
    NANOS_OF_DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)

Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration
TEMPORAL_TYPES = (Date, Time, DateTime, DaysDuration, MonthsDuration)


def text_of(value: Temporal) -> str:
    """The text of any of them."""
    if isinstance(value, Date):
        return _date_text(value)
    if isinstance(value, Time):
        return _time_text(value)
    if isinstance(value, DateTime):
        return f"{_date_text(value.date)}T{_time_text(value.time)}"
    if isinstance(value, DaysDuration):
        return _days_text(value.nanos)
    return _months_text(value.months)


def _date_text(date: Date) -> str:
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def _time_text(time: Time) -> str:
    return f"{time.hour:02}:{time.minute:02}:{time.second:02}{_fraction(time.nano)}{_place(time)}"


def _place(time: Time) -> str:
    if time.zone is not None:
        return f"@{time.zone}"
    if time.offset_seconds is None:
        return ""
    if time.offset_seconds == 0:
        return "Z"
    minutes, second = divmod(abs(time.offset_seconds), 60)
    sign = "-" if time.offset_seconds < 0 else "+"
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")


def _fraction(nano: int) -> str:
    return f".{nano:09}".rstrip("0") if nano else ""


def _days_text(nanos: int) -> str:
    sign = "-" if nanos < 0 else ""
    days, rest = divmod(abs(nanos), NANOS_OF_DAY)
    seconds, nano = divmod(rest, NANOS)
    parts = [(seconds // 3600, "H"), (seconds // 60 % 60, "M")]
    clock = "".join(f"{count}{unit}" for count, unit in parts if count)
    if seconds % 60 or nano:
        clock += f"{seconds % 60}{_fraction(nano)}S"
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def _months_text(total: int) -> str:
    sign = "-" if total < 0 else ""
    years, months = divmod(abs(total), 12)
    if not years:
        return f"{sign}P{months}M"
    return f"{sign}P{years}Y" + (f"{months}M" if months else "")
