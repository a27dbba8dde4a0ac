"""Running the tests of a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.engine.testing import CaseResult, run_cases
from apps.decision_tables.models import DecisionTable, DecisionTestCase
from apps.decision_tables.services.choosing import VersionKey, find_version, not_published
from apps.decision_tables.services.compiled import Ready, ready_draft, ready_version
from apps.decision_tables.services.test_cases.storing import MAX_TESTS, tests_of
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotFound

MAX_DIFFERENCES = 20
Report = dict[str, Any]


def run_table_tests(
    *, actor: Actor, table: TableKey, version: VersionKey = DRAFT, tests: Collection[UUID] | None = None
) -> Report:
    """Run all tests of a table, or those with these ids; what came of each is kept with it."""
    row = get_table(actor, table, Permission.READ)
    rows = tests_of(row)
    chosen = list(rows[:MAX_TESTS] if tests is None else rows.filter(id__in=tests)[:MAX_TESTS])
    if tests is not None and len(chosen) != len(set(tests)):
        raise NotFound("This decision table has no test with one of these ids.", code="test_not_found")
    return run_tests(_ready(row, version), chosen)


def run_tests(ready: Ready, tests: Sequence[DecisionTestCase]) -> Report:
    """``{passed, totals, cases, coverage, version}``."""
    cases = [{"id": str(test.id), "name": test.name, **test.value} for test in tests]
    report = run_cases(ready.compiled, cases)
    version = DRAFT if ready.version is None else ready.version
    _keep(tests, {case.id: case for case in report.cases}, version)
    return {**report.as_json(), "version": version}


def _ready(row: DecisionTable, version: VersionKey) -> Ready:
    if version == DRAFT:
        return ready_draft(row)
    if isinstance(version, int):
        return ready_version(row, find_version(row, version))
    if row.published is None:
        raise not_published(row)
    return ready_version(row, row.published)


def _keep(tests: Sequence[DecisionTestCase], results: Mapping[str, CaseResult], version: int | str) -> None:
    at = utc_now().isoformat()
    for test in tests:
        found = results[str(test.id)]
        test.last_result = {
            "passed": found.passed,
            "at": at,
            "version": version,
            "differences": len(found.differences),
        }
    if tests:
        rows = DecisionTestCase.objects.for_organization(tests[0].organization_id)
        rows.bulk_update(list(tests), ["last_result"], batch_size=500)
