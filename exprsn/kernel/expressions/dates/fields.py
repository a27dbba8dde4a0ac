"""The fields of a moment that Luxon shows as properties."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import datetime
from typing import Any

from exprsn.kernel.expressions.dates.shifting import days_in_month, milliseconds
from exprsn.kernel.expressions.dates.words import DAYS, MONTHS, zone_abbreviation, zone_long_name
from exprsn.kernel.expressions.dates.zones import offset_minutes, zone_name

CALENDAR = ("year", "month", "day", "hour", "minute", "second", "millisecond")


def _weeks_in_year(value: datetime) -> int:
    year = value.isocalendar().year
    return datetime(year, 12, 28, tzinfo=value.tzinfo).isocalendar().week


FIELDS: dict[str, Callable[[datetime], Any]] = {
    "year": lambda value: value.year,
    "quarter": lambda value: (value.month - 1) // 3 + 1,
    "month": lambda value: value.month,
    "day": lambda value: value.day,
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": lambda value: value.second,
    "millisecond": lambda value: value.microsecond // 1000,
    "weekday": lambda value: value.isoweekday(),
    "weekNumber": lambda value: value.isocalendar().week,
    "weekYear": lambda value: value.isocalendar().year,
    "weeksInWeekYear": _weeks_in_year,
    "ordinal": lambda value: value.timetuple().tm_yday,
    "daysInMonth": lambda value: days_in_month(value.year, value.month),
    "daysInYear": lambda value: 366 if calendar.isleap(value.year) else 365,
    "isInLeapYear": lambda value: calendar.isleap(value.year),
    "isInDST": lambda value: bool(value.dst()),
    "isWeekend": lambda value: value.isoweekday() > 5,
    "monthLong": lambda value: MONTHS[value.month - 1],
    "monthShort": lambda value: MONTHS[value.month - 1][:3],
    "weekdayLong": lambda value: DAYS[value.weekday()],
    "weekdayShort": lambda value: DAYS[value.weekday()][:3],
    "offset": offset_minutes,
    "offsetNameShort": zone_abbreviation,
    "offsetNameLong": zone_long_name,
    "zoneName": lambda value: zone_name(value.tzinfo),
    "locale": lambda value: "en-US",
    "ts": milliseconds,
}
