"""n8n's conditions in both of their forms, as ours."""

from __future__ import annotations

import re
from typing import Any

from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression, plain
from exprsn.kernel.expressions import ExpressionError, compile_template
from exprsn.kernel.jsonvalue import JsonObject

_PRESENCE = {"exists", "not_exists", "is_empty", "is_not_empty"}
_EQUALITY = {"equals", "not_equals"}
_LENGTHS = {f"length_{name}" for name in ("equals", "not_equals", "gt", "gte", "lt", "lte")}
_TEXTS = {"contains", "starts_with", "ends_with", "regex"}

OPERATIONS = {
    "string": _PRESENCE | _EQUALITY | _TEXTS | {f"not_{name}" for name in _TEXTS},
    "number": _PRESENCE | _EQUALITY | {"gt", "gte", "lt", "lte"},
    "boolean": _PRESENCE | _EQUALITY | {"true", "false"},
    "date_time": _PRESENCE | _EQUALITY | {"after", "before", "after_or_equals", "before_or_equals"},
    "array": _PRESENCE | _EQUALITY | {"contains", "not_contains"} | _LENGTHS,
    "object": _PRESENCE | _EQUALITY,
    "any": _PRESENCE | _EQUALITY,
}
UNARY = _PRESENCE | {"true", "false"}
_RENAMED = {"empty": "is_empty", "not_empty": "is_not_empty", "date_time": "date_time"}

# The older form groups conditions by type: {n8n's word: (our operation, in which types)}.
_OLD_OPERATIONS = {
    "equal": "equals", "notEqual": "not_equals", "smaller": "lt", "smallerEqual": "lte", "larger": "gt",
    "largerEqual": "gte", "isEmpty": "is_empty", "isNotEmpty": "is_not_empty", "after": "after",
    "before": "before", "contains": "contains", "notContains": "not_contains", "startsWith": "starts_with",
    "notStartsWith": "not_starts_with", "endsWith": "ends_with", "notEndsWith": "not_ends_with",
    "regex": "regex", "notRegex": "not_regex",
}  # fmt: skip
_OLD_DEFAULTS: dict[str, tuple[str, Any, Any]] = {
    "string": ("equal", "", ""),
    "number": ("smaller", 0, 0),
    "boolean": ("equal", False, False),
    "dateTime": ("after", "", ""),
}


def snake(name: str) -> str:
    """``notEmpty`` as ``is_not_empty``, ``dateTime`` as ``date_time``."""
    spelled = re.sub(r"(?<=[a-z])([A-Z])", lambda match: "_" + match[1].lower(), name)
    return _RENAMED.get(spelled, spelled)


def new_conditions(reader: Reader, *, loose: bool, ignore_case: bool | None) -> JsonObject:
    """The form of If 2, Filter 2 and Switch 3. ``ignore_case`` None: as the conditions say."""
    options = reader.inner("options")
    options.ignore("version", "leftValue")
    case_sensitive = options.flag("caseSensitive", True) if ignore_case is None else not ignore_case
    options.ignore("caseSensitive")
    strict = options.fixed("typeValidation", "strict", "strict", "loose") == "strict" and not loose
    found = reader.value("conditions", [])
    entries = found if isinstance(found, list) else [found]
    return {
        "combinator": reader.fixed("combinator", "and", "and", "or"),
        "case_sensitive": case_sensitive,
        "type_validation": "strict" if strict else "loose",
        "conditions": [_new_condition(entry) for entry in entries if isinstance(entry, dict)],
    }


def _new_condition(entry: dict[str, Any]) -> JsonObject:
    operator = entry.get("operator")
    if not isinstance(operator, dict):
        operator = {"type": "string", "operation": operator if isinstance(operator, str) else "equals"}
    kind, operation = (
        snake(str(operator.get("type", "string"))),
        snake(str(operator.get("operation", "equals"))),
    )
    return condition(plain(entry.get("leftValue")), kind, operation, plain(entry.get("rightValue")))


def condition(left: Any, kind: str, operation: str, right: Any) -> JsonObject:
    """One of our conditions. Raises ``Unmapped`` for an operator that we do not have."""
    if operation not in OPERATIONS.get(kind, ()):
        raise Unmapped(f"The condition {kind[:30]} {operation[:30]} is not supported.")
    made: JsonObject = {"left": left, "operator": {"type": kind, "operation": operation}}
    if operation not in UNARY:
        made["right"] = right
    return made


def old_conditions(reader: Reader, *, any_of_them: bool) -> JsonObject:
    """The form of If 1 and Filter 1: ``{string: [...], number: [...], …}``."""
    groups = reader.inner("conditions")
    conditions: list[JsonObject] = []
    for kind in _OLD_DEFAULTS:
        found = groups.value(kind, [])
        entries = [entry for entry in (found if isinstance(found, list) else [found]) if isinstance(entry, dict)]
        conditions += [old_condition(kind, entry, entry.get("value1")) for entry in entries]
    return loose_conditions(conditions, any_of_them)


def old_condition(kind: str, entry: dict[str, Any], left: Any) -> JsonObject:
    """One condition of the older form; ``kind`` is n8n's word."""
    if kind not in _OLD_DEFAULTS:
        raise Unmapped(f"Conditions on {kind[:30]} are not supported.")
    operation, value1, value2 = _OLD_DEFAULTS[kind]
    word = str(entry.get("operation") or operation)
    if word not in _OLD_OPERATIONS:
        raise Unmapped(f"The condition {kind} {word[:30]} is not supported.")
    left, right = plain(left), plain(entry.get("value2"))
    left, right = value1 if left is None else left, value2 if right is None else right
    if kind == "number" and _OLD_OPERATIONS[word] in ("lt", "lte", "gt", "gte"):
        left, right = _zero_if_missing(left), _zero_if_missing(right)
    return condition(left, snake(kind), _OLD_OPERATIONS[word], right)


def _zero_if_missing(value: Any) -> Any:
    """The older nodes ordered a missing number as 0; a template of one block is made to say so."""
    if not is_expression(value):
        return value
    try:
        template = compile_template(value[1:])
    except ExpressionError:
        return value
    if not template.is_single_block:
        return value
    return "={{ (" + template.blocks[0].source.strip() + ") || 0 }}"


def loose_conditions(conditions: list[JsonObject], any_of_them: bool) -> JsonObject:
    """Conditions as the older nodes compared them."""
    return {
        "combinator": "or" if any_of_them else "and",
        "case_sensitive": True,
        "type_validation": "loose",
        "conditions": [*conditions],
    }
