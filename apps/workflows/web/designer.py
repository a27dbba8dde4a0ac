"""The designer's page: the shell around the island, and what the island begins with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, signed_in
from apps.workflows.access import get_workflow
from apps.workflows.models import Workflow
from apps.workflows.registry import node_type_icons
from apps.workflows.services.views import read_view
from exprsn.kernel.jsonvalue import JsonObject


@require_GET
@signed_in
def designer_page(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """A workflow on its canvas."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    context = {
        "workflow": workflow,
        "icons": node_type_icons(),
        "props": {
            "workflow": _facts(workflow),
            "person": {"id": str(actor.user_id), "name": actor.label},
            "rights": {
                "write": can(actor, Permission.WRITE),
                "run": can(actor, Permission.EXECUTE),
                "publish": can(actor, Permission.PUBLISH),
            },
            "view": _seen(actor, workflow),
            "execution": request.GET.get("execution"),
            "baseUrl": request.build_absolute_uri("/")[:-1],
        },
    }
    return render(request, "workflows/designer.html", context)


def _seen(actor: Actor, workflow: Workflow) -> JsonObject | None:
    """How the person looked at it last; None for the first time."""
    view = read_view(actor=actor, workflow_id=workflow.id)
    return {name: view[name] for name in ("x", "y", "zoom")} if view["saved"] else None


def _facts(workflow: Workflow) -> dict[str, Any]:
    return {
        "id": str(workflow.id),
        "name": workflow.name,
        "slug": workflow.slug,
        "description": workflow.description,
        "status": workflow.status,
        "environment": workflow.environment,
        "version": workflow.current.number if workflow.current else None,
        "published_version": workflow.published.number if workflow.published else None,
        "tags": workflow.tags,
        "folder": workflow.folder,
    }
