"""Dates for people: what ``Intl.DateTimeFormat`` writes in English, and the plain numeric forms of a few others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from exprsn.kernel.expressions.dates.words import DAYS, MONTHS, zone_abbreviation, zone_long_name

Options = Mapping[str, Any]
_N, _S, _L = "numeric", "short", "long"
_DATE_NAMES = ("weekday", "year", "month", "day")
_TIME_NAMES = ("hour", "minute", "second", "fractionalSecondDigits")
_NUMERIC_DATE = {"year": _N, "month": _N, "day": _N}
_MED_DATE = {"year": _N, "month": _S, "day": _N}
_FULL_DATE = {"year": _N, "month": _L, "day": _N}
_HUGE_DATE = {**_FULL_DATE, "weekday": _L}
_TIME = {"hour": _N, "minute": _N}
_SECONDS = {**_TIME, "second": _N}
DATE_STYLES: dict[str, Options] = {
    "short": {"year": "2-digit", "month": _N, "day": _N}, "medium": _MED_DATE, "long": _FULL_DATE, "full": _HUGE_DATE,
}  # fmt: skip
TIME_STYLES: dict[str, Options] = {
    "short": _TIME,
    "medium": _SECONDS,
    "long": {**_SECONDS, "timeZoneName": _S},
    "full": {**_SECONDS, "timeZoneName": _L},
}
PRESETS: dict[str, Options] = {
    "D": _NUMERIC_DATE,
    "DD": _MED_DATE,
    "DDD": _FULL_DATE,
    "DDDD": _HUGE_DATE,
    "t": _TIME,
    "tt": _SECONDS,
    "ttt": {**_SECONDS, "timeZoneName": _S},
    "tttt": {**_SECONDS, "timeZoneName": _L},
    "T": {**_TIME, "hourCycle": "h23"},
    "TT": {**_SECONDS, "hourCycle": "h23"},
    "TTT": {**_SECONDS, "hourCycle": "h23", "timeZoneName": _S},
    "TTTT": {**_SECONDS, "hourCycle": "h23", "timeZoneName": _L},
    "f": {**_NUMERIC_DATE, **_TIME},
    "ff": {**_MED_DATE, **_TIME},
    "fff": {**_FULL_DATE, **_TIME, "timeZoneName": _S},
    "ffff": {**_HUGE_DATE, **_TIME, "timeZoneName": _L},
    "F": {**_NUMERIC_DATE, **_SECONDS},
    "FF": {**_MED_DATE, **_SECONDS},
    "FFF": {**_FULL_DATE, **_SECONDS, "timeZoneName": _S},
    "FFFF": {**_HUGE_DATE, **_SECONDS, "timeZoneName": _L},
}
# Luxon's constants, ``DateTime.DATE_MED`` and so on.
CONSTANTS: dict[str, Options] = {
    "DATE_SHORT": PRESETS["D"],
    "DATE_MED": PRESETS["DD"],
    "DATE_MED_WITH_WEEKDAY": {**_MED_DATE, "weekday": _S},
    "DATE_FULL": PRESETS["DDD"],
    "DATE_HUGE": PRESETS["DDDD"],
    "TIME_SIMPLE": PRESETS["t"],
    "TIME_WITH_SECONDS": PRESETS["tt"],
    "TIME_WITH_SHORT_OFFSET": PRESETS["ttt"],
    "TIME_WITH_LONG_OFFSET": PRESETS["tttt"],
    "TIME_24_SIMPLE": PRESETS["T"],
    "TIME_24_WITH_SECONDS": PRESETS["TT"],
    "TIME_24_WITH_SHORT_OFFSET": PRESETS["TTT"],
    "TIME_24_WITH_LONG_OFFSET": PRESETS["TTTT"],
    "DATETIME_SHORT": PRESETS["f"],
    "DATETIME_SHORT_WITH_SECONDS": PRESETS["F"],
    "DATETIME_MED": PRESETS["ff"],
    "DATETIME_MED_WITH_SECONDS": PRESETS["FF"],
    "DATETIME_MED_WITH_WEEKDAY": {**PRESETS["ff"], "weekday": _S},
    "DATETIME_FULL": PRESETS["fff"],
    "DATETIME_FULL_WITH_SECONDS": PRESETS["FFF"],
    "DATETIME_HUGE": PRESETS["ffff"],
    "DATETIME_HUGE_WITH_SECONDS": PRESETS["FFFF"],
}
# Numeric dates by language: the order of the parts, what stands between them, whether days and months have two digits.
_NUMERIC: dict[str, tuple[str, str, bool]] = {
    "en-US": ("mdy", "/", False),
    "en-GB": ("dmy", "/", True),
    "en-CA": ("ymd", "-", True),
    "sv-SE": ("ymd", "-", True),
    "de-DE": ("dmy", ".", False),
    "fr-FR": ("dmy", "/", True),
}
LOCALES = tuple(_NUMERIC)
_BETWEEN = {"sv-SE": " ", "fr-FR": " "}
_HALVES: dict[str, Callable[[str], str]] = {
    "en-US": str,
    "en-CA": lambda mark: f"{mark[0].lower()}.m.",
}


def locale_date(value: datetime, options: Options, locale: str = "en-US") -> str:
    """A moment as its options say; ``locale`` is one of ``LOCALES``, and only English ones have words."""
    chosen = _expanded(options)
    date = _date(value, chosen, locale)
    time = _time(value, chosen, locale)
    if not date or not time:
        return date or time
    wordy = chosen.get("month") == _L
    return f"{date}{' at ' if wordy else _BETWEEN.get(locale, ', ')}{time}"


def _expanded(options: Options) -> dict[str, Any]:
    return {
        **DATE_STYLES.get(options.get("dateStyle", ""), {}),
        **TIME_STYLES.get(options.get("timeStyle", ""), {}),
        **options,
    }


def has_parts(options: Options, *, of_time: bool) -> bool:
    """Whether options ask for parts of the date, or of the time."""
    names = (*_TIME_NAMES, "timeStyle") if of_time else (*_DATE_NAMES, "dateStyle")
    return any(options.get(name) for name in names)


def _date(value: datetime, options: Options, locale: str) -> str:
    month = options.get("month")
    weekday = DAYS[value.weekday()] if options.get("weekday") else ""
    if options.get("weekday") == _S:
        weekday = weekday[:3]
    if month in {_S, _L}:
        return _worded(value, options, weekday, british=locale == "en-GB")
    numeric = _numeric(value, options, locale)
    return ", ".join(part for part in (weekday, numeric) if part)


def _worded(value: datetime, options: Options, weekday: str, *, british: bool) -> str:
    name = MONTHS[value.month - 1]
    name = name if options["month"] == _L else ("Sept" if british and value.month == 9 else name[:3])
    day = _number(value.day, options.get("day"))
    year = _year(value, options)
    if british:
        tail = " ".join(part for part in (day, name, year) if part)
        return f"{weekday}, {tail}" if weekday else tail
    month_day = f"{name} {day}" if day else name
    tail = (", " if day else " ").join(part for part in (month_day, year) if part)
    return f"{weekday}, {tail}" if weekday else tail


def _numeric(value: datetime, options: Options, locale: str) -> str:
    order, between, padded = _NUMERIC[locale]
    parts = {
        "y": _year(value, options),
        "m": _number(value.month, options.get("month"), padded=padded),
        "d": _number(value.day, options.get("day"), padded=padded),
    }
    return between.join(parts[letter] for letter in order if parts[letter])


def _year(value: datetime, options: Options) -> str:
    style = options.get("year")
    if not style:
        return ""
    return f"{value.year % 100:02d}" if style == "2-digit" else str(value.year)


def _number(count: int, style: Any, *, padded: bool = False) -> str:
    if not style:
        return ""
    return f"{count:02d}" if padded or style == "2-digit" else str(count)


def _time(value: datetime, options: Options, locale: str) -> str:
    if not any(options.get(name) for name in _TIME_NAMES):
        return ""
    half_day = _is_half_day(options, locale)
    text = _clock(value, options, half_day=half_day)
    if half_day and options.get("hour"):
        mark = "AM" if value.hour < 12 else "PM"
        text += f" {_HALVES.get(locale, str.lower)(mark)}"
    zone = options.get("timeZoneName")
    if zone:
        text += f" {zone_long_name(value) if zone == _L else zone_abbreviation(value)}"
    return text


def _is_half_day(options: Options, locale: str) -> bool:
    if options.get("hour12") is not None:
        return bool(options["hour12"])
    if options.get("hourCycle"):
        return options["hourCycle"] in {"h11", "h12"}
    return locale in {"en-US", "en-CA"}


def _clock(value: datetime, options: Options, *, half_day: bool) -> str:
    parts = []
    if options.get("hour"):
        hour = value.hour % 12 or 12 if half_day else value.hour
        parts.append(f"{hour:02d}" if not half_day or options["hour"] == "2-digit" else str(hour))
    if options.get("minute"):
        alone = not parts and not options.get("second")
        parts.append(str(value.minute) if alone and options["minute"] != "2-digit" else f"{value.minute:02d}")
    if options.get("second"):
        parts.append(f"{value.second:02d}" if parts or options["second"] == "2-digit" else str(value.second))
    text = ":".join(parts)
    digits = options.get("fractionalSecondDigits")
    if isinstance(digits, int) and 1 <= digits <= 3:
        text += f".{value.microsecond // 1000:03d}"[: digits + 1]
    return text
