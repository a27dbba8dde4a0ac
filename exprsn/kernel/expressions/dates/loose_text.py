"""What ``new Date(text)`` understands beyond ISO 8601: the common English spellings."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from exprsn.kernel.expressions.dates.iso import read_iso
from exprsn.kernel.expressions.dates.shifting import on_the_clock
from exprsn.kernel.expressions.dates.words import MONTHS
from exprsn.kernel.expressions.dates.zones import fixed_zone

_MAX = 100
_COMMENT = re.compile(r"\([^()]*\)")
_TIME = re.compile(
    r"\b(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE = re.compile(
    r"(?:\b(?:GMT|UTC|Z)\b|\b(?:GMT|UTC))?\s*(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})\Z|\b(?P<utc>GMT|UTC|Z)\Z"
)
_NUMERIC = (
    re.compile(r"(?P<month>[0-9]{1,2})[/-](?P<day>[0-9]{1,2})[/-](?P<year>[0-9]{4})\Z"),
    re.compile(r"(?P<year>[0-9]{4})[/-](?P<month>[0-9]{1,2})[/-](?P<day>[0-9]{1,2})\Z"),
)
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_WORDED = (
    re.compile(rf"{_MONTH}[\s-]+{_DAY},?[\s-]+(?P<year>[0-9]{{4}})\Z"),
    re.compile(rf"{_DAY}[\s-]+{_MONTH},?[\s-]+(?P<year>[0-9]{{4}})\Z"),
)
_WEEKDAY = re.compile(r"\A(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_NAMES = tuple(name.lower() for name in MONTHS)


def read_loose(text: str, own: tzinfo) -> datetime | None:
    """The moment that a text means; without a zone it stands in ``own``, but a bare ISO date in UTC."""
    text = text.strip()
    found = read_iso(text, UTC if "T" not in text and ":" not in text else own)
    if found is not None or len(text) > _MAX:
        return found
    rest, zone = _take_zone(_COMMENT.sub("", text).strip(), own)
    rest, time = _take_time(rest)
    day = _read_day(_WEEKDAY.sub("", rest))
    if day is None or time is None or zone is None:
        return None
    try:
        datetime(*day)  # noqa: DTZ001 - refuses days that do not exist
        return on_the_clock(zone, *day, time)
    except (ValueError, OverflowError):
        return None


def _take_zone(text: str, own: tzinfo) -> tuple[str, tzinfo | None]:
    found = _ZONE.search(text) if ":" in text or text.endswith(("GMT", "UTC")) else None
    if found is None:
        return text, own
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    return text[: found.start()].strip(), fixed_zone(-minutes if found["sign"] == "-" else minutes)


def _take_time(text: str) -> tuple[str, timedelta | None]:
    found = _TIME.search(text)
    if found is None:
        return text.strip(" ,"), timedelta()
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    millisecond = int((found["fraction"] or "0").ljust(3, "0")[:3])
    rest = re.sub(r"(?:,|\bat)?\s*\Z", "", text[: found.start()]) + text[found.end() :]
    if hour > 24 or minute > 59 or second > 59:
        return rest, None
    return rest.strip(" ,"), timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=millisecond)


def _read_day(text: str) -> tuple[int, int, int] | None:
    for pattern in _NUMERIC:
        found = pattern.match(text)
        if found is not None:
            return int(found["year"]), int(found["month"]), int(found["day"])
    for pattern in _WORDED:
        found = pattern.match(text)
        if found is not None:
            name = found["name"].lower()
            month = next(
                (at for at, known in enumerate(_NAMES, 1) if known.startswith(name) or (name == "sept" and at == 9)),
                None,
            )
            return None if month is None else (int(found["year"]), month, int(found["day"]))
    return None
