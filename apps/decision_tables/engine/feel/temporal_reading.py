"""Dates, times and durations from ISO 8601 text as XML Schema restricts it; null for any other text."""

from __future__ import annotations

import re

from apps.decision_tables.engine.feel.temporal import (
    NANOS,
    NANOS_OF_DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    at_midnight,
    make_date,
    make_time,
)

LONGEST_TEXT = 128
_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+/-]+))?"
)
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]*))?S)?)?"
)
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?")


def parse_date(text: str) -> Date | None:
    """``2026-01-31``; years have at least four digits and may be negative."""
    found = _DATE.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if found is None:
        return None
    sign, year, month, day = found.groups()
    return make_date(-int(year) if sign else int(year), int(month), int(day))


def parse_time(text: str) -> Time | None:
    """``10:30:00``, with a fraction, and with ``Z``, an offset or ``@Zone/Name`` behind it."""
    found = _TIME.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if found is None:
        return None
    hour, minute, second, fraction, utc, sign, ahead_hours, ahead_minutes, ahead_seconds, zone = found.groups()
    offset: int | None = 0 if utc else None
    if sign:
        if ahead_minutes > "59" or (ahead_seconds or "") > "59":
            return None
        offset = int(ahead_hours) * 3600 + int(ahead_minutes) * 60 + int(ahead_seconds or 0)
        offset = -offset if sign == "-" else offset
    return make_time(int(hour), int(minute), int(second), _nanos(fraction), offset, zone)


def parse_date_time(text: str) -> DateTime | None:
    """A date, ``T`` and a time; a date alone is its midnight."""
    day, separator, rest = text.partition("T")
    date = parse_date(day)
    if date is None:
        return None
    if not separator:
        return at_midnight(date)
    time = parse_time(rest)
    return None if time is None else DateTime(date, time)


def parse_days_duration(text: str) -> DaysDuration | None:
    """``P1DT2H3M4.5S``, each part optional but one; a minus sign may be in front."""
    found = _DAYS.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if found is None:
        return None
    sign, days, hours, minutes, seconds, fraction = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    nanos = int(days or 0) * NANOS_OF_DAY + whole * NANOS + _nanos(fraction)
    return DaysDuration(-nanos if sign else nanos)


def parse_months_duration(text: str) -> MonthsDuration | None:
    """``P1Y2M``, each part optional but one; a minus sign may be in front."""
    found = _MONTHS.fullmatch(text) if len(text) <= LONGEST_TEXT else None
    if found is None:
        return None
    sign, years, months = found.groups()
    total = int(years or 0) * 12 + int(months or 0)
    return MonthsDuration(-total if sign else total)


def parse_duration(text: str) -> DaysDuration | MonthsDuration | None:
    """A duration of either kind."""
    return parse_months_duration(text) or parse_days_duration(text)


def parse_temporal(text: str) -> Date | Time | DateTime | DaysDuration | MonthsDuration | None:
    """Whatever date, time, date and time or duration the text is: the value of an ``@"…"`` literal."""
    if "P" in text[:2]:
        return parse_duration(text)
    return parse_time(text) or parse_date(text) or parse_date_time(text)


def _nanos(fraction: str | None) -> int:
    return int((fraction or "")[:9].ljust(9, "0"))
