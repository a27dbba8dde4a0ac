"""Reading one condition: an operator that the column has, and a value that fits both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.decision_tables.engine.coercion import domain_of, plain_json
from apps.decision_tables.engine.columns import (
    EMPTINESS,
    LISTS,
    OPERATORS,
    OPERATORS_OF,
    ORDERING,
    RANGES,
    TEXTUAL,
)
from apps.decision_tables.engine.faults import shown
from apps.decision_tables.engine.feel.regex import problem
from apps.decision_tables.engine.reading_faults import Faults
from apps.decision_tables.engine.table import Condition, InputColumn

MEMBERS = frozenset({"column", "operator", "value"})
_EQUALITY = frozenset({"==", "!="})


def read_condition(item: Mapping[str, Any], column: InputColumn, path: str, faults: Faults) -> Condition | None:
    """The condition of a cell; None with a fault where it is none."""
    faults.unknown(path, item, MEMBERS)
    operator = faults.choice(f"{path}.operator", item.get("operator"), OPERATORS)
    if operator is None or not _fits_column(operator, column, path, faults):
        return None
    value = item.get("value")
    length = len(value) if isinstance(value, str) else len(repr(value))
    if not faults.fits(f"{path}.value", length):
        return None
    return _with_value(operator, value, column, f"{path}.value", faults)


def _fits_column(operator: str, column: InputColumn, path: str, faults: Faults) -> bool:
    if operator not in OPERATORS_OF[column.type]:
        faults.add(f"{path}.operator", f"A column of type {column.type} has no operator {operator}.")
        return False
    if column.operators is not None and operator not in column.operators:
        listed = ", ".join(column.operators)
        faults.add(f"{path}.operator", f"The column {column.name!r} takes only {listed or 'no operators'}.")
        return False
    return True


def _with_value(operator: str, value: Any, column: InputColumn, path: str, faults: Faults) -> Condition | None:
    if operator in EMPTINESS:
        if value is not None:
            faults.add(path, f"{operator} takes no value.")
        return Condition(column.name, operator)
    if value is None:
        if operator in _EQUALITY:
            return Condition(column.name, operator)
        faults.add(path, f"{operator} needs a value. Use isEmpty for what is left out.")
        return None
    if operator in LISTS or operator in RANGES:
        return _with_values(operator, value, column, path, faults)
    typed = faults.typed(path, value, _value_type(operator, column.type))
    if typed is None:
        return None
    if operator in ORDERING and not _has_order(typed):
        faults.add(path, f"{shown(value)} has no order; {operator} needs a number or text.")
    if operator == "matches":
        _check_pattern(value, path, faults)
    return Condition(column.name, operator, plain_json(typed), typed)


def _with_values(operator: str, value: Any, column: InputColumn, path: str, faults: Faults) -> Condition | None:
    if not isinstance(value, list) or (operator in RANGES and len(value) != 2):
        faults.add(path, f"{operator} takes {'[low, high]' if operator in RANGES else 'a list of values'}.")
        return None
    typed = []
    for at, member in enumerate(value):
        if member is None:
            faults.add(f"{path}[{at}]", "null is not compared here. Use isEmpty for what is left out.")
            return None
        typed.append(faults.typed(f"{path}[{at}]", member, column.type))
    if None in typed:
        return None
    if operator in RANGES and not _are_of_one_kind(column.type, typed):
        faults.add(path, "Both ends must be of one kind that has an order.")
        return None
    return Condition(column.name, operator, [plain_json(member) for member in typed], tuple(typed))


def _value_type(operator: str, column_type: str) -> str:
    if operator == "contains":
        return "string" if column_type == "string" else "any"
    return "string" if operator in TEXTUAL else column_type


def _has_order(typed: Any) -> bool:
    return not isinstance(typed, bool | list | dict)


def _are_of_one_kind(column_type: str, typed: list[Any]) -> bool:
    domain = domain_of(column_type)
    low, high = typed
    return _has_order(low) and _has_order(high) and domain.bounds(domain.key(low)) == domain.bounds(domain.key(high))


def _check_pattern(value: Any, path: str, faults: Faults) -> None:
    reason = problem(value)
    if reason is not None:
        faults.add(path, f"This pattern cannot be used: {reason}")
