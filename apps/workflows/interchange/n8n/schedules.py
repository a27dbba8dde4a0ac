"""Schedule trigger, Cron and Interval."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from exprsn.kernel.jsonvalue import JsonObject

_DEFAULT_INTERVALS = {"seconds": 30, "minutes": 5, "hours": 1, "days": 1, "weeks": 1, "months": 1}


@converts("scheduleTrigger")
def convert_schedule(source: Source) -> Converted:
    """One rule for each trigger interval."""
    entries = source.parameters.entries("rule", "interval") or [{"field": "days"}]
    return _schedule([_rule(Reader(entry, f"rule[{number}].")) for number, entry in enumerate(entries)])


def _schedule(rules: list[Any]) -> Converted:
    return Converted("schedule", {"rules": rules}, inputs=())


def _rule(rule: Reader) -> JsonObject:
    unit = rule.fixed("field", "days", *_DEFAULT_INTERVALS, "cronExpression")
    if unit == "cronExpression":
        return _cron(rule.text("expression"))
    made: JsonObject = {
        "unit": unit,
        "interval": int(rule.number(f"{unit}Interval", _DEFAULT_INTERVALS[unit])),
    }
    if unit in ("hours", "days", "weeks", "months"):
        made["minute"] = int(rule.number("triggerAtMinute", 0))
    if unit in ("days", "weeks", "months"):
        made["hour"] = int(rule.number("triggerAtHour", 0))
    if unit == "weeks":
        days = rule.value("triggerAtDay", [0])
        made["weekdays"] = [_weekday(day) for day in (days if isinstance(days, list) else [days])]
    if unit == "months":
        made["day_of_month"] = int(rule.number("triggerAtDayOfMonth", 1))
    return made


def _weekday(day: Any) -> int:
    return int(Reader({"triggerAtDay": day}).number("triggerAtDay", 0)) % 7


def _cron(expression: str) -> JsonObject:
    expression = expression.strip() if is_expression(expression) else expression.strip().removeprefix("=")
    if not expression or is_expression(expression):
        raise Unmapped("The cron line is missing or is not fixed.")
    return {"unit": "cron", "expression": expression}


@converts("cron")
def convert_cron(source: Source) -> Converted:
    """The old Cron node."""
    entries = source.parameters.entries("triggerTimes", "item")
    if not entries:
        raise Unmapped("The node has no trigger times.")
    return _schedule([_cron_rule(Reader(entry, f"triggerTimes[{number}].")) for number, entry in enumerate(entries)])


def _cron_rule(entry: Reader) -> JsonObject:
    mode = entry.fixed(
        "mode",
        "everyDay",
        "everyMinute",
        "everyHour",
        "everyDay",
        "everyWeek",
        "everyMonth",
        "everyX",
        "custom",
    )
    if mode == "custom":
        return _cron(entry.text("cronExpression"))
    if mode == "everyMinute":
        return {"unit": "minutes", "interval": 1}
    if mode == "everyX":
        unit = entry.fixed("unit", "hours", "minutes", "hours")
        return {"unit": unit, "interval": int(entry.number("value", 2))}
    minute = int(entry.number("minute", 0))
    if mode == "everyHour":
        return {"unit": "hours", "interval": 1, "minute": minute}
    made: JsonObject = {
        "unit": "days",
        "interval": 1,
        "hour": int(entry.number("hour", 14)),
        "minute": minute,
    }
    if mode == "everyWeek":
        made |= {"unit": "weeks", "weekdays": [int(entry.number("weekday", 1)) % 7]}
    if mode == "everyMonth":
        made |= {"unit": "months", "day_of_month": int(entry.number("dayOfMonth", 1))}
    return made


@converts("interval")
def convert_interval(source: Source) -> Converted:
    """The old Interval node."""
    unit = source.parameters.fixed("unit", "seconds", "seconds", "minutes", "hours")
    return _schedule([{"unit": unit, "interval": int(source.parameters.number("interval", 1))}])
