"""Moving moments: Luxon's arithmetic (``adjustTime``), starts and ends of units, setting fields.

Calendar units keep the clock's time, hours and less are exact time. A clock's time that a zone skips is moved
on by what it skips.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from exprsn.kernel.expressions.dates.units import milliseconds_of
from exprsn.kernel.expressions.numbers import Number

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def milliseconds(value: datetime) -> int:
    """Milliseconds since 1970."""
    return (value - EPOCH) // MILLISECOND


def at_milliseconds(count: Number, zone: tzinfo) -> datetime:
    """The moment this many milliseconds after 1970. Raises OverflowError outside of the years 1 to 9999."""
    if not math.isfinite(count) or abs(count) > 1e15:
        raise OverflowError
    return (EPOCH + timedelta(milliseconds=math.trunc(count))).astimezone(zone)


def on_the_clock(zone: tzinfo | None, year: int, month: int, day: int, time: timedelta, fold: int = 0) -> datetime:
    """The moment when a clock in the zone shows this; fields may overflow. Raises OverflowError or ValueError."""
    year, month0 = divmod(year * 12 + month - 1, 12)
    local = datetime(year, month0 + 1, 1) + timedelta(days=day - 1) + time  # noqa: DTZ001 - the zone follows
    aware = local.replace(tzinfo=zone, fold=fold)
    return aware.astimezone(UTC).astimezone(zone)


def time_of_day(value: datetime) -> timedelta:
    """How far the clock is past midnight."""
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def shift(value: datetime, amounts: Mapping[str, Number], sign: int = 1) -> datetime:
    """A moment plus or minus amounts by unit."""
    whole = {unit: sign * math.trunc(amount) for unit, amount in amounts.items()}
    months = whole.get("years", 0) * 12 + whole.get("quarters", 0) * 3 + whole.get("months", 0)
    days = whole.get("weeks", 0) * 7 + whole.get("days", 0)
    if months or days:
        year, month0 = divmod(value.year * 12 + value.month - 1 + months, 12)
        day = min(value.day, days_in_month(year, month0 + 1)) if 1 <= year <= 9999 else value.day
        value = on_the_clock(value.tzinfo, year, month0 + 1, day + days, time_of_day(value), value.fold)
    exact = {unit: amount - math.trunc(amount) if unit in _CALENDAR else amount for unit, amount in amounts.items()}
    count = milliseconds_of(exact)
    if not count:
        return value
    return (value.astimezone(UTC) + timedelta(milliseconds=sign * math.trunc(count))).astimezone(value.tzinfo)


_CALENDAR = frozenset({"years", "quarters", "months", "weeks", "days"})


def start_of(value: datetime, unit: str) -> datetime:
    """The beginning of the unit that holds a moment."""
    year, month, day = value.year, value.month, value.day
    time = _cut_time(value, unit)
    if unit == "years":
        month, day = 1, 1
    elif unit == "quarters":
        month, day = (month - 1) // 3 * 3 + 1, 1
    elif unit == "months":
        day = 1
    elif unit == "weeks":
        day -= value.weekday()
    return on_the_clock(value.tzinfo, year, month, day, time, value.fold)


def _cut_time(value: datetime, unit: str) -> timedelta:
    time = time_of_day(value)
    steps = {
        "hours": timedelta(hours=1), "minutes": timedelta(minutes=1), "seconds": timedelta(seconds=1),
        "milliseconds": MILLISECOND,
    }  # fmt: skip
    return time - time % steps[unit] if unit in steps else timedelta()


def end_of(value: datetime, unit: str) -> datetime:
    """The last millisecond of the unit that holds a moment."""
    return shift(start_of(shift(value, {unit: 1}), unit), {"milliseconds": -1})
