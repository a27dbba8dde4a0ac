"""From draft to published."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.models import DecisionTable, DecisionTableVersion
from apps.decision_tables.services.announcing import announce, record
from apps.decision_tables.services.choosing import find_version
from apps.decision_tables.services.compiled import Ready, ready_draft, ready_version
from apps.decision_tables.services.drafts import draft_of
from apps.decision_tables.services.json_numbers import json_text, plain
from apps.decision_tables.services.requiring import Resolver
from apps.decision_tables.services.test_cases.running import run_tests
from apps.decision_tables.services.test_cases.storing import MAX_TESTS, tests_of
from apps.decision_tables.services.versions import version_of_draft
from exprsn.kernel.errors import Conflict

MAX_NAMED = 20


class PublishTable:
    """Makes the draft, or an earlier version, the one that is evaluated. ``check`` refuses, ``execute`` writes.

    The tests of the table are run first; failing ones need ``override_failing_tests``, which is kept with the
    version and in the audit log.
    """

    def __init__(
        self,
        *,
        actor: Actor,
        table: TableKey,
        message: str = "",
        version: int | None = None,
        override_failing_tests: bool = False,
    ) -> None:
        self.actor = actor
        self.table = table
        self.message = message
        self.number = version
        self.override = override_failing_tests

    def check(self, row: DecisionTable) -> bool:
        """Whether failing tests are overridden. Refused with ``tests_failed`` and, of tables that it requires,
        ``required_table_not_found`` and ``not_published``."""
        ready = self._ready(row)
        Resolver(drafts=False).require_all(ready)
        report = run_tests(ready, list(tests_of(row)[:MAX_TESTS]))
        if report["passed"]:
            return False
        if not self.override:
            raise _refusal(report)
        return True

    def execute(self) -> DecisionTable:
        """Publish; what was tested is what is published."""
        # Apart from the transaction, so that what the tests came to is kept when they refuse.
        tested = get_table(self.actor, self.table, Permission.PUBLISH)
        overridden = self.check(tested)
        with transaction.atomic():
            row = get_table(self.actor, self.table, Permission.PUBLISH, lock=True)
            if row.revision != tested.revision:
                overridden = self.check(row)
            before = row.published.number if row.published else None
            row.published = self._version(row, overridden)
            row.save(update_fields=["published", "updated_at"])
            changes: dict[str, tuple[Any, Any]] = {"published_version": (before, row.published.number)}
            if overridden:
                changes["tests_overridden"] = (False, True)
            record(self.actor, "published", row, changes)
            announce(self.actor, "published", row)
        return row

    def _ready(self, row: DecisionTable) -> Ready:
        return ready_draft(row) if self.number is None else ready_version(row, find_version(row, self.number))

    def _version(self, row: DecisionTable, overridden: bool) -> DecisionTableVersion:
        if self.number is not None:
            return find_version(row, self.number)
        return version_of_draft(row, draft_of(row), self.actor, self.message, tests_overridden=overridden)


def _refusal(report: dict[str, Any]) -> Conflict:
    failed = [case for case in report["cases"] if not case["passed"]]
    errors = {
        case["name"]: [
            f"{each['path']}: expected {json_text(each['expected'])}, got {json_text(each['actual'])}."
            for each in case["differences"]
        ]
        for case in failed[:MAX_NAMED]
    }
    message = f"{len(failed)} of the table’s tests failed. Mend them, or publish with override_failing_tests."
    return Conflict(message, code="tests_failed", errors=errors, params={"report": plain(report)})
