"""``DateTime``'s own functions: ``now``, ``fromISO``, ``fromFormat`` and so on."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any

from exprsn.kernel.clock import utc_now
from exprsn.kernel.expressions.coercion import to_number, to_text
from exprsn.kernel.expressions.dates.fields import CALENDAR
from exprsn.kernel.expressions.dates.iso import read_iso, read_sql
from exprsn.kernel.expressions.dates.locale_formats import CONSTANTS
from exprsn.kernel.expressions.dates.loose_text import read_loose
from exprsn.kernel.expressions.dates.making import date_from_milliseconds, date_of, now_in
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.dates.moment_methods import option
from exprsn.kernel.expressions.dates.reading import read_format
from exprsn.kernel.expressions.dates.setting import fields_of, from_fields
from exprsn.kernel.expressions.dates.zones import zone_of
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, NUMBER, TEXT, Methods, Namespace, natives, run_function
from exprsn.kernel.expressions.numbers import Number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, truthy


def _zone(run: Run, options: Any) -> tzinfo:
    name = option(options, "zone")
    zone = run.zone if name is UNDEFINED else zone_of(to_text(name, run), run.zone)
    if zone is None:
        raise ExpressionError(f"There is no time zone {to_text(name, run)[:40]!r}. Use a name like Europe/Berlin.")
    return zone


def _from_iso(run: Run, text: str, options: Any) -> DateTime:
    keep = truthy(option(options, "setZone"))
    return DateTime(read_iso(text, _zone(run, options), keep_offset=keep))


def _from_sql(run: Run, text: str, options: Any) -> DateTime:
    return DateTime(read_sql(text, _zone(run, options)))


def _from_mail(run: Run, text: str, options: Any) -> DateTime:
    value = read_loose(text, _zone(run, options))
    return DateTime(None if value is None else value.astimezone(_zone(run, options)))


def _from_format(run: Run, text: str, pattern: str, options: Any) -> DateTime:
    return DateTime(read_format(text, pattern, _zone(run, options), keep_zone=truthy(option(options, "setZone"))))


def _from_milliseconds(run: Run, count: Number, options: Any) -> DateTime:
    return date_from_milliseconds(count, _zone(run, options))


def _from_seconds(run: Run, count: Number, options: Any) -> DateTime:
    return date_from_milliseconds(count * 1000, _zone(run, options))


def _from_object(run: Run, fields: Any, options: Any) -> DateTime:
    return _made({} if fields is UNDEFINED else fields_of(fields, run), _zone(run, options))


def _made(fields: dict[str, int], zone: tzinfo) -> DateTime:
    now = utc_now().astimezone(zone)
    if not fields:
        return now_in(zone)
    try:
        return DateTime(from_fields(fields, zone, now), "unit out of range")
    except (ValueError, OverflowError):
        return DateTime(None, "unit out of range")


def _from_parts(run: Run, zone: tzinfo, arguments: list[Any]) -> DateTime:
    """``local(2024, 1, 31, …, options)``; without numbers the present moment."""
    if arguments and isinstance(arguments[-1], dict):
        zone = _zone(run, arguments[-1])
        arguments = arguments[:-1]
    values = {name: to_number(one, run) for name, one in zip(CALENDAR, arguments, strict=False)}
    return _made(fields_of(values, run), zone)


def _extreme(run: Run, arguments: list[Any], *, latest: bool) -> Any:
    moments = [date_of(one, run) for one in arguments]
    if not moments:
        return UNDEFINED
    if any(moment.value is None for moment in moments):
        return DateTime(None)
    return (max if latest else min)(moments, key=DateTime.milliseconds)


_MAKERS: Methods = {
    "now": run_function(lambda run: now_in(run.zone)),
    "local": lambda run, _, arguments: _from_parts(run, run.zone, arguments),
    "utc": lambda run, _, arguments: _from_parts(run, UTC, arguments),
    "fromISO": run_function(_from_iso, TEXT, ANY),
    "fromSQL": run_function(_from_sql, TEXT, ANY),
    "fromHTTP": run_function(_from_mail, TEXT, ANY),
    "fromRFC2822": run_function(_from_mail, TEXT, ANY),
    "fromFormat": run_function(_from_format, TEXT, TEXT, ANY),
    "fromString": run_function(_from_format, TEXT, TEXT, ANY),
    "fromMillis": run_function(_from_milliseconds, NUMBER, ANY),
    "fromSeconds": run_function(_from_seconds, NUMBER, ANY),
    "fromJSDate": run_function(lambda run, value: date_of(value, run), ANY),
    "fromObject": run_function(_from_object, ANY, ANY),
    "invalid": run_function(lambda run, reason: DateTime(None, reason), TEXT),
    "min": lambda run, _, arguments: _extreme(run, arguments, latest=False),
    "max": lambda run, _, arguments: _extreme(run, arguments, latest=True),
    "isDateTime": run_function(lambda run, value: isinstance(value, DateTime), ANY),
}
DATE_TIME = Namespace({**natives(_MAKERS), **{name: dict(options) for name, options in CONSTANTS.items()}})
