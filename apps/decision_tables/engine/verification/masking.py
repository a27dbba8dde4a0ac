"""Rules that are never the answer, because others come before them wherever they hold."""

from __future__ import annotations

from apps.decision_tables.engine.hit_policies import ranks_late
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.covering import Search, choices_of
from apps.decision_tables.engine.verification.findings import WARNING, Check, Finding
from apps.decision_tables.engine.verification.grid import Grid
from apps.decision_tables.engine.verification.pairs import OPEN

FIRST_WINS = frozenset({"FIRST", "PRIORITY"})


def check_masked(grid: Grid, check: Check, deadline: Deadline, told: frozenset[str]) -> None:
    """Rules below others that cover all of them. ``told`` are those of which a worse thing is said already."""
    if grid.table.hit_policy == "PRIORITY" and ranks_late(grid.table):
        check.leave_open("Outputs that are worked out decide which rule comes first.")
        return
    for at, rule in enumerate(grid.rules):
        deadline.spend()
        above = grid.touching(at, known=False) & ((1 << at) - 1)
        if not above or rule.id in told or grid.is_empty(at):
            continue
        covering = _covering(grid, at, above, check, deadline)
        if covering and not check.add(_finding(rule.id, [grid.rules[by].id for by in covering])):
            return


def _covering(grid: Grid, rule: int, above: int, check: Check, deadline: Deadline) -> list[int]:
    """The rules that leave nothing of a rule; none where something is left."""
    single = next((by for by in bits_of(above) if _contains(grid, by, rule)), None)
    if single is not None:
        return [single]
    masks = [axis.masks for axis in grid.axes]
    zones = [axis.reach[rule] for axis in grid.axes]
    if Search(choices_of(masks, zones, above), above, deadline).find() is None:
        return bits_of(above)
    if grid.open_columns:
        known = [reach & axis.concrete for reach, axis in zip(zones, grid.axes, strict=True)]
        if Search(choices_of(masks, known, above), above, deadline).find() is None:
            check.leave_open(OPEN)
    return []


def _contains(grid: Grid, outer: int, inner: int) -> bool:
    return all(not axis.reach[inner] & ~axis.reach[outer] for axis in grid.axes)


def _finding(rule: str, covering: list[str]) -> Finding:
    if len(covering) == 1:
        message = f"The rule {rule} is never the answer: {covering[0]} comes before it wherever it holds."
    else:
        message = f"The rule {rule} is never the answer: {len(covering)} rules before it leave nothing for it."
    return Finding("masked", WARNING, message, rules=(rule, *covering))
