"""ISO 8601, written and read as Luxon does; and SQL's spelling, which is nearly the same."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from exprsn.kernel.expressions.dates.shifting import on_the_clock
from exprsn.kernel.expressions.dates.zones import fixed_zone, offset_minutes, offset_text, zone_of

_DATE = (
    r"(?P<year>[0-9]{4}|[+-][0-9]{6})"
    r"(?:-?W(?P<week>[0-9]{2})(?:-?(?P<weekday>[1-7]))?"
    r"|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|(?P<month2>[0-9]{2})(?P<day2>[0-9]{2})"
    r"|-?(?P<ordinal>[0-9]{3}))?"
)
_TIME = r"(?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,30}))?)?)?"
_OFFSET = r"(?P<utc>[Zz])|(?P<sign>[+-])(?P<offset_hour>[0-9]{2})(?::?(?P<offset_minute>[0-9]{2}))?"
_ISO = re.compile(rf"(?:{_DATE}(?:[Tt]{_TIME}(?:{_OFFSET})?)?)(?:\[(?P<zone>[A-Za-z0-9_+/-]+)\])?\Z")
_TIME_ONLY = re.compile(rf"[Tt]?{_TIME}(?:{_OFFSET})?\Z")
_SQL = re.compile(rf"{_DATE} {_TIME}(?: ?(?:{_OFFSET}))?(?: (?P<zone>[A-Za-z][A-Za-z0-9_+/-]+))?\Z")


def iso_text(value: datetime, *, offset: bool = True, suppress: str = "", basic: bool = False) -> str:
    """Luxon's ``toISO``; ``suppress`` is ``milliseconds`` or ``seconds`` to leave them out where they are 0."""
    date_part = f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    made = f"{date_part}T{iso_time(value, offset=offset, suppress=suppress)}"
    return made.replace("-", "", 2).replace(":", "") if basic else made


def iso_time(value: datetime, *, offset: bool = True, suppress: str = "") -> str:
    """Luxon's ``toISOTime``."""
    millisecond = value.microsecond // 1000
    text = f"{value.hour:02d}:{value.minute:02d}"
    if suppress != "seconds" or value.second or millisecond:
        text += f":{value.second:02d}"
        if millisecond or not suppress:
            text += f".{millisecond:03d}"
    return text + iso_offset(value) if offset else text


def iso_offset(value: datetime) -> str:
    """``Z`` in UTC, else ``+02:00``."""
    minutes = offset_minutes(value)
    if minutes == 0 and not isinstance(value.tzinfo, ZoneInfo):
        return "Z"
    return offset_text(minutes, "short")


def read_iso(text: str, own: tzinfo, *, keep_offset: bool = False) -> datetime | None:
    """The moment that an ISO 8601 text means, in ``own`` (or with its own offset); None when it means none."""
    found = _ISO.match(text.strip()) or _TIME_ONLY.match(text.strip())
    return None if found is None else _moment(found, own, keep_offset=keep_offset)


def read_sql(text: str, own: tzinfo) -> datetime | None:
    """``2024-01-31 12:30:00.000 +02:00`` or an ISO text; None when it is neither."""
    found = _SQL.match(text.strip())
    return read_iso(text, own) if found is None else _moment(found, own, keep_offset=False)


def _moment(found: re.Match[str], own: tzinfo, *, keep_offset: bool) -> datetime | None:
    groups = found.groupdict()
    zone = _zone(groups, own)
    try:
        day = _day(groups, own)
        time = _time(groups)
        if zone is None or time is None:
            return None
        value = on_the_clock(zone, day.year, day.month, day.day, time)
        return value if keep_offset else value.astimezone(own)
    except (ValueError, OverflowError):
        return None


def _zone(groups: dict[str, str | None], own: tzinfo) -> tzinfo | None:
    if groups.get("zone"):
        return zone_of(groups["zone"] or "", own)
    if groups["utc"]:
        return fixed_zone(0)
    if groups["sign"] is None:
        return own
    minutes = int(groups["offset_hour"] or 0) * 60 + int(groups["offset_minute"] or 0)
    return fixed_zone(-minutes if groups["sign"] == "-" else minutes)


def _day(groups: dict[str, str | None], own: tzinfo) -> date:
    if groups.get("year") is None:
        return datetime.now(own).date()
    year = int(groups["year"] or 0)
    if groups["week"]:
        return date.fromisocalendar(year, int(groups["week"]), int(groups["weekday"] or 1))
    if groups["ordinal"]:
        made = date(year, 1, 1) + timedelta(days=int(groups["ordinal"]) - 1)
        if made.year != year:
            raise ValueError("no such day in the year")
        return made
    month = groups["month"] or groups["month2"] or "1"
    return date(year, int(month), int(groups["day"] or groups["day2"] or 1))


def _time(groups: dict[str, str | None]) -> timedelta | None:
    hour, minute, second = (int(groups[name] or 0) for name in ("hour", "minute", "second"))
    fraction = int((groups["fraction"] or "0").ljust(3, "0")[:3])
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second or fraction)):
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=fraction)
