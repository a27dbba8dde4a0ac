"""Luxon's ``set`` and ``fromObject``: moments by their calendar fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from exprsn.kernel.expressions.coercion import to_number
from exprsn.kernel.expressions.dates.fields import CALENDAR, FIELDS
from exprsn.kernel.expressions.dates.shifting import days_in_month, on_the_clock
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.numbers import double
from exprsn.kernel.expressions.run import Run

_WEEK = ("weekYear", "weekNumber", "weekday")
_KNOWN = {name.lower(): name for name in (*CALENDAR, *_WEEK, "quarter", "ordinal")}
_TIMES = ("hour", "minute", "second", "millisecond")
_LIMITS = {
    "month": (1, 12), "hour": (0, 24), "minute": (0, 59), "second": (0, 59), "millisecond": (0, 999),
    "weekday": (1, 7), "weekNumber": (1, 53), "ordinal": (1, 366), "year": (1, 9999), "weekYear": (1, 9999),
}  # fmt: skip


def fields_of(value: Any, run: Run) -> dict[str, int]:
    """``{year: 2024, months: 2}`` by field names. Raises for fields that do not exist or are no numbers."""
    if not isinstance(value, dict):
        raise ExpressionError("Fields of a date are an object such as {year: 2024, month: 1}.")
    made: dict[str, int] = {}
    for name, amount in value.items():
        field = _KNOWN.get(name.lower()) or _KNOWN.get(name.lower().removesuffix("s"))
        found = double(to_number(amount, run))
        if field is None:
            raise ExpressionError(f"A date has no field {name[:20]!r}.")
        if not abs(found) < 1e9:
            raise ExpressionError(f"The field {name} is not a number that a date can have.")
        made[field] = int(found)
    return made


def set_fields(value: datetime, fields: Mapping[str, int]) -> datetime:
    """A moment with some fields replaced; what is too large goes over into the next field."""
    current = {name: FIELDS[name](value) for name in CALENDAR}
    mixed = {**current, **{name: amount for name, amount in fields.items() if name in current}}
    if any(name in fields for name in _WEEK):
        day = _week_day({**{name: FIELDS[name](value) for name in _WEEK}, **fields})
        mixed.update(year=day.year, month=day.month, day=day.day)
    elif "ordinal" in fields:
        mixed.update(month=1, day=fields["ordinal"])
    elif "quarter" in fields:
        mixed["month"] = (fields["quarter"] - 1) * 3 + 1 + (value.month - 1) % 3
    if "day" not in fields and not any(name in fields for name in (*_WEEK, "ordinal")):
        year, month0 = divmod(mixed["year"] * 12 + mixed["month"] - 1, 12)
        mixed["day"] = min(mixed["day"], days_in_month(year, month0 + 1))
    return on_the_clock(value.tzinfo, mixed["year"], mixed["month"], mixed["day"], _time(mixed))


def from_fields(fields: Mapping[str, int], zone: tzinfo, now: datetime) -> datetime | None:
    """The moment with these fields: larger ones that are missing are today's, smaller ones the first.

    None when a field is out of its range.
    """
    for name, amount in fields.items():
        low, high = _LIMITS.get(name, (1, 31))
        if not low <= amount <= high:
            return None
    if any(name in fields for name in ("weekYear", "weekNumber", "weekday")):
        day = _week_day(_completed(fields, _WEEK, now))
    elif "ordinal" in fields:
        day = date(fields.get("year", now.year), 1, 1) + timedelta(days=fields["ordinal"] - 1)
    else:
        parts = _completed(fields, CALENDAR, now)
        day = date(parts["year"], parts["month"], parts["day"])
    return on_the_clock(zone, day.year, day.month, day.day, _time(fields))


def _completed(fields: Mapping[str, int], names: tuple[str, ...], now: datetime) -> dict[str, int]:
    made: dict[str, int] = {}
    seen = False
    for name in names:
        if name in fields:
            seen = True
            made[name] = fields[name]
        elif seen or (name in _TIMES and fields):
            made[name] = 0 if name in _TIMES else 1
        else:
            made[name] = FIELDS[name](now)
    return made


def _week_day(fields: Mapping[str, int]) -> date:
    start = date.fromisocalendar(fields["weekYear"], 1, 1)
    return start + timedelta(weeks=fields["weekNumber"] - 1, days=fields["weekday"] - 1)


def _time(fields: Mapping[str, int]) -> timedelta:
    hour, minute, second, millisecond = (fields.get(name, 0) for name in _TIMES)
    return timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=millisecond)
