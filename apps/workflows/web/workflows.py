"""Screens of workflows: the list, the trash, one workflow, import."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, require, signed_in
from apps.core.public import loads_untrusted
from apps.core.web.listing import newest_first
from apps.pages.public import open_forms
from apps.workflows.access import get_workflow, trashed_workflows
from apps.workflows.constants import WorkflowStatus
from apps.workflows.models import Webhook, WorkflowVersion
from apps.workflows.selectors.executions import executions_for
from apps.workflows.selectors.workflows import workflows_for
from apps.workflows.services.documents import validate_document
from apps.workflows.services.imports import import_workflows
from apps.workflows.serving.forms import OWNER_TYPE, owner_id
from apps.workflows.web.forms import WorkflowForm
from apps.workflows.web.parts import fault_rows, node_rows
from exprsn.kernel.errors import Category, DomainError

RECENT = 5
MAX_FAULTS = 50
MAX_WEBHOOKS = 20
MAX_SHOWN_TEXT = 200_000
# What is wrong with the file, as opposed to who sent it.
FILE_FAULTS = {Category.INVALID, Category.CONFLICT, Category.MALFORMED, Category.TOO_LARGE}


@require_GET
@signed_in
def workflow_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every workflow that the actor may see, with search and status."""
    context = {
        "page": newest_first(request, workflows_for(actor, request.GET)),
        "statuses": WorkflowStatus.choices,
        "filtered": any(request.GET.get(name) for name in ("search", "status")),
        **_rights(actor),
    }
    return render(request, "workflows/list.html", context)


@require_GET
@signed_in
def workflow_trash(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was deleted and can be taken back."""
    context = {"page": newest_first(request, trashed_workflows(actor)), **_rights(actor)}
    return render(request, "workflows/trash.html", context)


@require_GET
@signed_in
def workflow_page(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """One workflow: what it consists of, what is wrong with it, what it did last."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    assert workflow.current is not None
    definition = workflow.current.document.value
    faults = validate_document(workflow.organization_id, definition)
    webhooks = Webhook.objects.for_organization(actor.organization_id).filter(workflow=workflow)
    versions = WorkflowVersion.objects.for_organization(actor.organization_id).filter(workflow=workflow)
    context = {
        "workflow": workflow,
        "nodes": node_rows(definition["nodes"]),
        "connections": len(definition["connections"]),
        "faults": fault_rows(faults[:MAX_FAULTS], definition["nodes"]),
        "more_faults": max(len(faults) - MAX_FAULTS, 0),
        "webhooks": webhooks.order_by("path", "method")[:MAX_WEBHOOKS],
        "forms": open_forms(actor.organization_id, OWNER_TYPE, owner_id(workflow.id)),
        "versions": versions.select_related("author").order_by("-number")[:RECENT],
        "executions": executions_for(actor, {"workflow": workflow.id}).order_by("-id")[:RECENT],
        "form": WorkflowForm(initial={"name": workflow.name, "description": workflow.description}),
        "base_url": request.build_absolute_uri("/")[:-1],
        **_rights(actor),
    }
    return render(request, "workflows/workflow.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def workflow_import(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Import by file or paste; then the report of what was converted, or why it cannot be."""
    require(actor, Permission.WRITE)
    if request.method == "GET":
        return render(request, "workflows/import.html")
    upload = request.FILES.get("file")
    text = upload.read() if upload else request.POST.get("text", "").encode()
    try:
        made = _imported(actor, text)
    except DomainError as error:
        if error.category not in FILE_FAULTS:
            raise
        return render(request, "workflows/import.html", _refused(error, text))
    results = [{"workflow": workflow, "report": outcome.report.to_data()} for workflow, outcome in made]
    return render(request, "workflows/imported.html", {"results": results})


def _imported(actor: Actor, text: bytes) -> Any:
    return import_workflows(actor=actor, data=loads_untrusted(text))


def _refused(error: DomainError, text: bytes) -> dict[str, Any]:
    """The page as it was, with the reasons; a text too long to be mended by hand is left out."""
    shown = text.decode(errors="replace") if len(text) <= MAX_SHOWN_TEXT else ""
    details = [f"{path}: {found[0]}" if path else found[0] for path, found in error.errors.items() if found]
    message = error.message if text.strip() else _("Choose a file or paste the JSON of a workflow first.")
    return {"problem": message, "details": details[:MAX_FAULTS], "text": shown}


def _rights(actor: Actor) -> dict[str, bool]:
    return {
        "can_write": can(actor, Permission.WRITE),
        "can_run": can(actor, Permission.EXECUTE),
        "can_publish": can(actor, Permission.PUBLISH),
    }
