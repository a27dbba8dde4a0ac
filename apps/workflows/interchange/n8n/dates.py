"""Date & time 1–2."""

from __future__ import annotations

import re
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from exprsn.kernel.jsonvalue import JsonObject

_OPERATIONS = {
    "getCurrentDate": "now", "formatDate": "format", "addToDate": "add", "subtractFromDate": "subtract",
    "getTimeBetweenDates": "difference", "extractDate": "extract", "roundDate": "round",
}  # fmt: skip
_OUTPUT = {
    "now": "currentDate", "format": "formattedDate", "add": "newDate", "subtract": "newDate",
    "difference": "timeDifference", "extract": "datePart", "round": "roundedDate",
}  # fmt: skip
_HIDDEN = (
    "date", "magnitude", "format", "customFormat", "timeUnit", "duration", "startDate", "endDate", "units", "part",
    "mode", "toNearest", "to", "includeTime",
)  # fmt: skip
# Tokens of moment.js, which version 1 used, and Luxon's of the same meaning; None has none.
_MOMENT = {
    "YYYY": "yyyy", "YY": "yy", "Q": "q", "MMMM": "MMMM", "MMM": "MMM", "MM": "MM", "M": "M", "DDDD": "ooo",
    "DDD": "o", "DD": "dd", "D": "d", "Do": None, "dddd": "EEEE", "ddd": "EEE", "E": "E", "WW": "WW", "W": "W",
    "GGGG": "kkkk", "HH": "HH", "H": "H", "hh": "hh", "h": "h", "mm": "mm", "m": "m", "ss": "ss", "s": "s",
    "SSS": "SSS", "A": "a", "a": None, "Z": "ZZ", "ZZ": "ZZZ", "X": "X", "x": "x", "L": "MM/dd/yyyy", "LT": "h:mm a",
}  # fmt: skip
_TOKEN = re.compile(r"\[([^\]]*)\]|Do|([A-Za-z])\2*")


@converts("dateTime")
def convert_date_time(source: Source) -> Converted:
    """Date & time: version 2 has an operation for each task, version 1 two actions."""
    if source.version < 2:
        return Converted("date_time", _old(source.parameters))
    parameters = source.parameters
    operation = _OPERATIONS[parameters.fixed("operation", "getCurrentDate", *_OPERATIONS)]
    options = parameters.inner("options")
    made: JsonObject = {
        "operation": operation,
        "output_field": parameters.text("outputFieldName", _OUTPUT[operation]),
        "include_input": options.flag("includeInputFields"),
        **_READ[operation](parameters),
    }
    if operation == "now":
        made["timezone"] = options.text("timezone")
    if pattern := options.text("fromFormat"):
        made["input_format"] = pattern
    if operation == "difference":
        made["as_iso"] = options.flag("isoString")
    parameters.ignore(*_HIDDEN)
    options.ignore("isoString", "timezone")  # elsewhere a switch for the workflow's zone, which is ours anyway
    return Converted("date_time", made)


def _now(parameters: Reader) -> JsonObject:
    return {"include_time": parameters.value("includeTime", True)}


def _format(parameters: Reader) -> JsonObject:
    pattern = parameters.text("format", "MM/dd/yyyy")
    if pattern == "custom":
        pattern = parameters.text("customFormat", "yyyy-MM-dd")
    return {"date": parameters.value("date", ""), "format": pattern}


def _shift(parameters: Reader) -> JsonObject:
    return {
        "date": parameters.value("magnitude", ""),
        "amount": parameters.value("duration", 0),
        "unit": _plural(parameters.text("timeUnit", "days")),
    }


def _plural(unit: str) -> str:
    if is_expression(unit):
        return unit
    unit = unit.removeprefix("=")
    return unit if unit.endswith("s") else f"{unit}s"


def _difference(parameters: Reader) -> JsonObject:
    units = parameters.value("units", ["day"])
    made: list[Any] = [_plural(str(unit)) for unit in units] if isinstance(units, list) else []
    if not made:
        raise Unmapped("The units of the difference are not a fixed list.")
    return {
        "start": parameters.value("startDate", ""),
        "end": parameters.value("endDate", ""),
        "units": made,
    }


def _extract(parameters: Reader) -> JsonObject:
    known = ("year", "month", "week", "day", "hour", "minute", "second")
    return {"date": parameters.value("date", ""), "part": parameters.fixed("part", "month", *known)}


def _round(parameters: Reader) -> JsonObject:
    made: JsonObject = {"date": parameters.value("date", "")}
    if parameters.fixed("mode", "roundDown", "roundDown", "roundUp") == "roundUp":
        unit = parameters.fixed("to", "month")
        return {**made, "direction": "up", "nearest": _plural(unit)}
    return {**made, "direction": "down", "nearest": _plural(parameters.fixed("toNearest", "month"))}


_READ = {
    "now": _now,
    "format": _format,
    "add": _shift,
    "subtract": _shift,
    "difference": _difference,
    "extract": _extract,
    "round": _round,
}


def _old(parameters: Reader) -> JsonObject:
    options = parameters.inner("options")
    made: JsonObject = {
        "date": parameters.value("value", ""),
        "output_field": parameters.text("dataPropertyName", "data"),
        "include_input": True,
    }
    if pattern := options.text("fromFormat"):
        made["input_format"] = luxon_pattern(pattern)
    if parameters.fixed("action", "format", "format", "calculate") == "calculate":
        made["operation"] = parameters.fixed("operation", "add", "add", "subtract")
        made["amount"] = parameters.value("duration", 0)
        made["unit"] = _plural(parameters.text("timeUnit", "days"))
        parameters.ignore("toFormat", "custom")
        return made
    if options.text("fromTimezone"):
        raise Unmapped("Reading dates in another time zone than they are written in is not supported.")
    parameters.ignore("custom", "operation", "duration", "timeUnit")
    made |= {"operation": "format", "format": luxon_pattern(parameters.text("toFormat", "MM/DD/YYYY"))}
    if zone := options.text("toTimezone"):
        made["timezone"] = zone
    return made


def luxon_pattern(pattern: str) -> str:
    """A pattern of moment.js with Luxon's tokens."""
    if is_expression(pattern):
        raise Unmapped("A format that is an expression is not supported in this version of the node.")

    def token(found: re.Match[str]) -> str:
        if found[1] is not None:
            return f"'{found[1]}'"
        known = _MOMENT.get(found[0])
        if known is None:
            raise Unmapped(f"The format {pattern[:40]} is not supported.")
        return known

    return _TOKEN.sub(token, pattern)
