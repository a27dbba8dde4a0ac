"""Tests of a workflow: written, read, changed and deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import dumps
from apps.workflows.access import get_workflow
from apps.workflows.engine.testing.cases import normal_value
from apps.workflows.engine.testing.checking import case_faults
from apps.workflows.models import Workflow, WorkflowTest
from exprsn.kernel.errors import Conflict, InvalidInput, NotFound, StaleWrite, TooLarge

MAX_TESTS = 200
MAX_BYTES = 1024 * 1024
NAMED = ("name", "description", "trigger_node", "position")
VALUED = ("trigger_items", "now", "mocks", "assertions")


def tests_of(workflow: Workflow) -> QuerySet[WorkflowTest]:
    """The tests of a workflow in their order."""
    rows = WorkflowTest.objects.for_organization(workflow.organization_id).filter(workflow=workflow)
    return rows.order_by("position", "id")


def list_tests(*, actor: Actor, workflow_id: UUID) -> list[WorkflowTest]:
    """The tests of a workflow without what they hold."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    return list(tests_of(workflow).defer("data")[:MAX_TESTS])


def read_test(*, actor: Actor, workflow_id: UUID, test_id: UUID) -> WorkflowTest:
    """One test. Refused with ``test_not_found``."""
    return _one(get_workflow(actor, workflow_id, Permission.READ), test_id)


def create_test(*, actor: Actor, workflow_id: UUID, **given: Any) -> WorkflowTest:
    """A new test, by default the last. Refused with ``too_many_tests`` and, by path, ``test_invalid``."""
    with transaction.atomic():
        # The row is held so that two at once do not both count to the limit.
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        return add_test(workflow, actor, given)


def add_test(workflow: Workflow, actor: Actor, given: Mapping[str, Any]) -> WorkflowTest:
    """The same within the caller's transaction, which holds the workflow."""
    rows = tests_of(workflow)
    if rows.count() >= MAX_TESTS:
        raise Conflict(f"A workflow may have at most {MAX_TESTS} tests.", code="too_many_tests")
    test = WorkflowTest(organization_id=workflow.organization_id, workflow=workflow, created_by_id=actor.user_id)
    last = rows.aggregate(last=Max("position"))["last"]
    test.position = 0 if last is None else last + 1
    _fill(test, given, {})
    test.save()
    audit(actor, "workflow.test_created", "workflow", workflow.id, workflow.name, {"test": ("", test.name)})
    return test


def change_test(
    *,
    actor: Actor,
    workflow_id: UUID,
    test_id: UUID,
    changes: Mapping[str, Any],
    expected_etags: Collection[str] | None = None,
    whole: bool = False,
) -> WorkflowTest:
    """Change what is given; ``whole``: what is left out goes back to what it is by default."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        test = _one(workflow, test_id)
        if expected_etags is not None:
            _require_fresh(test, expected_etags)
        before = test.name
        if whole:
            changes = {"description": "", "trigger_node": "", "position": test.position, **changes}
        _fill(test, changes, {} if whole else test.value)
        test.save()
        audit(actor, "workflow.test_changed", "workflow", workflow.id, workflow.name, {"test": (before, test.name)})
    return test


def delete_test(*, actor: Actor, workflow_id: UUID, test_id: UUID) -> None:
    """Remove a test."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        test = _one(workflow, test_id)
        audit(actor, "workflow.test_deleted", "workflow", workflow.id, workflow.name, {"test": (test.name, "")})
        test.delete()


def etag_of_test(test: WorkflowTest) -> str:
    """The strong tag of a test, without quotes. A run does not change it."""
    return f"{test.id.hex[-8:]}-{int(test.updated_at.timestamp() * 1_000_000):x}"


def _require_fresh(test: WorkflowTest, expected: Collection[str]) -> None:
    current = etag_of_test(test)
    if current not in expected and "*" not in expected:
        raise StaleWrite(
            "Somebody saved this test after you read it. Load it again and repeat your change.",
            params={"etag": current},
        )


def _one(workflow: Workflow, test_id: UUID) -> WorkflowTest:
    test = tests_of(workflow).filter(id=test_id).first()
    if test is None:
        raise NotFound("This workflow has no test with this id.", code="test_not_found")
    return test


def _fill(test: WorkflowTest, given: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    for name in NAMED:
        if name in given:
            setattr(test, name, given[name])
    held = {**before, **{name: given[name] for name in VALUED if name in given}}
    faults = case_faults(held)
    if faults:
        raise InvalidInput("The test cannot be kept as it is; see errors.", code="test_invalid", errors=faults)
    value = normal_value(held)
    if len(dumps(value)) > MAX_BYTES:
        raise TooLarge(f"A test may have at most {MAX_BYTES} bytes as JSON.", code="test_too_large")
    test.value = value
    test.assertion_count = len(value["assertions"])
