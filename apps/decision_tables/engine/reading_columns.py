"""Reading the columns of a table document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.coercion import domain_of, plain_json
from apps.decision_tables.engine.columns import MAX_NAME, OPERATORS, OPERATORS_OF, TYPES, is_name
from apps.decision_tables.engine.reading_faults import Faults
from apps.decision_tables.engine.table import InputColumn, OutputColumn

INPUT_MEMBERS = frozenset({"name", "type", "label", "operators", "expression", "allowed_values"})
OUTPUT_MEMBERS = frozenset({"name", "type", "label", "default_value", "allowed_values"})


def input_column_of(value: Any, path: str, names: Sequence[str], faults: Faults) -> InputColumn | None:
    """One input column; None where it cannot be told what it is."""
    head = _head(value, path, INPUT_MEMBERS, faults)
    if head is None:
        return None
    name, column_type = head
    expression = faults.text(f"{path}.expression", value.get("expression")).strip()
    return InputColumn(
        name=name,
        type=column_type,
        label=faults.text(f"{path}.label", value.get("label")),
        operators=_operators(value.get("operators"), column_type, f"{path}.operators", faults),
        expression=expression,
        parsed=faults.expression(f"{path}.expression", expression, names) if expression else None,
        allowed_values=_allowed(value.get("allowed_values"), column_type, f"{path}.allowed_values", faults),
    )


def output_column_of(value: Any, path: str, faults: Faults) -> OutputColumn | None:
    """One output column; None where it cannot be told what it is."""
    head = _head(value, path, OUTPUT_MEMBERS, faults)
    if head is None:
        return None
    name, column_type = head
    return OutputColumn(
        name=name,
        type=column_type,
        label=faults.text(f"{path}.label", value.get("label")),
        default_value=faults.plain(f"{path}.default_value", value.get("default_value"), column_type),
        allowed_values=_allowed(value.get("allowed_values"), column_type, f"{path}.allowed_values", faults),
    )


def _head(value: Any, path: str, members: frozenset[str], faults: Faults) -> tuple[str, str] | None:
    if not isinstance(value, Mapping):
        faults.add(path, "A column must be an object.")
        return None
    faults.unknown(path, value, members)
    name = value.get("name")
    named = isinstance(name, str) and is_name(name)
    if not named:
        faults.add(
            f"{path}.name",
            f"A name has up to {MAX_NAME} letters, digits, spaces, _, - and . and begins with a letter or _.",
        )
    column_type = faults.choice(f"{path}.type", value.get("type"), TYPES)
    return (str(name), column_type) if named and column_type else None


def _operators(value: Any, column_type: str, path: str, faults: Faults) -> tuple[str, ...] | None:
    if value is None:
        return None
    found = []
    for at, operator in enumerate(faults.items(path, value)):
        if faults.choice(f"{path}[{at}]", operator, OPERATORS) is None:
            continue
        if operator not in OPERATORS_OF[column_type]:
            faults.add(f"{path}[{at}]", f"A column of type {column_type} has no operator {operator}.")
        found.append(operator)
    return tuple(dict.fromkeys(found))


def _allowed(value: Any, column_type: str, path: str, faults: Faults) -> tuple[Any, ...] | None:
    if value is None:
        return None
    items = faults.items(path, value)
    if not faults.fits(path, len(items)):
        return None
    domain, kept, seen = domain_of(column_type), [], set()
    for at, item in enumerate(items):
        typed = faults.typed(f"{path}[{at}]", item, column_type)
        if typed is None:
            continue
        key = domain.key(typed)
        if key in seen:
            faults.add(f"{path}[{at}]", "This value is in the list twice.")
        seen.add(key)
        kept.append(plain_json(typed))
    return tuple(kept)
