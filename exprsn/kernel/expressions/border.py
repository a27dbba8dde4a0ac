"""The library for an engine of tier 2: its dates, helper methods and ``$jmespath`` are the ones of tier 1.

Values cross as JSON. What JSON has no form for is an object with the one member ``TAG``; a request is
``[operation, name, value, arguments]``, its answer ``{"value": …}`` or ``{"error": [code, message]}``. This is to be
run where the engine is, in the jail: the engine may be under a stranger's control and ask for anything.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC
from typing import Any

from exprsn.kernel.expressions.dates.date_class import DATE_TIME
from exprsn.kernel.expressions.dates.duration_methods import DURATION
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.fields import FIELDS
from exprsn.kernel.expressions.dates.intervals import INTERVAL, INTERVAL_METHODS, Interval
from exprsn.kernel.expressions.dates.js_date import JsDate, new_date
from exprsn.kernel.expressions.dates.making import date_from_milliseconds
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.dates.moment_methods import MOMENT_METHODS
from exprsn.kernel.expressions.dates.units import MILLISECONDS
from exprsn.kernel.expressions.dates.zones import zone_name, zone_of
from exprsn.kernel.expressions.errors import ExpressionError, NotCallable
from exprsn.kernel.expressions.library.globals import GLOBALS
from exprsn.kernel.expressions.members import call_member, call_value, get_member
from exprsn.kernel.expressions.methods.booleans import BOOLEAN_HELPERS
from exprsn.kernel.expressions.methods.list_helpers import LIST_HELPERS
from exprsn.kernel.expressions.methods.number_helpers import NUMBER_HELPERS
from exprsn.kernel.expressions.methods.text_helpers import TEXT_HELPERS
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import whole
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, HostObject, IterableObject

TAG = "\u0000exprsn"
MAX_NESTING = 200
_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}
_NAMESPACES = {"DateTime": DATE_TIME, "Duration": DURATION, "Interval": INTERVAL}
_CLASSES = {
    "DateTime": (MOMENT_METHODS, [*FIELDS, "isValid", "invalidReason", "invalidExplanation"]),
    "Duration": (Duration.methods, [*MILLISECONDS, "isValid"]),
    "Interval": (INTERVAL_METHODS, ["start", "end", "s", "e", "isValid"]),
}


def interface() -> dict[str, Any]:
    """What there is, by name: for the engine to make its own objects of."""
    classes = {}
    for name, (methods, fields) in _CLASSES.items():
        shared = _NAMESPACES[name].to_members()
        classes[name] = {
            "functions": [key for key, value in shared.items() if isinstance(value, FunctionObject)],
            "constants": {key: value for key, value in shared.items() if not isinstance(value, FunctionObject)},
            "methods": [key for key in methods if key not in fields],
            "fields": fields,
        }
    helpers = {
        "String": [*TEXT_HELPERS, "localeCompare"],
        "Number": [*NUMBER_HELPERS, "toLocaleString"],
        "Array": [*LIST_HELPERS],
        "Boolean": [*BOOLEAN_HELPERS],
        "Date": ["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "toString", "toTimeString"],
    }
    functions = ["$jmespath", "$min", "$max"]
    return {"tag": TAG, "classes": classes, "helpers": helpers, "functions": functions}


class Library:
    """Answers the engine's requests within one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._operations: dict[str, Callable[[str, Any, list[Any]], Any]] = {
            "method": lambda name, value, arguments: call_member(value, name, arguments, run),
            "get": lambda name, value, _: get_member(value, name),
            "static": lambda name, value, arguments: call_member(_NAMESPACES[value], name, arguments, run),
            "function": lambda name, _, arguments: call_value(GLOBALS[name], arguments, run),
            "parse": lambda _, value, __: new_date(run, UNDEFINED, [value]).milliseconds(),
        }

    def answer(self, request: str) -> str:
        """The answer to one request. Never raises: the engine takes exceptions badly."""
        try:
            operation, name, value, arguments = json.loads(request)
            given = [self._read(one, 0) for one in arguments]
            found = self._operations[operation](str(name), self._read(value, 0), given)
            return json.dumps({"value": self._write(found, 0)})
        except NotCallable as error:
            return _error(error.code, f"The call failed: {error.message}.")
        except ExpressionError as error:
            return _error(error.code, error.message)
        except MemoryError:
            return _error("expression_too_costly", "The expression uses more memory than it may.")
        except (RecursionError, OverflowError):
            return _error("expression_too_costly", "The expression or its values are nested too deeply.")
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return _error("expression_failed", "The call does not fit: check the number and kinds of arguments.")

    def _read(self, value: Any, depth: int) -> Any:
        if isinstance(value, str):
            return whole(value)
        if depth > MAX_NESTING:
            raise RecursionError
        if isinstance(value, list):
            self._run.budget.charge(len(value))
            return [self._read(entry, depth + 1) for entry in value]
        if not isinstance(value, dict):
            return value
        if TAG in value:
            return self._tagged(value[TAG], value, depth)
        return {whole(name): self._read(member, depth + 1) for name, member in value.items()}

    def _tagged(self, kind: Any, value: dict[str, Any], depth: int) -> Any:
        if kind == "undefined":
            return UNDEFINED
        if kind == "number":
            return _SPECIAL[value["text"]]
        if kind == "date":
            made = date_from_milliseconds(self._read(value["ms"], depth + 1), UTC)
            return JsDate(made.value)
        if kind == "DateTime":
            return self._moment(value)
        if kind == "Duration":
            return Duration(self._read(value["amounts"], depth + 1))
        return Interval(self._read(value["start"], depth + 1), self._read(value["end"], depth + 1))

    def _moment(self, value: dict[str, Any]) -> DateTime:
        if value["ms"] is None:
            return DateTime(None, str(value["reason"]))
        zone = zone_of(str(value["zone"]), self._run.zone)
        return date_from_milliseconds(value["ms"], zone or self._run.zone)

    def _write(self, value: Any, depth: int) -> Any:
        if depth > MAX_NESTING:
            raise RecursionError
        if isinstance(value, list):
            return [self._write(entry, depth + 1) for entry in value]
        if isinstance(value, dict):
            return {name: self._write(member, depth + 1) for name, member in value.items()}
        if isinstance(value, HostObject):
            return self._written_object(value, depth)
        if isinstance(value, float) and (not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0)):
            text = "NaN" if value != value else "-0" if not value else "Infinity" if value > 0 else "-Infinity"
            return {TAG: "number", "text": text}
        return {TAG: "undefined"} if value is UNDEFINED else value

    def _written_object(self, value: HostObject, depth: int) -> Any:
        if isinstance(value, JsDate):
            return {TAG: "date", "ms": None if value.value is None else value.milliseconds()}
        if isinstance(value, DateTime):
            if value.value is None:
                return {TAG: "DateTime", "ms": None, "reason": value.reason}
            return {TAG: "DateTime", "ms": value.milliseconds(), "zone": zone_name(value.tzinfo)}
        if isinstance(value, Duration):
            return {TAG: "Duration", "amounts": self._write(value.amounts, depth + 1)}
        if isinstance(value, Interval):
            ends = {"start": self._write(value.start, depth + 1), "end": self._write(value.end, depth + 1)}
            return {TAG: "Interval", **ends}
        if isinstance(value, IterableObject):
            return self._write(value.iterate(), depth + 1)
        return {TAG: "undefined"}


def _error(code: str, message: str) -> str:
    return json.dumps({"error": [code, message]})
