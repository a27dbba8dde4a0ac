"""All checks of a table within a time limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from apps.decision_tables.engine.faults import TableInvalid
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.table import Table
from apps.decision_tables.engine.verification.budget import Deadline, OutOfTime
from apps.decision_tables.engine.verification.findings import CHECKS, ERROR, Check, Finding, Verification
from apps.decision_tables.engine.verification.gaps import check_gaps, needs_no_cover
from apps.decision_tables.engine.verification.grid import Grid, grid_of
from apps.decision_tables.engine.verification.masking import FIRST_WINS, check_masked
from apps.decision_tables.engine.verification.naming import check_names
from apps.decision_tables.engine.verification.pairs import check_conflicts, check_overlaps
from apps.decision_tables.engine.verification.rows import check_duplicates, check_unreachable
from apps.decision_tables.engine.verification.unused import check_unused

BUDGET_SECONDS = 0.2
TOO_LONG = "There was not enough time to look at everything."
_RULE = re.compile(r"rules\[(\d+)\]\.?(?:conditions\[(\d+)\]|outputs\.([^.\[]+))?")


def verify(table: Table, *, budget_seconds: float = BUDGET_SECONDS) -> Verification:
    """Everything that can be said about a table without inputs, as far as the time goes."""
    return _Verifier(table, Deadline(budget_seconds)).run()


def verify_document(document: Mapping[str, Any], *, budget_seconds: float = BUDGET_SECONDS) -> Verification:
    """``verify`` of a document; one that does not read is answered with its faults as type errors."""
    deadline = Deadline(budget_seconds)
    try:
        table = read_table(document)
    except TableInvalid as error:
        return _unread(document, error, deadline)
    return _Verifier(table, deadline).run()


class _Verifier:
    def __init__(self, table: Table, deadline: Deadline) -> None:
        self.table = table
        self.deadline = deadline
        self.checks = {name: Check(name) for name in CHECKS}

    def run(self) -> Verification:
        """The answers to all checks."""
        self._try("unused", lambda check: check_unused(self.table, check))
        self.checks["types"].reason = "What is read is of its column's type."
        self._try("types", lambda check: check_names(self.table, check, self.deadline))
        needless = self._needless()
        for name, reason in needless.items():
            self.checks[name].reason = reason
        try:
            grid = grid_of(self.table, self.deadline)
        except OutOfTime:
            for name in (name for name in CHECKS if name not in needless and name not in ("types", "unused")):
                self.checks[name].leave_open(TOO_LONG)
        else:
            self._look_at(grid, needless)
        return Verification(tuple(self.checks.values()), self.deadline.elapsed_ms)

    def _needless(self) -> dict[str, str]:
        """The checks that there is no need for, and why."""
        policy = self.table.hit_policy
        matter = {"overlaps": policy == "UNIQUE", "conflicts": policy == "ANY", "masked": policy in FIRST_WINS}
        reason = f"Does not matter with the hit policy {policy}."
        found = {name: reason for name, matters in matter.items() if not matters}
        covered = needs_no_cover(self.table)
        return {**found, "gaps": covered} if covered else found

    def _look_at(self, grid: Grid, needless: Mapping[str, str]) -> None:
        deadline = self.deadline
        self._try("unreachable", lambda check: check_unreachable(grid, check))
        self._try("duplicates", lambda check: check_duplicates(grid, check))
        told = frozenset(rule for finding in self.checks["duplicates"].findings for rule in finding.rules[1:])
        looks: Mapping[str, Callable[[Check], None]] = {
            "overlaps": lambda check: check_overlaps(grid, check, deadline.part(0.5)),
            "conflicts": lambda check: check_conflicts(grid, check, deadline.part(0.5)),
            "masked": lambda check: check_masked(grid, check, deadline.part(0.5), told),
            "gaps": lambda check: check_gaps(grid, check, deadline),
        }
        for name, look in looks.items():
            if name not in needless:
                self._try(name, look)

    def _try(self, name: str, look: Callable[[Check], None]) -> None:
        check = self.checks[name]
        try:
            look(check)
        except OutOfTime:
            check.leave_open(TOO_LONG)
            check.truncated = bool(check.findings)


def _unread(document: Mapping[str, Any], error: TableInvalid, deadline: Deadline) -> Verification:
    checks = {name: Check(name) for name in CHECKS}
    for path, messages in error.errors.items():
        cells = _cells_at(document, path)
        rules = tuple(rule for rule, _column in cells if rule is not None)
        checks["types"].add(Finding("type_error", ERROR, f"{path}: {messages[0]}", rules=rules, cells=cells))
    for name in CHECKS:
        if name != "types":
            checks[name].leave_open("The table has to be read first. Correct its type errors.")
    return Verification(tuple(checks.values()), deadline.elapsed_ms)


def _cells_at(document: Mapping[str, Any], path: str) -> tuple[tuple[str | None, str], ...]:
    """The cell that a fault's path leads to, as far as there is one."""
    found = _RULE.match(path)
    if found is None:
        return ()
    try:
        rule = document["rules"][int(found[1])]
        column = found[3] if found[2] is None else rule["conditions"][int(found[2])]["column"]
        return ((str(rule.get("id") or f"r{int(found[1]) + 1}"), str(column or "")),)
    except (LookupError, TypeError, AttributeError):
        return ()
