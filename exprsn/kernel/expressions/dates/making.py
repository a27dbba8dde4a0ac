"""What makes moments: host datetimes, texts, numbers, other values."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from exprsn.kernel.clock import utc_now
from exprsn.kernel.expressions.dates.iso import read_sql
from exprsn.kernel.expressions.dates.loose_text import read_loose
from exprsn.kernel.expressions.dates.moment import DateTime, Instant
from exprsn.kernel.expressions.dates.shifting import at_milliseconds
from exprsn.kernel.expressions.dates.zones import zone_of
from exprsn.kernel.expressions.numbers import Number, double
from exprsn.kernel.expressions.run import Run


def date_time(value: datetime, zone_name: str) -> DateTime:
    """A host's aware datetime, shown in an IANA zone. Raises ValueError for a zone that does not exist."""
    zone = zone_of(zone_name, UTC)
    if zone is None:
        raise ValueError(f"There is no time zone {zone_name!r}.")
    return DateTime(_whole_milliseconds(value.astimezone(zone)))


def now_in(zone: tzinfo) -> DateTime:
    """The present moment."""
    return DateTime(_whole_milliseconds(utc_now().astimezone(zone)))


def _whole_milliseconds(value: datetime) -> datetime:
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def date_from_milliseconds(count: Number, zone: tzinfo) -> DateTime:
    """The moment this many milliseconds after 1970."""
    try:
        return DateTime(at_milliseconds(double(count), zone))
    except OverflowError:
        return DateTime(None, "Timestamp out of range")


def date_from_text(run: Run, text: str) -> DateTime:
    """The moment that a text in ISO, SQL or a common English spelling means, in the zone of the run."""
    value = read_sql(text, run.zone)
    if value is None:
        value = read_loose(text, run.zone)
        value = None if value is None else value.astimezone(run.zone)
    return DateTime(value)


def date_of(value: Any, run: Run) -> DateTime:
    """The moment that an argument means: a date, an ISO text, milliseconds; invalid for anything else."""
    if isinstance(value, DateTime):
        return value
    if isinstance(value, Instant):
        return DateTime(None if value.value is None else value.value.astimezone(run.zone))
    if isinstance(value, str):
        return date_from_text(run, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return date_from_milliseconds(value, run.zone)
    return DateTime(None, "invalid input")
