"""Taking workflows out of the trash."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import publish_event
from apps.workflows.access import get_trashed_workflow
from apps.workflows.models import Workflow
from apps.workflows.services.publishing import activate_workflow
from apps.workflows.services.workflows import free_slug


def restore_workflow(*, actor: Actor, workflow_id: UUID, activate: bool = False) -> Workflow:
    """Take a workflow out of the trash. Its triggers stay off unless ``activate`` says otherwise.

    A slug that somebody took in the meantime is replaced by a free one.
    """
    with transaction.atomic():
        workflow = get_trashed_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        if _slug_is_taken(workflow):
            workflow.slug = free_slug(workflow.organization_id, workflow.name)
        workflow.deleted_at = None
        workflow.save(update_fields=["deleted_at", "slug", "updated_at"])
        audit(actor, "workflow.restored", "workflow", workflow.id, workflow.name)
        publish_event(
            "workflow.restored",
            organization_id=workflow.organization_id,
            actor_id=actor.user_id,
            payload={"workflow": str(workflow.id), "name": workflow.name, "status": workflow.status},
        )
        return activate_workflow(actor=actor, workflow_id=workflow.id) if activate else workflow


def _slug_is_taken(workflow: Workflow) -> bool:
    rows = Workflow.objects.for_organization(workflow.organization_id)
    return rows.filter(slug=workflow.slug, deleted_at__isnull=True).exclude(id=workflow.id).exists()
