"""Tests of a table: written, read, changed and deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.core.public import dumps
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.models import DecisionTable, DecisionTestCase
from apps.decision_tables.services.announcing import record
from apps.decision_tables.services.etags import etag_of_test, require_fresh
from apps.decision_tables.services.test_cases.checking import case_faults
from exprsn.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge

MAX_TESTS = 1_000
MAX_BYTES = 256 * 1024
NAMED = ("name", "description", "position")
VALUED = ("inputs", "expected")


def tests_of(table: DecisionTable) -> QuerySet[DecisionTestCase]:
    """The tests of a table in their order."""
    rows = DecisionTestCase.objects.for_organization(table.organization_id).filter(table=table)
    return rows.order_by("position", "id")


def list_tests(*, actor: Actor, table: TableKey) -> list[DecisionTestCase]:
    """The tests of a table."""
    return list(tests_of(get_table(actor, table, Permission.READ))[:MAX_TESTS])


def read_test(*, actor: Actor, table: TableKey, test_id: UUID) -> DecisionTestCase:
    """One test. Refused with ``test_not_found``."""
    return _one(get_table(actor, table, Permission.READ), test_id)


def create_test(*, actor: Actor, table: TableKey, **given: Any) -> DecisionTestCase:
    """A new test, by default the last. Refused with ``too_many_tests`` and, by path, ``test_invalid``."""
    with transaction.atomic():
        # The row is held so that two at once do not both count to the limit.
        row = get_table(actor, table, Permission.WRITE, lock=True)
        rows = tests_of(row)
        if rows.count() >= MAX_TESTS:
            raise Conflict(f"A decision table may have at most {MAX_TESTS} tests.", code="too_many_tests")
        test = DecisionTestCase(organization_id=row.organization_id, table=row, created_by_id=actor.user_id)
        last = rows.aggregate(last=Max("position"))["last"]
        test.position = 0 if last is None else last + 1
        _fill(test, given, {})
        test.save(force_insert=True)
        record(actor, "test_created", row, {"test": ("", test.name)})
    return test


def replace_test(
    *,
    actor: Actor,
    table: TableKey,
    test_id: UUID,
    given: Mapping[str, Any],
    expected_etags: Collection[str] | None = None,
) -> DecisionTestCase:
    """Change a test as a whole; what is left out goes back to what it is by default, but for its place."""
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        test = _one(row, test_id)
        if expected_etags is not None:
            require_fresh(etag_of_test(test), expected_etags)
        before = test.name
        _fill(test, {"description": "", **given}, {})
        test.save()
        record(actor, "test_changed", row, {"test": (before, test.name)})
    return test


def delete_test(*, actor: Actor, table: TableKey, test_id: UUID) -> None:
    """Remove a test."""
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        test = _one(row, test_id)
        record(actor, "test_deleted", row, {"test": (test.name, "")})
        test.delete()


def _one(table: DecisionTable, test_id: UUID) -> DecisionTestCase:
    test = tests_of(table).filter(id=test_id).first()
    if test is None:
        raise NotFound("This decision table has no test with this id.", code="test_not_found")
    return test


def _fill(test: DecisionTestCase, given: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    for name in NAMED:
        if name in given:
            setattr(test, name, given[name])
    value = {"inputs": {}, "expected": {}, **before, **{name: given[name] for name in VALUED if name in given}}
    faults = case_faults(value)
    if faults:
        raise InvalidInput("The test cannot be kept as it is; see errors.", code="test_invalid", errors=faults)
    if len(dumps(value)) > MAX_BYTES:
        raise TooLarge(f"A test may have at most {MAX_BYTES} bytes as JSON.", code="test_too_large")
    test.value = value
