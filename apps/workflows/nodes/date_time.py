"""Date & time: the present moment, formats, arithmetic, parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.nodes.support.dates import moment_parameter, zone_parameter
from apps.workflows.nodes.support.parameters import options, when_operation
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import number_of, text_of
from apps.workflows.registry import register_node
from exprsn.kernel.expressions import DateTime, ExpressionError, date_time
from exprsn.kernel.expressions.dates.units import UNITS

MAX_AMOUNT = 1e15
_PARTS = {
    "year": "Year", "quarter": "Quarter", "month": "Month", "week": "Week", "day": "Day", "weekday": "Day of the week",
    "day_of_year": "Day of the year", "hour": "Hour", "minute": "Minute", "second": "Second",
    "millisecond": "Millisecond",
}  # fmt: skip
_FIELD = {"week": "weekNumber", "day_of_year": "ordinal"}
_UNIT_OPTIONS = [Option(unit, unit.capitalize()) for unit in UNITS]
_ONE_DATE = ("format", "add", "subtract", "extract", "round")


@register_node
class DateTimeNode(NodeType):
    """Works with dates and times, in time zones."""

    type = "date_time"
    display_name = "Date & time"
    description = "Gives the present moment, formats dates, adds to them, compares and rounds them."
    group = "data"
    icon = "calendar-clock"
    color = "data"
    summary = "{operation} · {date}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="now",
            options=options(
                ("now", "Get the current date"),
                ("format", "Format a date"),
                ("add", "Add to a date"),
                ("subtract", "Subtract from a date"),
                ("difference", "Time between two dates"),
                ("extract", "Extract a part of a date"),
                ("round", "Round a date"),
            ),
            supports_expressions=False,
        ),
        Parameter("date", "Date", type="datetime", required=True, display_if=when_operation(*_ONE_DATE)),
        Parameter("start", "From", type="datetime", required=True, display_if=when_operation("difference")),
        Parameter("end", "To", type="datetime", required=True, display_if=when_operation("difference")),
        Parameter(
            "include_time",
            "With the time",
            type="boolean",
            default_value=True,
            description="Otherwise the beginning of the day.",
            display_if=when_operation("now"),
        ),
        Parameter(
            "format",
            "Format",
            default_value="yyyy-MM-dd",
            description="Luxon's tokens; text in single quotes. X is seconds, x milliseconds since 1970.",
            placeholder="dd.MM.yyyy HH:mm",
            display_if=when_operation("format"),
        ),
        Parameter("amount", "Amount", type="number", default_value=0, display_if=when_operation("add", "subtract")),
        Parameter(
            "unit",
            "Unit",
            type="select",
            default_value="days",
            options=_UNIT_OPTIONS,
            display_if=when_operation("add", "subtract"),
        ),
        Parameter(
            "units",
            "Units",
            type="multiselect",
            default_value=["days"],
            options=_UNIT_OPTIONS,
            display_if=when_operation("difference"),
        ),
        Parameter(
            "as_iso",
            "As ISO 8601",
            type="boolean",
            default_value=False,
            description="A text such as P3DT2H instead of an object.",
            display_if=when_operation("difference"),
        ),
        Parameter(
            "part",
            "Part",
            type="select",
            default_value="month",
            options=options(*_PARTS.items()),
            display_if=when_operation("extract"),
        ),
        Parameter(
            "direction",
            "Round",
            type="select",
            default_value="down",
            options=options(("down", "To the beginning"), ("up", "To the end")),
            display_if=when_operation("round"),
        ),
        Parameter(
            "nearest",
            "Of the",
            type="select",
            default_value="months",
            options=[Option(unit, unit.removesuffix("s").capitalize()) for unit in UNITS[:-1]],
            display_if=when_operation("round"),
        ),
        Parameter(
            "input_format",
            "Dates are written as",
            description="Luxon's tokens. Empty: ISO 8601, common English spellings, or a number since 1970.",
            placeholder="dd.MM.yyyy",
            display_if=when_operation(*_ONE_DATE, "difference"),
        ),
        Parameter("timezone", "Time zone", description="Empty: the workflow's.", placeholder="Europe/Berlin"),
        Parameter("output_field", "Put the answer under", default_value="date"),
        Parameter(
            "include_input",
            "Keep the other fields",
            type="boolean",
            default_value=True,
            supports_expressions=False,
        ),
    )
    example = {
        "operation": "add",
        "date": "={{ $json.ordered_at }}",
        "amount": 14,
        "unit": "days",
        "output_field": "due",
        "timezone": "Europe/Berlin",
    }
    documentation = """
