"""The conditions of if, switch and filter: one evaluator, one table of operators.

A condition is ``{left, operator: {type, operation}, right}``; several are joined by a combinator
(``and`` of none is true, ``or`` of none is false). Values arrive with expressions evaluated.
``strict`` refuses a value of another type than the operator's, ``loose`` converts it where it can.
Regular expressions run through ``exprsn.kernel.regex``, which cannot hang.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support.condition_operators import OPERATIONS, UNARY, Setting
from apps.workflows.nodes.support.condition_values import Mismatch, typed_value
from exprsn.kernel.jsonvalue import JsonObject, JsonValue
from exprsn.kernel.regex.linear import TooCostly
from exprsn.kernel.regex.syntax import BadPattern

MAX_CONDITIONS = 200

EMPTY_CONDITIONS: JsonObject = {
    "combinator": "and",
    "case_sensitive": True,
    "type_validation": "strict",
    "conditions": [],
}


def conditions_hold(conditions: Any, zone: tzinfo, *, item: int, parameter: str = "conditions") -> bool:
    """Whether an evaluated ``conditions`` value holds. Raises ``NodeError`` naming the condition."""
    if not isinstance(conditions, dict):
        raise NodeError("The conditions are not an object.", kind="bad_condition", item=item, parameter=parameter)
    entries = conditions.get("conditions") or []
    setting = Setting(
        case_sensitive=bool(conditions.get("case_sensitive", True)),
        loose=conditions.get("type_validation", "strict") == "loose",
        zone=zone,
    )
    wanted = str(conditions.get("combinator", "and")) == "or"
    for position, entry in enumerate(entries):
        place = f"{parameter}.conditions[{position}]"
        if _condition_holds(entry, setting, item, place) == wanted:
            return wanted
    return not wanted


def _condition_holds(entry: Any, setting: Setting, item: int, place: str) -> bool:
    operator = entry.get("operator") if isinstance(entry, dict) else None
    operator = operator if isinstance(operator, dict) else {}
    kind, operation = str(operator.get("type", "string")), str(operator.get("operation", ""))
    known = OPERATIONS.get(kind, {}).get(operation)
    if known is None:
        raise NodeError(
            f"The operation {kind} {operation!r} is not known.",
            kind="bad_condition",
            item=item,
            parameter=place,
        )
    try:
        left_type = "any" if operation in ("exists", "not_exists") else kind
        left = typed_value(entry.get("left"), left_type, setting)
        right = typed_value(entry.get("right"), known.right_type or kind, setting) if known.binary else None
        return known.holds(left, right, setting)
    except (Mismatch, BadPattern, TooCostly) as problem:
        code = "wrong_type" if isinstance(problem, Mismatch) else "bad_pattern"
        raise NodeError(str(problem), kind=code, item=item, parameter=place) from None


def condition_faults(conditions: JsonValue, path: str) -> dict[str, list[str]]:
    """What is wrong with a ``conditions`` parameter as written; expressions are not looked into."""
    if isinstance(conditions, str) and conditions.startswith("="):
        return {}
    if not isinstance(conditions, dict):
        return {path: ["Give the conditions as an object with a combinator and a list."]}
    faults: dict[str, list[str]] = {}
    if conditions.get("combinator", "and") not in ("and", "or"):
        faults[f"{path}.combinator"] = ["Choose and or or."]
    if conditions.get("type_validation", "strict") not in ("strict", "loose"):
        faults[f"{path}.type_validation"] = ["Choose strict or loose."]
    entries = conditions.get("conditions", [])
    if not isinstance(entries, list) or len(entries) > MAX_CONDITIONS:
        return {**faults, f"{path}.conditions": [f"Give a list of at most {MAX_CONDITIONS} conditions."]}
    for position, entry in enumerate(entries):
        fault = _entry_fault(entry)
        if fault:
            faults[f"{path}.conditions[{position}]"] = [fault]
    return faults


def _entry_fault(entry: JsonValue) -> str:
    operator = entry.get("operator") if isinstance(entry, dict) else None
    if not isinstance(operator, Mapping):
        return "A condition has a left value, an operator and, for most operators, a right value."
    kind, operation = operator.get("type", "string"), operator.get("operation")
    if not isinstance(kind, str) or kind not in OPERATIONS:
        return f"The type is one of {', '.join(OPERATIONS)}."
    if not isinstance(operation, str) or operation not in OPERATIONS[kind]:
        return f"For {kind} the operation is one of {', '.join(OPERATIONS[kind])}."
    return ""


def is_unary(operation: str) -> bool:
    """Whether an operation looks at the left value alone."""
    return operation in UNARY
