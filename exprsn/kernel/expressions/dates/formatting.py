"""Luxon's ``toFormat``: a pattern of tokens, English."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime

from exprsn.kernel.expressions.dates.locale_formats import PRESETS, locale_date
from exprsn.kernel.expressions.dates.shifting import milliseconds
from exprsn.kernel.expressions.dates.words import DAYS, MONTHS, zone_abbreviation, zone_long_name
from exprsn.kernel.expressions.dates.zones import offset_minutes, offset_text, zone_name
from exprsn.kernel.expressions.errors import ExpressionError

Write = Callable[[datetime], str]
MAX_PATTERN = 1_000
_TOKEN = re.compile(r"'([^']*)'|([a-zA-Z])\2*")


def _padded(read: Callable[[datetime], int], width: int) -> Write:
    return lambda value: f"{read(value):0{width}d}"


def _hour12(value: datetime) -> int:
    return value.hour % 12 or 12


def _millisecond(value: datetime) -> int:
    return value.microsecond // 1000


def _week(value: datetime) -> int:
    return value.isocalendar().week


def _week_year(value: datetime) -> int:
    return value.isocalendar().year


def _ordinal(value: datetime) -> int:
    return value.timetuple().tm_yday


def _quarter(value: datetime) -> int:
    return (value.month - 1) // 3 + 1


def _month(value: datetime) -> str:
    return MONTHS[value.month - 1]


def _day(value: datetime) -> str:
    return DAYS[value.weekday()]


def _preset(name: str) -> Write:
    return lambda value: locale_date(value, PRESETS[name])


def _numbers(letter: str, read: Callable[[datetime], int], *widths: int) -> dict[str, Write]:
    return {letter * width: _padded(read, width) for width in widths}


TOKENS: dict[str, Write] = {
    **_numbers("S", _millisecond, 1, 3),
    "u": lambda value: f"{_millisecond(value):03d}",
    "uu": lambda value: f"{_millisecond(value) // 10:02d}",
    "uuu": lambda value: f"{_millisecond(value) // 100}",
    **_numbers("s", lambda value: value.second, 1, 2),
    **_numbers("m", lambda value: value.minute, 1, 2),
    **_numbers("h", _hour12, 1, 2),
    **_numbers("H", lambda value: value.hour, 1, 2),
    "Z": lambda value: offset_text(offset_minutes(value), "narrow"),
    "ZZ": lambda value: offset_text(offset_minutes(value), "short"),
    "ZZZ": lambda value: offset_text(offset_minutes(value), "techie"),
    "ZZZZ": zone_abbreviation,
    "ZZZZZ": zone_long_name,
    "z": lambda value: zone_name(value.tzinfo),
    "a": lambda value: "AM" if value.hour < 12 else "PM",
    **_numbers("d", lambda value: value.day, 1, 2),
    **{letter: lambda value: str(value.isoweekday()) for letter in ("c", "E")},
    **{letter * 3: lambda value: _day(value)[:3] for letter in ("c", "E")},
    **{letter * 4: _day for letter in ("c", "E")},
    **{letter * 5: lambda value: _day(value)[0] for letter in ("c", "E")},
    **_numbers("L", lambda value: value.month, 1, 2),
    **_numbers("M", lambda value: value.month, 1, 2),
    **{letter * 3: lambda value: _month(value)[:3] for letter in ("L", "M")},
    **{letter * 4: _month for letter in ("L", "M")},
    **{letter * 5: lambda value: _month(value)[0] for letter in ("L", "M")},
    **_numbers("y", lambda value: value.year, 1, 4, 6),
    "yy": lambda value: f"{value.year:04d}"[-2:],
    "G": lambda value: "AD",
    "GG": lambda value: "Anno Domini",
    "GGGGG": lambda value: "A",
    **_numbers("k", lambda value: _week_year(value) % 100, 2),
    **_numbers("k", _week_year, 4),
    **_numbers("i", lambda value: _week_year(value) % 100, 2),
    **_numbers("i", _week_year, 4),
    **_numbers("W", _week, 1, 2),
    **_numbers("n", _week, 1, 2),
    **_numbers("o", _ordinal, 1, 3),
    **_numbers("q", _quarter, 1, 2),
    "X": lambda value: str(math.floor(milliseconds(value) / 1000)),
    "x": lambda value: str(milliseconds(value)),
    **{name: _preset(name) for name in PRESETS if len(name) < 5},
}


def format_date(value: datetime, pattern: str) -> str:
    """A moment by a pattern; text in single quotes, and letters without a meaning, stand as they are."""
    if len(pattern) > MAX_PATTERN:
        raise ExpressionError(f"The format is longer than {MAX_PATTERN} characters.")

    def put(found: re.Match[str]) -> str:
        if found.group(2) is None:
            return found.group(1)
        write = TOKENS.get(found.group())
        return found.group() if write is None else write(value)

    return _TOKEN.sub(put, pattern)
