"""Running the tests of a workflow. No execution is made, nothing outside changes."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.workflows.access import get_workflow
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.testing.assertions import Failure
from apps.workflows.engine.testing.cases import parse_case
from apps.workflows.engine.testing.coverage import Coverage
from apps.workflows.engine.testing.running import ERROR, CaseOutcome, World, run_case
from apps.workflows.execution.decision_port import OrganizationTables
from apps.workflows.execution.environment import workflow_facts
from apps.workflows.execution.file_port import StoredFiles
from apps.workflows.execution.real_ports import SandboxedCode, SandboxedExpressions
from apps.workflows.models import Workflow, WorkflowTest, WorkflowVersion
from apps.workflows.registry import node_types
from apps.workflows.services.documents import require_runnable
from apps.workflows.services.test_cases.reports import Ran, report_of, short_result
from apps.workflows.services.test_cases.slots import test_slot
from apps.workflows.services.test_cases.storing import MAX_TESTS, tests_of
from exprsn.kernel.errors import NotFound

SECONDS_IN_ALL = 60.0
SECONDS_EACH = 20.0


@dataclass(frozen=True, slots=True)
class RunTests:
    """Runs tests of a workflow: all, or those with these ids; on the draft, or on the version with this number."""

    actor: Actor
    workflow_id: UUID
    tests: Collection[UUID] | None = None
    version: int | None = None

    def execute(self) -> dict[str, Any]:
        """The report. Refused with ``test_not_found``, ``version_not_found``, ``definition_invalid`` and
        ``tests_busy``."""
        workflow = get_workflow(self.actor, self.workflow_id, Permission.EXECUTE)
        rows = self._chosen(workflow)
        return run_tests(workflow, chosen_version(workflow, self.version), rows)

    def _chosen(self, workflow: Workflow) -> list[WorkflowTest]:
        rows = tests_of(workflow)
        if self.tests is None:
            return list(rows[:MAX_TESTS])
        found = list(rows.filter(id__in=self.tests)[:MAX_TESTS])
        if len(found) != len(set(self.tests)):
            raise NotFound("This workflow has no test with one of these ids.", code="test_not_found")
        return found


def chosen_version(workflow: Workflow, number: int | None) -> WorkflowVersion:
    """The version with this number, else the draft. Refused with ``version_not_found``."""
    if number is None:
        assert workflow.current is not None
        return workflow.current
    rows = WorkflowVersion.objects.for_organization(workflow.organization_id)
    version = rows.filter(workflow=workflow, number=number).first()
    if version is None:
        raise NotFound("This workflow has no version with that number.", code="version_not_found")
    return version


def run_tests(workflow: Workflow, version: WorkflowVersion, tests: Sequence[WorkflowTest]) -> dict[str, Any]:
    """Run these tests on a version, one after the other, and keep with each what it came to."""
    definition = require_runnable(workflow.organization_id, version.document.value)
    graph = Graph(definition, node_types.get)
    world, coverage = world_of(workflow), Coverage(graph)
    started = time.perf_counter()
    ran: list[Ran] = []
    with test_slot():
        for test in tests:
            left = SECONDS_IN_ALL - (time.perf_counter() - started)
            outcome = _too_late() if left <= 0 else _run(graph, test, world, min(left, SECONDS_EACH))
            coverage.add(outcome.entries)
            ran.append((test, outcome))
    duration = round((time.perf_counter() - started) * 1000, 3)
    _keep(version, ran)
    return report_of(version, ran, coverage, duration)


def world_of(workflow: Workflow) -> World:
    """What runs of this workflow's tests share with real ones."""
    facts, organization = workflow_facts(workflow.id), workflow.organization_id
    return World(
        code=SandboxedCode(organization),
        evaluator=SandboxedExpressions(organization),
        files=StoredFiles(organization, workflow.id),
        decisions=OrganizationTables(organization),
        workflow_id=str(workflow.id),
        workflow_name=facts.name,
        workflow_active=facts.active,
        timezone=facts.timezone,
        max_node_runs=settings.EXPRSN_MAX_NODE_RUNS,
    )


def _run(graph: Graph, test: WorkflowTest, world: World, seconds: float) -> CaseOutcome:
    return run_case(graph, parse_case(test.trigger_node, test.value), world, seconds)


def _too_late() -> CaseOutcome:
    message = f"The tests before took all of the {SECONDS_IN_ALL:g} seconds."
    return CaseOutcome(ERROR, failures=[Failure(None, "timeout", message)])


def _keep(version: WorkflowVersion, ran: Sequence[Ran]) -> None:
    for test, outcome in ran:
        test.last_result = short_result(version, outcome)
    if ran:
        rows = WorkflowTest.objects.for_organization(ran[0][0].organization_id)
        rows.bulk_update([test for test, _ in ran], ["last_result"])
