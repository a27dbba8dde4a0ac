"""Why a table answered as it did: for each rule which conditions held, with the values compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.coercion import plain_json
from apps.decision_tables.engine.columns import EMPTINESS
from apps.decision_tables.engine.compiled_columns import Cell, CompiledColumn
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.table import FeelTest, Rule, Table


def trace_of(
    table: Table,
    rules: Sequence[Rule],
    columns: Sequence[CompiledColumn],
    values: Mapping[str, Value],
    scope: Scope,
    mask: int,
) -> dict[str, Any]:
    """The trace of one evaluation, its rules in the order of their rows; disabled ones are left out."""
    bit_of = {rule.id: bit for bit, rule in enumerate(rules)}
    shown = {name: plain_json(value) for name, value in values.items()}
    held = {column.name: _Held(column, values[column.name], scope) for column in columns}
    warned = {"warnings": list(scope.warnings)} if scope.warnings else {}
    return {
        **warned,
        "rules": [
            {
                "rule_id": rule.id,
                "matched": bool(mask >> bit_of[rule.id] & 1),
                "conditions": [
                    _condition(cell, shown[column.name], held[column.name].of(cell))
                    for column in columns
                    for cell in column.cells.get(bit_of[rule.id], ())
                ],
            }
            for rule in table.rules
            if rule.enabled
        ],
    }


class _Held:
    """Whether cells hold for one value; cells that are written alike are asked once."""

    def __init__(self, column: CompiledColumn, value: Value, scope: Scope) -> None:
        self._value = value
        self._key = None if value is None else column.domain.key(value)
        self._scope = scope
        self._known: dict[int, bool] = {}

    def of(self, cell: Cell) -> bool:
        held = self._known.get(id(cell))
        if held is None:
            held = self._known[id(cell)] = cell.holds(self._value, self._key, self._scope)
        return held


def _condition(cell: Cell, value: Any, held: bool) -> dict[str, Any]:
    condition = cell.condition
    said: dict[str, Any] = {"column": condition.column}
    if isinstance(condition, FeelTest):
        said["feel"] = condition.text
    else:
        said["operator"] = condition.operator
        if condition.operator not in EMPTINESS:
            said["value"] = condition.value
    return {**said, "input": value, "held": held}
