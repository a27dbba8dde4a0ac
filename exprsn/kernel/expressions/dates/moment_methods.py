"""The methods of ``DateTime``: Luxon's, and the helpers for dates."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.dates.duration_methods import duration_as, duration_of, unit_names
from exprsn.kernel.expressions.dates.fields import CALENDAR, FIELDS
from exprsn.kernel.expressions.dates.formatting import format_date
from exprsn.kernel.expressions.dates.iso import iso_offset, iso_text, iso_time
from exprsn.kernel.expressions.dates.js_date import JsDate
from exprsn.kernel.expressions.dates.locale_formats import PRESETS, has_parts, locale_date
from exprsn.kernel.expressions.dates.locale_options import chosen_locale, chosen_options
from exprsn.kernel.expressions.dates.making import date_of, now_in
from exprsn.kernel.expressions.dates.moment import INVALID, DateTime
from exprsn.kernel.expressions.dates.relative import relative_text
from exprsn.kernel.expressions.dates.setting import fields_of, set_fields
from exprsn.kernel.expressions.dates.units import amounts_of, unit_name
from exprsn.kernel.expressions.dates.zones import zone_of
from exprsn.kernel.expressions.functions import (
    ANY,
    NUMBER,
    TEXT,
    TEXT_OR_NONE,
    Method,
    Methods,
    method,
    run_method,
)
from exprsn.kernel.expressions.numbers import NAN, Number, number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, truthy


def option(options: Any, name: str, default: Any = UNDEFINED) -> Any:
    """A member of an argument that may hold options."""
    return options.get(name, default) if isinstance(options, dict) else default


def _shifting(sign: int) -> Method:
    """``plus({days: 1})``, ``plus(duration)``, ``plus(milliseconds)`` and the helper ``plus(1, "day")``."""

    def shift(run: Run, moment: DateTime, amount: Any, unit: Any) -> DateTime:
        if unit is not UNDEFINED:
            amounts = amounts_of({to_text(unit, run): amount}, run)
        else:
            amounts = duration_of(amount, run).amounts or {}
        return moment.shifted(amounts, sign)

    return run_method(shift, ANY, ANY)


def _set_zone(run: Run, moment: DateTime, name: Any, options: Any) -> DateTime:
    zone = zone_of("default" if name is UNDEFINED else to_text(name, run), run.zone)
    keep = truthy(option(options, "keepLocalTime")) or truthy(option(options, "keepCalendarTime"))
    return moment.in_zone(zone, keep_clock=keep)


def _set(run: Run, moment: DateTime, fields: Any) -> DateTime:
    wanted = fields_of(fields, run)
    return moment.changed(lambda value: set_fields(value, wanted))


def _iso(run: Run, moment: DateTime, options: Any) -> Any:
    if moment.value is None:
        return None
    return iso_text(
        moment.value,
        offset=truthy(option(options, "includeOffset", True)),
        suppress=_suppressed(options),
        basic=option(options, "format") == "basic",
    )


def _suppressed(options: Any) -> str:
    if truthy(option(options, "suppressSeconds")):
        return "seconds"
    return "milliseconds" if truthy(option(options, "suppressMilliseconds")) else ""


def _iso_time(run: Run, moment: DateTime, options: Any) -> Any:
    if moment.value is None:
        return None
    offset = truthy(option(options, "includeOffset", True))
    return iso_time(moment.value, offset=offset, suppress=_suppressed(options))


def _or_null(pattern: str, *, in_utc: bool = False, with_offset: bool = False) -> Method:
    """A fixed format, null for an invalid moment."""

    def write(moment: DateTime) -> Any:
        if moment.value is None:
            return None
        text = format_date(moment.value.astimezone(UTC) if in_utc else moment.value, pattern)
        return text + iso_offset(moment.value) if with_offset else text

    return method(write)


def _to_locale(run: Run, moment: DateTime, options: Any, more: Any) -> str:
    if moment.value is None:
        return INVALID
    chosen = chosen_options(options)
    if not has_parts(chosen, of_time=False) and not has_parts(chosen, of_time=True):
        chosen = {**chosen, **PRESETS["D"]}
    return locale_date(moment.value, chosen, chosen_locale(run, option(more, "locale", option(options, "locale"))))


def _diff(run: Run, moment: DateTime, other: Any, units: Any) -> Any:
    return moment.since(date_of(other, run), unit_names(units, run))


def _diff_now(run: Run, moment: DateTime, units: Any) -> Any:
    return moment.since(now_in(run.zone), unit_names(units, run))


def _distance(run: Run, moment: DateTime, other: DateTime, unit: Any) -> Any:
    """The helper ``diffTo``: a number in one unit, an object in several."""
    if isinstance(unit, list):
        return dict(other.since(moment, unit_names(unit, run)).amounts or {})
    name = "days" if unit is UNDEFINED else unit_name(to_text(unit, run))
    return duration_as(other.since(moment, [name]), name)


def _diff_to(run: Run, moment: DateTime, other: Any, unit: Any) -> Any:
    return _distance(run, moment, date_of(other, run), unit)


def _diff_to_now(run: Run, moment: DateTime, unit: Any) -> Any:
    return _distance(run, moment, now_in(run.zone), unit)


def _relative(run: Run, moment: DateTime, options: Any) -> Any:
    base = option(options, "base")
    unit = option(options, "unit")
    return relative_text(
        moment,
        now_in(run.zone) if base is UNDEFINED else date_of(base, run),
        None if unit is UNDEFINED else unit_name(to_text(unit, run)),
    )


def _equals(run: Run, moment: DateTime, other: Any) -> bool:
    same = isinstance(other, DateTime) and moment.value is not None and moment.value == other.value
    return same and str(moment.tzinfo) == str(other.tzinfo)


def _is_between(run: Run, moment: DateTime, start: Any, end: Any) -> bool:
    first, last = sorted([date_of(start, run).milliseconds(), date_of(end, run).milliseconds()])
    return bool(first < moment.milliseconds() < last)


def _is_in_last(run: Run, moment: DateTime, amount: Number, unit: str | None) -> bool:
    now = now_in(run.zone)
    start = now.shifted({unit_name(unit or "minutes"): number(amount)}, -1)
    return bool(start.milliseconds() <= moment.milliseconds() <= now.milliseconds())


def _extract(moment: DateTime, part: str | None) -> Any:
    name = "weekNumber" if part in {None, "week", "weekNumber"} else str(part).removesuffix("s")
    return moment.get_member("ordinal" if name == "dayOfYear" else name)


def _object(moment: DateTime) -> dict[str, Any]:
    return {} if moment.value is None else {name: FIELDS[name](moment.value) for name in CALENDAR}


def _seconds(moment: DateTime) -> Number:
    return number(moment.milliseconds() / 1000)


def _unix(moment: DateTime) -> Number:
    return NAN if moment.value is None else moment.milliseconds() // 1000


def _field(run: Run, moment: DateTime, unit: str) -> Any:
    field = FIELDS.get(unit)
    return UNDEFINED if field is None else moment.get_member(unit)


def _same(run: Run, moment: DateTime, other: Any, unit: str) -> bool:
    return moment.has_same(date_of(other, run), unit)


_MOVING: Methods = {
    "plus": _shifting(1),
    "minus": _shifting(-1),
    "startOf": method(DateTime.start_of, TEXT),
    "endOf": method(DateTime.end_of, TEXT),
    "beginningOf": method(lambda moment, unit: moment.start_of(unit or "week"), TEXT_OR_NONE),
    "endOfMonth": method(lambda moment: moment.end_of("month")),
    "set": run_method(_set, ANY),
    "setZone": run_method(_set_zone, ANY, ANY),
    "toUTC": method(lambda moment: moment.in_zone(UTC)),
    "toLocal": run_method(lambda run, moment: moment.in_zone(run.zone)),
    "setLocale": method(lambda moment: moment),
    "reconfigure": method(lambda moment: moment),
    "toDateTime": method(lambda moment: moment),
    "toJSDate": method(lambda moment: JsDate(None if moment.value is None else moment.value.astimezone(UTC))),
}
_WRITING: Methods = {
    "toFormat": method(DateTime.format, TEXT),
    "format": method(lambda moment, pattern: moment.format(pattern or "yyyy-MM-dd"), TEXT_OR_NONE),
    "toISO": run_method(_iso, ANY),
    "toISODate": _or_null("yyyy-MM-dd"),
    "toISOTime": run_method(_iso_time, ANY),
    "toISOWeekDate": _or_null("kkkk-'W'WW-c"),
    "toSQL": _or_null("yyyy-MM-dd HH:mm:ss.SSS ", with_offset=True),
    "toSQLDate": _or_null("yyyy-MM-dd"),
    "toSQLTime": _or_null("HH:mm:ss.SSS ", with_offset=True),
    "toHTTP": _or_null("EEE, dd LLL yyyy HH:mm:ss 'GMT'", in_utc=True),
    "toRFC2822": _or_null("EEE, dd LLL yyyy HH:mm:ss ZZZ"),
    "toLocaleString": run_method(_to_locale, ANY, ANY),
    "toRelative": run_method(_relative, ANY),
    "toString": method(DateTime.to_text),
    "toJSON": method(DateTime.to_json),
    "toObject": method(_object),
    "toMillis": method(DateTime.milliseconds),
    "valueOf": method(DateTime.milliseconds),
    "toSeconds": method(_seconds),
    "toUnixInteger": method(_unix),
    "get": run_method(_field, TEXT),
    "extract": method(_extract, TEXT_OR_NONE),
}
_COMPARING: Methods = {
    "diff": run_method(_diff, ANY, ANY),
    "diffNow": run_method(_diff_now, ANY),
    "diffTo": run_method(_diff_to, ANY, ANY),
    "diffToNow": run_method(_diff_to_now, ANY),
    "hasSame": run_method(_same, ANY, TEXT),
    "equals": run_method(_equals, ANY),
    "isBetween": run_method(_is_between, ANY, ANY),
    "isInLast": run_method(_is_in_last, NUMBER, TEXT_OR_NONE),
    "isDst": method(lambda moment: bool(moment.value and moment.value.dst())),
    "isWeekend": method(lambda moment: moment.value is not None and moment.value.isoweekday() > 5),
    "isEmpty": method(lambda moment: False),
    "isNotEmpty": method(lambda moment: True),
}
MOMENT_METHODS: Methods = {**_MOVING, **_WRITING, **_COMPARING}
DateTime.methods.update(MOMENT_METHODS)
