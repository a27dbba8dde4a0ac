"""Luxon's ``fromFormat``: a text read by a pattern of tokens, English."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from exprsn.kernel.expressions.dates.shifting import at_milliseconds, on_the_clock
from exprsn.kernel.expressions.dates.words import DAYS, MONTHS
from exprsn.kernel.expressions.dates.zones import zone_of
from exprsn.kernel.expressions.errors import ExpressionError

_TOKEN = re.compile(r"'([^']*)'|([a-zA-Z])\2*")
_MACROS = {
    "D": "M/d/yyyy", "DD": "LLL d, yyyy", "DDD": "LLLL d, yyyy", "DDDD": "EEEE, LLLL d, yyyy", "t": "h:mm a",
    "tt": "h:mm:ss a", "T": "H:mm", "TT": "H:mm:ss", "f": "M/d/yyyy, h:mm a", "ff": "LLL d, yyyy, h:mm a",
    "F": "M/d/yyyy, h:mm:ss a", "FF": "LLL d, yyyy, h:mm:ss a",
}  # fmt: skip
_SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
_SHORT_DAYS = tuple(name[:3] for name in DAYS)
_MAX_PATTERN = 200
_MAX_TEXT = 500


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(words)


# What each token reads: the field it fills and the text it takes.
_READERS: dict[str, tuple[str, str]] = {
    "y": ("year", r"[0-9]{1,6}"), "yy": ("year2", r"[0-9]{2}(?:[0-9]{2})?"), "yyyy": ("year", r"[0-9]{4}"),
    "yyyyy": ("year", r"[0-9]{4,6}"), "yyyyyy": ("year", r"[0-9]{6}"),
    "M": ("month", r"[0-9]{1,2}"), "MM": ("month", r"[0-9]{2}"), "MMM": ("short_month", _one_of(_SHORT_MONTHS)),
    "MMMM": ("long_month", _one_of(MONTHS)), "L": ("month", r"[0-9]{1,2}"), "LL": ("month", r"[0-9]{2}"),
    "LLL": ("short_month", _one_of(_SHORT_MONTHS)), "LLLL": ("long_month", _one_of(MONTHS)),
    "d": ("day", r"[0-9]{1,2}"), "dd": ("day", r"[0-9]{2}"), "o": ("ordinal", r"[0-9]{1,3}"),
    "ooo": ("ordinal", r"[0-9]{3}"), "H": ("hour", r"[0-9]{1,2}"), "HH": ("hour", r"[0-9]{2}"),
    "h": ("hour", r"[0-9]{1,2}"), "hh": ("hour", r"[0-9]{2}"), "m": ("minute", r"[0-9]{1,2}"),
    "mm": ("minute", r"[0-9]{2}"), "s": ("second", r"[0-9]{1,2}"), "ss": ("second", r"[0-9]{2}"),
    "S": ("millisecond", r"[0-9]{1,3}"), "SSS": ("millisecond", r"[0-9]{3}"), "u": ("fraction", r"[0-9]{1,9}"),
    "a": ("meridiem", r"AM|PM"), "kkkk": ("week_year", r"[0-9]{4}"), "W": ("week", r"[0-9]{1,2}"),
    "WW": ("week", r"[0-9]{2}"), "E": ("weekday", r"[1-7]"), "c": ("weekday", r"[1-7]"),
    "EEE": ("", _one_of(_SHORT_DAYS)), "ccc": ("", _one_of(_SHORT_DAYS)), "EEEE": ("", _one_of(DAYS)),
    "cccc": ("", _one_of(DAYS)), "Z": ("offset", r"[+-][0-9]{1,2}(?::[0-9]{2})?"),
    "ZZ": ("offset", r"[+-][0-9]{1,2}(?::[0-9]{2})?"), "ZZZ": ("offset", r"[+-][0-9]{1,2}(?:[0-9]{2})?"),
    "z": ("zone", r"[A-Za-z_+-]{1,256}(?:/[A-Za-z0-9_+-]{1,256}){0,2}"),
    "X": ("seconds", r"-?[0-9]{1,12}(?:\.[0-9]{1,3})?"),
    "x": ("milliseconds", r"-?[0-9]{1,15}"),
}  # fmt: skip


def read_format(text: str, pattern: str, own: tzinfo, *, keep_zone: bool = False) -> datetime | None:
    """The moment that a text means by a pattern, in ``own`` or the zone it names; None when it does not fit."""
    compiled, names = _compiled(pattern)
    found = compiled.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if found is None:
        return None
    parts = {name: value for name, value in zip(names, found.groups(), strict=True) if name}
    try:
        value = _moment(parts, own)
        return value if value is None or keep_zone else value.astimezone(own)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    if len(pattern) > _MAX_PATTERN:
        raise ExpressionError(f"The format is longer than {_MAX_PATTERN} characters.")
    pattern = _TOKEN.sub(lambda found: _MACROS.get(found.group(), found.group()), pattern)
    expression, names, at = "", [], 0
    for found in _TOKEN.finditer(pattern):
        expression += _literal(pattern[at : found.start()])
        at = found.end()
        if found.group(2) is None:
            expression += _literal(found.group(1))
            continue
        if found.group() not in _READERS:
            raise ExpressionError(
                f"The format cannot hold “{found.group()}”. Put letters that are text in single quotes."
            )
        name, taken = _READERS[found.group()]
        # Each field once: many of variable length beside one another could be read in too many ways.
        if name and name in names:
            raise ExpressionError(f"The format names the {name} twice.")
        names.append(name)
        expression += f"({taken})"
    if len(names) > 1 and {"seconds", "milliseconds"} & set(names):
        raise ExpressionError("In a format X and x stand alone.")
    return re.compile(expression + _literal(pattern[at:]), re.IGNORECASE), tuple(names)


def _literal(text: str) -> str:
    return re.escape(text).replace("\\ ", r"[\s\u00a0]")


def _moment(parts: dict[str, str], own: tzinfo) -> datetime | None:
    if "milliseconds" in parts:
        return at_milliseconds(int(parts["milliseconds"]), own)
    if "seconds" in parts:
        return at_milliseconds(round(float(parts["seconds"]) * 1000), own)
    zone = _zone(parts, own)
    time = _time(parts)
    if zone is None or time is None:
        return None
    day = _day(parts, datetime.now(own).date())
    return on_the_clock(zone, day.year, day.month, day.day, time)


def _zone(parts: dict[str, str], own: tzinfo) -> tzinfo | None:
    if "offset" in parts:
        return zone_of(parts["offset"], own)
    return zone_of(parts["zone"], own) if "zone" in parts else own


def _time(parts: dict[str, str]) -> timedelta | None:
    hour, minute, second = (int(parts.get(name, 0)) for name in ("hour", "minute", "second"))
    if "meridiem" in parts:
        is_pm = parts["meridiem"].lower() == "pm"
        hour = hour + 12 if is_pm and hour < 12 else 0 if not is_pm and hour == 12 else hour
    millisecond = int(parts.get("millisecond", 0)) or int(parts.get("fraction", "0").ljust(3, "0")[:3])
    if hour > 24 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=millisecond)


def _day(parts: dict[str, str], today: date) -> date:
    if "week" in parts or "week_year" in parts:
        week_year = int(parts.get("week_year", today.isocalendar().year))
        return date.fromisocalendar(week_year, int(parts.get("week", 1)), int(parts.get("weekday", 1)))
    year = _year(parts)
    if "ordinal" in parts:
        return date(year or today.year, 1, 1) + timedelta(days=int(parts["ordinal"]) - 1)
    month = _month(parts)
    day = int(parts["day"]) if "day" in parts else None
    # What is larger than the largest given part is today's, what is smaller is the first.
    if year is None:
        year = today.year
        if month is None:
            month = today.month
            if day is None:
                day = today.day
    return date(year, month or 1, day or 1)


def _year(parts: dict[str, str]) -> int | None:
    if "year2" in parts:
        short = int(parts["year2"])
        return short if short > 99 else short + (1900 if short > 60 else 2000)
    return int(parts["year"]) if "year" in parts else None


def _month(parts: dict[str, str]) -> int | None:
    if "month" in parts:
        return int(parts["month"])
    name = parts.get("short_month") or parts.get("long_month")
    return None if name is None else 1 + _SHORT_MONTHS.index(name[:3].title())
