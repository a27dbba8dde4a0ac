"""Inputs that no rule covers, and rules that would."""

from __future__ import annotations

from typing import Any

from apps.decision_tables.engine.columns import MULTIPLE
from apps.decision_tables.engine.hit_policies import default_answer
from apps.decision_tables.engine.table import Table
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.covering import NOWHERE, Search, choices_of
from apps.decision_tables.engine.verification.describing import conditions_for, joined_zones, sentence
from apps.decision_tables.engine.verification.examples import example_of
from apps.decision_tables.engine.verification.findings import WARNING, Check, Finding
from apps.decision_tables.engine.verification.grid import Grid


def needs_no_cover(table: Table) -> str:
    """Why inputs without a rule are no fault of the table; nothing where they are one."""
    if table.hit_policy in MULTIPLE:
        return f"With the hit policy {table.hit_policy} there may be no match."
    answered = {name for name, value in default_answer(table).items() if value is not None}
    if table.output_columns and all(column.name in answered for column in table.output_columns):
        return "Inputs that no rule covers get the default outputs."
    return ""


def check_gaps(grid: Grid, check: Check, deadline: Deadline) -> None:
    """Find the gaps one by one: each is closed by the rule proposed for it before the next is looked for."""
    if not all(axis.masks for axis in grid.axes):
        return  # there is a column that no value is allowed in
    finder = _Finder(grid, deadline)
    while not check.is_full:
        place = finder.place([axis.concrete for axis in grid.axes])
        if place is None:
            break
        check.add(finder.finding(place))
    else:
        check.truncated = True
        return
    if grid.open_columns and finder.place([axis.everywhere for axis in grid.axes]) is not None:
        check.leave_open(f"What the tests of {', '.join(grid.open_columns)} hold for cannot be told in advance.")


class _Finder:
    def __init__(self, grid: Grid, deadline: Deadline) -> None:
        self.grid = grid
        self.deadline = deadline
        self.masks = [list(axis.masks) for axis in grid.axes]
        self.count = len(grid.rules)
        self.ids = {rule.id for rule in grid.table.rules}

    def place(self, zones: list[int]) -> dict[int, int] | None:
        """A place that neither a rule nor a proposed rule covers."""
        rules = (1 << self.count) - 1
        return Search(choices_of(self.masks, zones, rules), rules, self.deadline).find()

    def finding(self, place: dict[int, int]) -> Finding:
        """The gap around a place, as wide as a single rule can say it, which is closed from now on."""
        zones = self._widened(place)
        for masks, closed in zip(self.masks, zones, strict=True):
            for at in range(len(masks)):
                masks[at] |= (closed >> at & 1) << self.count
        self.count += 1
        conditions = [conditions_for(axis, chosen) for axis, chosen in zip(self.grid.axes, zones, strict=True)]
        said = [
            sentence(axis.line.column, entries)
            for axis, entries in zip(self.grid.axes, conditions, strict=True)
            if entries
        ]
        return Finding(
            "gap",
            WARNING,
            f"No rule covers {' and '.join(said) or 'some inputs'}.",
            cells=tuple((None, axis.line.column.name) for axis, entries in zip(self.grid.axes, conditions, strict=True)
                        if entries != []),
            example=example_of(self.grid.axes, self._at(place, zones)),
            proposed_rule=self._proposed(conditions),
        )  # fmt: skip

    def _at(self, place: dict[int, int], zones: list[int]) -> list[int]:
        return [1 << place[at] if place.get(at, NOWHERE) >= 0 else zones[at] for at in range(len(zones))]

    def _widened(self, place: dict[int, int]) -> list[int]:
        """For each column the zones that can be added without meeting a rule, whole columns first."""
        axes = self.grid.axes
        zones = self._at(place, [axis.everywhere for axis in axes])
        for whole in (True, False):
            for at, axis in enumerate(axes):
                others = self.grid.all_rules
                for by, other in enumerate(axes):
                    if by != at:
                        others &= other.touched(zones[by])
                free = sum(1 << zone for zone, mask in enumerate(axis.masks) if not mask & others)
                if (free == axis.everywhere) == whole and place.get(at, NOWHERE) >= 0:
                    zones[at] = joined_zones(axis, place[at], free)
        return zones

    def _proposed(self, conditions: list[list[dict[str, Any]]]) -> dict[str, Any]:
        number = 1
        while f"gap-{number}" in self.ids:
            number += 1
        self.ids.add(f"gap-{number}")
        flat = [entry for entries in conditions for entry in entries]
        return {"id": f"gap-{number}", "conditions": flat, "outputs": {}}
