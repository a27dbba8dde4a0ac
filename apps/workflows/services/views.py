"""Keeping how a person looks at a workflow. It is theirs alone: not audited, and no change of the workflow."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.core.public import dumps
from apps.workflows.access import get_workflow
from apps.workflows.models import WorkflowView
from exprsn.kernel.errors import InvalidInput, NotAllowed
from exprsn.kernel.jsonvalue import JsonObject

MAX_PANELS = 4_096
UNSEEN: JsonObject = {"x": 0, "y": 0, "zoom": 1, "panels": {}, "saved": False}


def read_view(*, actor: Actor, workflow_id: UUID) -> JsonObject:
    """``{x, y, zoom, panels, saved}``; where nothing was kept yet the beginning, with ``saved`` false."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    rows = WorkflowView.objects.for_organization(workflow.organization_id)
    view = rows.filter(workflow=workflow, user=actor.user_id).first()
    return UNSEEN if view is None else {**view.value, "saved": True}


def keep_view(
    *, actor: Actor, workflow_id: UUID, x: float, y: float, zoom: float, panels: JsonObject | None = None
) -> JsonObject:
    """Keep the view; without ``panels`` those that were kept stay."""
    if actor.user_id is None:
        raise NotAllowed("Only a person has a view of a workflow.")
    if len(dumps(panels or {})) > MAX_PANELS:
        message = f"The panels may have at most {MAX_PANELS} bytes as JSON."
        raise InvalidInput(message, code="view_too_large", errors={"panels": [message]})
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.READ)
        rows = WorkflowView.objects.for_organization(workflow.organization_id).select_for_update()
        view = rows.filter(workflow=workflow, user=actor.user_id).first()
        kept = {} if view is None else view.value["panels"]
        value = {"x": x, "y": y, "zoom": zoom, "panels": kept if panels is None else panels}
        made = WorkflowView(organization_id=workflow.organization_id, workflow=workflow, user_id=actor.user_id)
        made.value = value
        # One statement, so that two tabs that keep their first view at once do not meet.
        WorkflowView.objects.for_organization(workflow.organization_id).bulk_create(
            [made],
            update_conflicts=True,
            update_fields=["encoding", "data", "updated_at"],
            unique_fields=["workflow", "user"],
        )
    return {**value, "saved": True}
