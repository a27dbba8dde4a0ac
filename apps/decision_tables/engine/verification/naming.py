"""Cells that use names which mean nothing: what is worked out with them is null."""

from __future__ import annotations

from collections.abc import Iterator

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.evaluation.testing import INPUT
from apps.decision_tables.engine.feel.syntax.analysis import free_names, unknown_names
from apps.decision_tables.engine.feel.syntax.nodes import Node
from apps.decision_tables.engine.table import FeelOutput, FeelTest, Rule, Table
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.findings import WARNING, Check, Finding

Place = tuple[str, str]


def check_names(table: Table, check: Check, deadline: Deadline) -> None:
    """Names in conditions and outputs that are no input, no function, and that no column is worked out of."""
    known = _known(table)
    places: dict[str, dict[Place, None]] = {}
    seen: dict[str, frozenset[str]] = {}
    for rule in (rule for rule in table.rules if rule.enabled):
        deadline.spend()
        for column, text, tree in _cells(rule):
            if text not in seen:
                seen[text] = unknown_names(tree, known)
            for name in seen[text]:
                places.setdefault(name, {})[rule.id, column] = None
    for name, cells in sorted(places.items()):
        check.add(_finding(name, tuple(cells)))


def _known(table: Table) -> frozenset[str]:
    """What the table itself says that may be sent: its inputs, and what their expressions ask for."""
    named = {column.name for column in table.input_columns}
    asked = (free_names(column.parsed) for column in table.input_columns if column.parsed is not None)
    return frozenset({INPUT, *FUNCTIONS}).union(named, *asked)


def _cells(rule: Rule) -> Iterator[tuple[str, str, Node]]:
    for condition in rule.conditions:
        if isinstance(condition, FeelTest) and condition.tests is not None:
            yield condition.column, condition.text, condition.tests
    for column, value in rule.outputs.items():
        if isinstance(value, FeelOutput):
            yield column, f"= {value.text}", value.parsed


def _finding(name: str, cells: tuple[Place, ...]) -> Finding:
    (rule, column), count = cells[0], len(cells)
    where = f"The cell {column} of rule {rule} uses" if count == 1 else f"{count} cells use"
    rules = tuple(dict.fromkeys(rule for rule, _column in cells))
    message = f"{where} the name “{name}”, which is no input of this table."
    return Finding("type_error", WARNING, message, rules=rules, cells=cells)
