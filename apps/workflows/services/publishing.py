"""From draft to live: publish, activate, deactivate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import publish_event
from apps.workflows.access import get_workflow
from apps.workflows.constants import WorkflowStatus
from apps.workflows.engine.definition import Definition
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.services.documents import parse_definition, require_publishable
from apps.workflows.services.test_cases.gate import has_required_tests, require_tests_pass
from apps.workflows.services.test_cases.running import chosen_version
from apps.workflows.services.triggers import install_triggers, remove_triggers
from exprsn.kernel.errors import Conflict


class PublishWorkflow:
    """Makes a version the one that triggers start. ``check`` refuses, ``execute`` writes.

    The tests of the workflow are run first, unless ``skip_tests`` is asked for, which is audited.
    """

    def __init__(
        self,
        *,
        actor: Actor,
        workflow_id: UUID,
        version: int | None = None,
        message: str = "",
        skip_tests: bool = False,
    ) -> None:
        self.actor = actor
        self.workflow_id = workflow_id
        self.number = version
        self.message = message
        self.skip_tests = skip_tests

    def check(self, workflow: Workflow) -> tuple[WorkflowVersion, Definition]:
        """The version to publish, or the refusal that names every fault with its path."""
        version = self._chosen(workflow)
        return version, require_publishable(workflow.organization_id, version.document.value)

    def execute(self) -> Workflow:
        """Publish; if the workflow is active its triggers follow in the same transaction."""
        skipped = self._run_tests()
        with transaction.atomic():
            workflow = get_workflow(self.actor, self.workflow_id, Permission.PUBLISH, lock=True)
            version, definition = self.check(workflow)
            version.seal()
            if self.message:
                version.message = self.message[:200]
                version.save(update_fields=["message", "updated_at"])
            before = workflow.published.number if workflow.published else None
            workflow.published = version
            workflow.save(update_fields=["published", "updated_at"])
            if workflow.status == WorkflowStatus.ACTIVE:
                install_triggers(workflow, version, definition)
            changes: dict[str, tuple[Any, Any]] = {"published_version": (before, version.number)}
            if skipped:
                changes["tests_skipped"] = (False, True)
            audit(self.actor, "workflow.published", "workflow", workflow.id, workflow.name, changes)
            _announce("workflow.published", workflow, self.actor)
        return workflow

    def _run_tests(self) -> bool:
        """Whether there are tests that were left out. Before the transaction: they may take a minute.

        The version is sealed first, so that what was tested is what is published.
        """
        workflow = get_workflow(self.actor, self.workflow_id, Permission.PUBLISH)
        if not has_required_tests(workflow, chosen_version(workflow, self.number)):
            return False
        if self.skip_tests:
            return True
        version, _ = self.check(workflow)
        version.seal()
        self.number = version.number
        require_tests_pass(workflow, version)
        return False

    def _chosen(self, workflow: Workflow) -> WorkflowVersion:
        return chosen_version(workflow, self.number)


def activate_workflow(*, actor: Actor, workflow_id: UUID) -> Workflow:
    """Let the published version's triggers start runs."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.PUBLISH, lock=True)
        if workflow.published is None:
            raise Conflict("Publish the workflow before you activate it.", code="not_published")
        if workflow.status == WorkflowStatus.ARCHIVED:
            raise Conflict("An archived workflow cannot be activated.", code="workflow_archived")
        definition = parse_definition(workflow.published.document.value)
        install_triggers(workflow, workflow.published, definition)
        _set_status(workflow, WorkflowStatus.ACTIVE, "workflow.activated", actor)
    return workflow


def deactivate_workflow(*, actor: Actor, workflow_id: UUID) -> Workflow:
    """Stop the triggers. Runs that were accepted finish."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.PUBLISH, lock=True)
        remove_triggers(workflow)
        if workflow.status == WorkflowStatus.ACTIVE:
            _set_status(workflow, WorkflowStatus.PAUSED, "workflow.deactivated", actor)
    return workflow


def _set_status(workflow: Workflow, status: WorkflowStatus, verb: str, actor: Actor) -> None:
    before = workflow.status
    workflow.status = status
    workflow.save(update_fields=["status", "updated_at"])
    audit(actor, verb, "workflow", workflow.id, workflow.name, {"status": (before, str(status))})
    _announce(verb, workflow, actor)


def _announce(event: str, workflow: Workflow, actor: Actor) -> None:
    publish_event(
        event,
        organization_id=workflow.organization_id,
        actor_id=actor.user_id,
        payload={"workflow": str(workflow.id), "name": workflow.name, "status": workflow.status},
    )
