"""From draft to live: publish, activate, deactivate."""

from __future__ import annotations

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
from apps.workflows.services.triggers import install_triggers, remove_triggers
from exprsn.kernel.errors import Conflict, NotFound


class PublishWorkflow:
    """Makes a version the one that triggers start. ``check`` refuses, ``execute`` writes."""

    def __init__(self, *, actor: Actor, workflow_id: UUID, version: int | None = None, message: str = "") -> None:
        self.actor = actor
        self.workflow_id = workflow_id
        self.number = version
        self.message = message

    def check(self, workflow: Workflow) -> tuple[WorkflowVersion, Definition]:
        """The version to publish, or the refusal that names every fault with its path."""
        version = self._chosen(workflow)
        return version, require_publishable(workflow.organization_id, version.document.value)

    def execute(self) -> Workflow:
        """Publish; if the workflow is active its triggers follow in the same transaction."""
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
            changes = {"published_version": (before, version.number)}
            audit(self.actor, "workflow.published", "workflow", workflow.id, workflow.name, changes)
            _announce("workflow.published", workflow, self.actor)
        return workflow

    def _chosen(self, workflow: Workflow) -> WorkflowVersion:
        if self.number is None:
            assert workflow.current is not None
            return workflow.current
        rows = WorkflowVersion.objects.for_organization(workflow.organization_id)
        version = rows.filter(workflow=workflow, number=self.number).first()
        if version is None:
            raise NotFound("This workflow has no version with that number.", code="version_not_found")
        return version


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
