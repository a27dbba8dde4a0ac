"""FEEL's dates, times and durations.

Reading them from text is in ``temporal_reading``, writing in ``temporal_text``, their properties (``.year``) in
``temporal_properties``, sums and differences in ``arithmetic_temporal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.decision_tables.engine.feel import temporal_calendar as calendar
from apps.decision_tables.engine.feel import temporal_zones as zones

NANOS: Final = 1_000_000_000
NANOS_OF_DAY: Final = 86_400 * NANOS
LARGEST_OFFSET: Final = 18 * 3600


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    year: int
    month: int
    day: int

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return calendar.day_number(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return calendar.weekday(self.days)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, local (neither offset nor zone), at an offset from UTC, or in a named zone."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    offset_seconds: int | None = None
    zone: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is not known where in the world this time is meant."""
        return self.offset_seconds is None and self.zone is None

    @property
    def second_of_day(self) -> int:
        """Whole seconds since midnight."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight, on the clock that shows this time."""
        return self.second_of_day * NANOS + self.nano

    def offset_on(self, days: int) -> int:
        """Seconds ahead of UTC on a day; 0 for a local time."""
        if self.zone is not None:
            return zones.offset_at(self.zone, days, self.second_of_day)
        return self.offset_seconds or 0

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight UTC, by which times are compared; may be below 0 or above a day."""
        return self.nanos - self.offset_on(zones.REFERENCE_DAY) * NANOS


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and time."""

    date: Date
    time: Time

    @property
    def is_local(self) -> bool:
        """Whether it has neither an offset nor a zone."""
        return self.time.is_local

    @property
    def offset_seconds(self) -> int:
        """Seconds ahead of UTC; 0 for a local one."""
        return self.time.offset_on(self.date.days)

    @property
    def nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the clock that shows it."""
        return self.date.days * NANOS_OF_DAY + self.time.nanos

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; for a local one as if it were in UTC."""
        return self.nanos - self.offset_seconds * NANOS


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """A days and time duration."""

    nanos: int


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A years and months duration."""

    months: int


def day_of(value: Date | DateTime) -> Date:
    """The date of a date and time; a date itself."""
    return value.date if isinstance(value, DateTime) else value


def make_date(year: int, month: int, day: int) -> Date | None:
    """The date, or null where there is no such day."""
    return Date(year, month, day) if calendar.is_date(year, month, day) else None


def make_time(
    hour: int, minute: int, second: int, nano: int = 0, offset_seconds: int | None = None, zone: str | None = None
) -> Time | None:
    """The time, or null where there is no such time, offset or zone."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60 and 0 <= nano < NANOS):
        return None
    if offset_seconds is not None and abs(offset_seconds) > LARGEST_OFFSET:
        return None
    if zone is not None and (offset_seconds is not None or not zones.is_zone(zone)):
        return None
    return Time(hour, minute, second, nano, offset_seconds, zone)


def date_of_days(days: int) -> Date | None:
    """The date of a day number; null where its year is out of bounds."""
    return make_date(*calendar.civil(days))


def time_of_nanos(nanos: int, like: Time) -> Time:
    """The time so long after midnight (a day is taken off or added as often as needed), where ``like`` is."""
    seconds, nano = divmod(nanos % NANOS_OF_DAY, NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return Time(hour, minute, second, nano, like.offset_seconds, like.zone)


def date_time_of_nanos(nanos: int, like: Time) -> DateTime | None:
    """The date and time so long after 1970-01-01T00:00:00 on its own clock; null where the year is out of bounds."""
    date = date_of_days(nanos // NANOS_OF_DAY)
    return None if date is None else DateTime(date, time_of_nanos(nanos, like))


def date_time_of_instant(instant: int, like: Time) -> DateTime | None:
    """The date and time at an instant (nanoseconds since 1970 in UTC), where ``like`` is."""
    ahead = like.offset_seconds or 0
    if like.zone is not None:
        days, rest = divmod(instant, NANOS_OF_DAY)
        ahead = zones.offset_of_instant(like.zone, days, rest // NANOS)
    return date_time_of_nanos(instant + ahead * NANOS, like)


def at_midnight(date: Date, *, utc: bool = False) -> DateTime:
    """The beginning of a day, local or in UTC."""
    return DateTime(date, Time(0, 0, 0, offset_seconds=0 if utc else None))
