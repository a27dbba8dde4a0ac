"""Values of a column that gets another type: converted where they say the same in it."""

from __future__ import annotations

import re
from typing import Any

from apps.decision_tables.engine.columns import EMPTINESS, OPERATORS_OF
from apps.decision_tables.engine.operations.places import Entry

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_DAY = re.compile(r"-?\d{4,9}-\d\d-\d\d", re.ASCII)
_SMALLEST, _LARGEST = 1e-4, 1e15
_TEXTS = frozenset({"string", "date", "datetime", "time", "duration"})


class Inconvertible(Exception):
    """The value says nothing in the other type."""


def converted(value: Any, kind: str) -> Any:
    """The JSON value as one of the type, or ``Inconvertible``. What needs no conversion is not looked at further."""
    if value is None or kind == "any":
        return value
    if isinstance(value, bool):
        return _from_boolean(value, kind)
    if isinstance(value, int | float):
        return _from_number(value, kind)
    if isinstance(value, str):
        return _from_text(value, kind)
    if kind == "list" and isinstance(value, list):
        return value
    raise Inconvertible


def _from_boolean(value: bool, kind: str) -> Any:
    if kind == "boolean":
        return value
    if kind == "string":
        return "true" if value else "false"
    raise Inconvertible


def _from_number(value: float, kind: str) -> Any:
    if kind == "number":
        return value
    # Beyond these bounds languages write numbers in different ways.
    if kind != "string" or not (value == 0 or _SMALLEST <= abs(value) < _LARGEST):
        raise Inconvertible
    return str(int(value)) if value == int(value) else repr(value)


def _from_text(value: str, kind: str) -> Any:
    if kind == "number" and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "datetime" and _DAY.fullmatch(value):
        return f"{value}T00:00:00"
    if kind in _TEXTS:
        return value
    raise Inconvertible


def converted_output(value: Any, kind: str) -> Any:
    """An output of the type; an expression stays."""
    return value if _is_expression(value) else converted(value, kind)


def _is_expression(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"feel"}


def converted_condition(entry: Entry, kind: str) -> Entry:
    """A condition on a column of the type; a FEEL text stays."""
    operator = entry.get("operator")
    if operator is None or operator in EMPTINESS or "value" not in entry:
        return entry
    if operator not in OPERATORS_OF[kind]:
        raise Inconvertible
    value = entry["value"]
    if isinstance(value, list) and kind != "list":
        return {**entry, "value": [converted(each, kind) for each in value]}
    return {**entry, "value": converted(value, kind)}


def converted_column(column: Entry, kind: str) -> Entry:
    """The column with another type; what it lists follows."""
    changed = {**column, "type": kind}
    if column.get("allowed_values") is not None:
        changed["allowed_values"] = [converted(value, kind) for value in column["allowed_values"]]
    if column.get("default_value") is not None:
        changed["default_value"] = converted_output(column["default_value"], kind)
    if column.get("operators") is not None:
        changed["operators"] = [name for name in column["operators"] if name in OPERATORS_OF[kind]]
        if not changed["operators"]:
            del changed["operators"]
    return changed
