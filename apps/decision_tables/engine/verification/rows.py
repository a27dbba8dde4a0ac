"""Rules that are there twice, cells that can hold for nothing, and outputs that nothing gives."""

from __future__ import annotations

from collections.abc import Iterator

from apps.decision_tables.engine.coercion import Key, domain_of
from apps.decision_tables.engine.columns import LISTS
from apps.decision_tables.engine.hit_policies import default_answer
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.table import Condition, FeelOutput, InputColumn, OutputColumn, Table
from apps.decision_tables.engine.verification.cells import Cell
from apps.decision_tables.engine.verification.findings import INFO, WARNING, Check, Finding
from apps.decision_tables.engine.verification.grid import Axis, Grid
from apps.decision_tables.engine.verification.pairs import answer_key


def check_duplicates(grid: Grid, check: Check) -> None:
    """Rules with the same conditions and the same outputs, in whatever words."""
    groups: dict[object, list[str]] = {}
    for at, rule in enumerate(grid.rules):
        if not grid.is_empty(at):
            said = tuple(axis.reach[at] for axis in grid.axes)
            groups.setdefault((said, repr(answer_key(grid.table, rule))), []).append(rule.id)
    severity = INFO if grid.table.hit_policy == "ANY" else WARNING
    for ids in groups.values():
        if len(ids) > 1:
            message = f"The rules {', '.join(ids[:10])} say the same. Keep one of them."
            if not check.add(Finding("duplicate", severity, message, rules=tuple(ids))):
                return


def check_unreachable(grid: Grid, check: Check) -> None:
    """Cells that hold for nothing, listed values that cannot be, and allowed outputs that no rule gives."""
    for axis in grid.axes:
        for cell in axis.line.cells:
            if not axis.reach[bits_of(cell.rules)[0]]:
                message = f"No value of {axis.line.column.name} meets the conditions of this cell."
                if axis.line.column.allowed_values is not None:
                    message += " Look at the allowed values of the column."
                check.add(_cell_finding(grid, axis, cell, message))
    for finding in (*_not_allowed(grid), *_never_given(grid.table)):
        check.add(finding)


def _cell_finding(grid: Grid, axis: Axis, cell: Cell, message: str) -> Finding:
    ids = tuple(grid.rules[at].id for at in bits_of(cell.rules))
    return Finding(
        "unreachable_value", WARNING, message, rules=ids, cells=tuple((rule, axis.line.column.name) for rule in ids)
    )


def _not_allowed(grid: Grid) -> Iterator[Finding]:
    """Members of lists that are none of the allowed values, in cells that other members keep alive."""
    allowed = {column.name: _keys(column) for column in grid.table.input_columns if column.allowed_values is not None}
    for rule in grid.rules:
        for condition in rule.conditions:
            if (
                not isinstance(condition, Condition)
                or condition.operator not in LISTS
                or condition.column not in allowed
            ):
                continue
            key = domain_of(grid.table.input_column(condition.column).type).key
            for value, typed in zip(condition.value, condition.typed, strict=True):
                if key(typed) not in allowed[condition.column]:
                    message = f"{value!r} is none of the allowed values of {condition.column}."
                    cells = ((rule.id, condition.column),)
                    yield Finding("unreachable_value", WARNING, message, rules=(rule.id,), cells=cells)


def _never_given(table: Table) -> Iterator[Finding]:
    defaults = default_answer(table)
    for column in table.output_columns:
        given = [rule.outputs.get(column.name, column.default_value) for rule in table.rules if rule.enabled]
        if column.allowed_values is None or any(isinstance(value, FeelOutput) for value in given):
            continue
        domain = domain_of(column.type)
        keys = {domain.key(domain.read(value)) for value in (*given, defaults.get(column.name)) if value is not None}
        missing = [value for value in column.allowed_values if domain.key(domain.read(value)) not in keys]
        if missing:
            listed = ", ".join(map(repr, missing[:10]))
            message = f"No rule gives these allowed values of {column.name}: {listed}."
            yield Finding("unreachable_value", INFO, message, cells=((None, column.name),))


def _keys(column: InputColumn | OutputColumn) -> set[Key]:
    domain = domain_of(column.type)
    return {domain.key(domain.read(value)) for value in column.allowed_values or ()}
