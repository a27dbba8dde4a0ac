"""Columns that decide nothing, and columns that nothing fills."""

from __future__ import annotations

from collections.abc import Iterator

from apps.decision_tables.engine.feel.syntax.nodes import Name, Node, walk
from apps.decision_tables.engine.hit_policies import default_answer
from apps.decision_tables.engine.table import FeelOutput, FeelTest, Table
from apps.decision_tables.engine.verification.findings import INFO, Check, Finding


def check_unused(table: Table, check: Check) -> None:
    """Inputs that no rule tests and no expression names; outputs that no rule gives."""
    tested = {each.column for rule in table.rules for each in rule.conditions if not _is_blank(each)}
    tested |= {part.name for tree in _trees(table) for part in walk(tree) if isinstance(part, Name)}
    sent = " ".join(text for need in table.requires for text in need.inputs.values())
    for column in table.input_columns:
        if column.name not in tested and column.name not in sent:
            check.add(_finding(column.name, f"No rule tests the input {column.name}."))
    given = {name for rule in table.rules for name, value in rule.outputs.items() if value is not None}
    given |= default_answer(table).keys()
    for output in table.output_columns:
        if output.name not in given:
            check.add(_finding(output.name, f"No rule gives the output {output.name}."))


def _is_blank(condition: object) -> bool:
    return isinstance(condition, FeelTest) and condition.tests is None


def _trees(table: Table) -> Iterator[Node]:
    for column in table.input_columns:
        if column.parsed is not None:
            yield column.parsed
    for rule in table.rules:
        yield from (each.tests for each in rule.conditions if isinstance(each, FeelTest) and each.tests is not None)
        yield from (value.parsed for value in rule.outputs.values() if isinstance(value, FeelOutput))


def _finding(column: str, message: str) -> Finding:
    return Finding("unused_column", INFO, message, cells=((None, column),))