Runs for each item. Dates are texts (ISO 8601 or a common English spelling such as `March 5, 2026`), or numbers:
seconds since 1970 with at most ten digits, else milliseconds. A text without an offset is in the time zone of the
node, which is also the one in which answers are written.

- **Format** uses Luxon's tokens (`yyyy-MM-dd HH:mm`), as `toFormat` in expressions does.
- **Add, subtract** keep the clock's time for days and longer units, also across a change to summer time; months
  end on their last day (31 January plus a month is 28 February).
- **Time between** answers an object, `{"days": 3, "hours": 2}`, negative when the second date comes first.
- **Extract**: weeks and days of the week follow ISO 8601, Monday is 1.
- **Round** to the beginning or to the last millisecond of a unit.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _answered(context, item, position))


def _answered(context: NodeContext, item: Item, position: int) -> Item:
    operation = context.param("operation", position)
    zone = zone_parameter(context, position)
    try:
        answer = _OPERATIONS[operation](context, position, zone)
    except ExpressionError as problem:
        raise NodeError(problem.message, kind="bad_value", item=position, parameter=_BLAMED.get(operation)) from None
    json = item.json if context.param("include_input", position) else {}
    name = text_of(context.param("output_field", position)) or "date"
    try:
        return Item(with_path(json, name, answer), item.binary)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _date(context: NodeContext, position: int, zone: tzinfo, name: str = "date") -> DateTime:
    return moment_parameter(context, name, position, zone, text_of(context.param("input_format", position)))


def _now(context: NodeContext, position: int, zone: tzinfo) -> Any:
    moment = date_time(context.ports.clock.now(), "UTC").in_zone(zone)
    return (moment if context.param("include_time", position) else moment.start_of("day")).to_json()


def _format(context: NodeContext, position: int, zone: tzinfo) -> Any:
    return _date(context, position, zone).format(text_of(context.param("format", position)))


def _shifted(sign: int) -> Callable[[NodeContext, int, tzinfo], Any]:
    def shift(context: NodeContext, position: int, zone: tzinfo) -> Any:
        given = context.param("amount", position)
        amount = number_of(given)
        if amount is None or isinstance(given, bool) or abs(amount) > MAX_AMOUNT:
            raise NodeError(
                f"{text_of(given)[:60]!r} is not an amount of time.",
                kind="bad_value",
                item=position,
                parameter="amount",
            )
        moment = _date(context, position, zone).shifted({_unit(context, "unit", position): amount}, sign)
        if moment.value is None:
            raise NodeError("The years 1 to 9999 are known.", kind="bad_value", item=position, parameter="amount")
        return moment.to_json()

    return shift


def _unit(context: NodeContext, name: str, position: int) -> str:
    unit = text_of(context.param(name, position))
    plural = unit if unit.endswith("s") else f"{unit}s"
    if plural not in UNITS:
        raise NodeError(
            f"There is no unit {unit[:20]!r}; use one of {', '.join(UNITS)}.",
            kind="bad_value",
            item=position,
            parameter=name,
        )
    return plural


def _difference(context: NodeContext, position: int, zone: tzinfo) -> Any:
    wanted = context.param("units", position)
    wanted = wanted if isinstance(wanted, list) else [wanted]
    units = [text_of(unit) if text_of(unit).endswith("s") else f"{text_of(unit)}s" for unit in wanted]
    unknown = [unit for unit in units if unit not in UNITS]
    if unknown or not units:
        raise NodeError(f"Choose units out of {', '.join(UNITS)}.", kind="bad_value", item=position, parameter="units")
    start, end = _date(context, position, zone, "start"), _date(context, position, zone, "end")
    duration = end.since(start, units)
    return duration.to_text() if context.param("as_iso", position) else dict(duration.amounts or {})


def _extract(context: NodeContext, position: int, zone: tzinfo) -> Any:
    part = text_of(context.param("part", position))
    if part not in _PARTS:
        raise NodeError(f"There is no part {part[:20]!r}.", kind="bad_value", item=position, parameter="part")
    return _date(context, position, zone).get_member(_FIELD.get(part, part))


def _round(context: NodeContext, position: int, zone: tzinfo) -> Any:
    moment, unit = _date(context, position, zone), _unit(context, "nearest", position)
    up = context.param("direction", position) == "up"
    return (moment.end_of(unit) if up else moment.start_of(unit)).to_json()


_OPERATIONS: Mapping[str, Callable[[NodeContext, int, tzinfo], Any]] = {
    "now": _now,
    "format": _format,
    "add": _shifted(1),
    "subtract": _shifted(-1),
    "difference": _difference,
    "extract": _extract,
    "round": _round,
}
_BLAMED = {"format": "format"}
