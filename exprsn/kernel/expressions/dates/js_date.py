"""JavaScript's ``Date``, in UTC. Its setters give the new time, as in JavaScript, but leave the date as it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from exprsn.kernel.clock import utc_now
from exprsn.kernel.expressions.coercion import to_number, to_primitive, to_text
from exprsn.kernel.expressions.dates.iso import iso_text
from exprsn.kernel.expressions.dates.locale_formats import PRESETS, has_parts, locale_date
from exprsn.kernel.expressions.dates.locale_options import chosen_locale, chosen_options
from exprsn.kernel.expressions.dates.loose_text import read_loose
from exprsn.kernel.expressions.dates.moment import Instant
from exprsn.kernel.expressions.dates.shifting import at_milliseconds, milliseconds, on_the_clock
from exprsn.kernel.expressions.dates.words import DAYS, MONTHS
from exprsn.kernel.expressions.dates.zones import zone_of
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import (
    ANY,
    Methods,
    Native,
    bound_member,
    method,
    natives,
    run_function,
    run_method,
)
from exprsn.kernel.expressions.numbers import NAN, Number, double
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

INVALID = "Invalid Date"


class JsDate(Instant):
    """A moment without a zone of its own."""

    __slots__ = ()

    methods: ClassVar[Methods] = {}

    def get_member(self, name: str) -> Any:
        return bound_member(self.methods, self, name)

    def to_json(self) -> Any:
        return None if self.value is None else iso_text(self.value)

    def to_text(self) -> str:
        if self.value is None:
            return INVALID
        return f"{_date_words(self.value)} {self.value:%H:%M:%S} GMT+0000 (Coordinated Universal Time)"

    def to_primitive(self, hint: str = "default") -> Any:
        return self.milliseconds() if hint == "number" else self.to_text()


def _date_words(value: datetime) -> str:
    return f"{DAYS[value.weekday()][:3]} {MONTHS[value.month - 1][:3]} {value.day:02d} {value.year:04d}"


def _http(value: datetime) -> str:
    """``Tue, 05 Mar 2024 15:04:05 GMT``."""
    day, month = DAYS[value.weekday()][:3], MONTHS[value.month - 1][:3]
    return f"{day}, {value.day:02d} {month} {value.year:04d} {value:%H:%M:%S} GMT"


def js_date(count: Number) -> JsDate:
    """The date this many milliseconds after 1970."""
    try:
        return JsDate(at_milliseconds(count, UTC))
    except OverflowError:
        return JsDate(None)


def new_date(run: Run, _: Any, arguments: list[Any]) -> JsDate:
    """``new Date(…)``: now, milliseconds, a text, another date, or calendar fields."""
    if not arguments:
        return JsDate(at_milliseconds(_now_milliseconds(), UTC))
    if len(arguments) > 1:
        return js_date(_utc(run, arguments))
    only = arguments[0]
    if isinstance(only, Instant):
        return JsDate(None if only.value is None else only.value.astimezone(UTC))
    only = to_primitive(only, run)
    if isinstance(only, str):
        value = read_loose(only, UTC)
        return JsDate(None if value is None else value.astimezone(UTC))
    return js_date(double(to_number(only, run)))


def _utc(run: Run, arguments: list[Any]) -> Number:
    """``Date.UTC(year, month, …)``; the years 0 to 99 are those of the twentieth century."""
    numbers = [double(to_number(one, run)) for one in arguments[:7]]
    if not all(abs(one) < 1e9 for one in numbers):
        return NAN
    year, month, day, hour, minute, second, rest = [
        *map(math.trunc, numbers),
        *[0, 0, 1, 0, 0, 0, 0][len(numbers) :],
    ]
    year = 1900 + year if 0 <= year <= 99 else year
    time = timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=rest)
    try:
        return milliseconds(on_the_clock(UTC, year, month + 1, day, time))
    except (ValueError, OverflowError):
        return NAN


def _now_milliseconds() -> int:
    return milliseconds(utc_now())


def _iso(moment: JsDate) -> str:
    if moment.value is None:
        raise ExpressionError("toISOString() needs a valid date.")
    return iso_text(moment.value)


def _shown(preset: str, *, of_time: bool, of_date: bool) -> Callable[[Run, JsDate, Any, Any], str]:
    """``toLocaleString`` and its relatives: what the options leave open comes from a preset."""

    def write(run: Run, moment: JsDate, locale: Any, options: Any) -> str:
        if moment.value is None:
            return INVALID
        name, chosen = chosen_locale(run, locale), chosen_options(options)
        zone = zone_of(to_text(chosen.get("timeZone", "UTC"), run), UTC)
        if zone is None:
            raise ExpressionError(f"There is no time zone {to_text(chosen['timeZone'], run)[:40]!r}.")
        asked = (of_time and has_parts(chosen, of_time=True)) or (of_date and has_parts(chosen, of_time=False))
        return locale_date(moment.value.astimezone(zone), chosen if asked else {**chosen, **PRESETS[preset]}, name)

    return write


def _text_or_invalid(write: Callable[[datetime], str]) -> Callable[[JsDate], str]:
    return lambda moment: INVALID if moment.value is None else write(moment.value)


def _getting(read: Callable[[datetime], int]) -> Callable[[JsDate], Number]:
    return lambda moment: NAN if moment.value is None else read(moment.value)


_GETTERS: dict[str, Callable[[datetime], int]] = {
    "FullYear": lambda value: value.year,
    "Month": lambda value: value.month - 1,
    "Date": lambda value: value.day,
    "Day": lambda value: value.isoweekday() % 7,
    "Hours": lambda value: value.hour,
    "Minutes": lambda value: value.minute,
    "Seconds": lambda value: value.second,
    "Milliseconds": lambda value: value.microsecond // 1000,
}
_SETTABLE = ("FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds")
_LAST_OF = {"FullYear": 3, "Month": 3, "Date": 3, "Hours": 7, "Minutes": 7, "Seconds": 7, "Milliseconds": 7}


def _setting(field: str) -> Callable[[Run, JsDate, list[Any]], Number]:
    """``setHours(hours, minutes, …)``: this field and those that follow it in its group."""
    first, last = _SETTABLE.index(field), _LAST_OF[field]

    def put(run: Run, moment: JsDate, arguments: list[Any]) -> Number:
        if moment.value is None or not arguments:
            return NAN
        fields = [_GETTERS[name](moment.value) for name in _SETTABLE]
        given = [double(to_number(one, run)) for one in arguments[: last - first]]
        if not all(abs(one) < 1e9 for one in given):
            return NAN
        fields[first : first + len(given)] = map(math.trunc, given)
        year, month, day, hour, minute, second, rest = fields
        time = timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=rest)
        try:
            return milliseconds(on_the_clock(UTC, year, month + 1, day, time))
        except (ValueError, OverflowError):
            return NAN

    return put


def _set_time(run: Run, moment: JsDate, time: Any) -> Number:
    return js_date(double(to_number(time, run))).milliseconds()


JsDate.methods.update(
    {
        "getTime": method(JsDate.milliseconds),
        "valueOf": method(JsDate.milliseconds),
        "getTimezoneOffset": method(_getting(lambda value: 0)),
        "toISOString": method(_iso),
        "toJSON": method(JsDate.to_json),
        "toString": method(JsDate.to_text),
        "toDateString": method(_text_or_invalid(_date_words)),
        "toTimeString": method(
            _text_or_invalid(lambda value: f"{value:%H:%M:%S} GMT+0000 (Coordinated Universal Time)")
        ),
        "toUTCString": method(_text_or_invalid(_http)),
        "toLocaleString": run_method(_shown("F", of_time=True, of_date=True), ANY, ANY),
        "toLocaleDateString": run_method(_shown("D", of_time=False, of_date=True), ANY, ANY),
        "toLocaleTimeString": run_method(_shown("tt", of_time=True, of_date=False), ANY, ANY),
        **{f"get{utc}{name}": method(_getting(read)) for name, read in _GETTERS.items() for utc in ("", "UTC")},
        **{f"set{utc}{name}": _setting(name) for name in _SETTABLE for utc in ("", "UTC")},
        "setTime": run_method(_set_time, ANY),
    }
)


def _parse(run: Run, text: Any) -> Number:
    return new_date(run, UNDEFINED, [to_text(text, run)]).milliseconds()


_STATIC: Methods = {
    "now": run_function(lambda run: _now_milliseconds()),
    "parse": run_function(_parse, ANY),
    "UTC": lambda run, _, arguments: _utc(run, arguments),
}
DATE = Native("Date", lambda run, _, arguments: new_date(run, UNDEFINED, []).to_text(), members=natives(_STATIC))
