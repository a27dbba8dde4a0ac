"""Rules that hold at once where they must not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.decision_tables.engine.coercion import domain_of
from apps.decision_tables.engine.hit_policies import answer_of
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.table import FeelOutput, Rule, Table
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.examples import example_of
from apps.decision_tables.engine.verification.findings import ERROR, Check, Finding
from apps.decision_tables.engine.verification.grid import Grid

OPEN = "Whether some rules hold at once depends on values that cannot be told in advance."
Answer = tuple[tuple[str, Any], ...]


def check_overlaps(grid: Grid, check: Check, deadline: Deadline) -> None:
    """Pairs of rules that can match together, which UNIQUE does not allow."""
    for one, other in _pairs(grid, check, deadline):
        if not check.add(_finding("overlap", grid, one, other, "may match together, and only one may")):
            return


def check_conflicts(grid: Grid, check: Check, deadline: Deadline) -> None:
    """Pairs of rules that can match together and answer differently, which ANY does not allow."""
    answers = [answer_key(grid.table, rule) for rule in grid.rules]
    for one, other in _pairs(grid, check, deadline):
        alike = _agree(answers[one], answers[other])
        if alike is None:
            check.leave_open("Outputs that are worked out may differ.")
        elif not alike and not check.add(_finding("conflict", grid, one, other, "may match together and differ")):
            return


def answer_key(table: Table, rule: Rule) -> Answer:
    """The answer of a rule, such that same answers are equal: ``(feel, text)`` or ``(value, key)`` for each column."""
    return tuple(
        _part(domain_of(column.type), value)
        for column, value in zip(table.output_columns, answer_of(table, rule).values(), strict=True)
    )


def _part(domain: Any, value: Any) -> tuple[str, Any]:
    if isinstance(value, FeelOutput):
        return "feel", value.text.strip()
    return "value", None if value is None else (domain.key(domain.read(value)),)


def _agree(one: Answer, other: Answer) -> bool | None:
    """Whether two answers are the same; None where that is not known before they are worked out."""
    differ = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    if any(mine[0] == theirs[0] == "value" for mine, theirs in differ):
        return False
    return None if differ else True


def _pairs(grid: Grid, check: Check, deadline: Deadline) -> Iterator[tuple[int, int]]:
    """Pairs with a place in common of which an example is known; the check is left open for the others."""
    for one in range(len(grid.rules)):
        deadline.spend()
        later = -1 << (one + 1)
        known = grid.touching(one, known=True) & later
        if grid.touching(one, known=False) & later & ~known:
            check.leave_open(OPEN)
        for other in bits_of(known):
            yield one, other


def _finding(kind: str, grid: Grid, one: int, other: int, what: str) -> Finding:
    rules = sorted((one, other), key=lambda at: grid.table.rules.index(grid.rules[at]))
    ids = tuple(grid.rules[at].id for at in rules)
    zones = [axis.reach[one] & axis.reach[other] for axis in grid.axes]
    columns = [axis.line.column.name for axis in grid.axes]
    return Finding(
        kind,
        ERROR,
        f"The rules {ids[0]} and {ids[1]} {what}.",
        rules=ids,
        cells=tuple((rule, column) for rule in ids for column in columns),
        example=example_of(grid.axes, zones),
    )
