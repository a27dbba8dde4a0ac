"""What the buttons of a workflow do; what can be taken back offers to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, back_to, signed_in
from apps.core.web.toasts import toast_with_undo
from apps.workflows.access import get_workflow
from apps.workflows.constants import WorkflowStatus
from apps.workflows.services.executions import execute_workflow, rehearse_workflow
from apps.workflows.services.publishing import PublishWorkflow, activate_workflow, deactivate_workflow
from apps.workflows.services.trash import restore_workflow
from apps.workflows.services.workflows import (
    create_workflow,
    delete_workflow,
    duplicate_workflow,
    update_workflow,
)
from apps.workflows.web.forms import WorkflowForm

LIST = "/workflows/"


@require_POST
@signed_in
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An empty workflow, opened in the designer."""
    return redirect("workflow", workflow_id=create_workflow(actor=actor, name=_("New workflow")).id)


@require_POST
@signed_in
def run(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Start a run and show it."""
    return redirect("execution", execution_id=execute_workflow(actor=actor, workflow_id=workflow_id).id)


@require_POST
@signed_in
def dry_run(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Run without changing anything outside, and show what would have been changed."""
    return redirect("execution", execution_id=rehearse_workflow(actor=actor, workflow_id=workflow_id).id)


@require_POST
@signed_in
def publish(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Publish the current version, or the one whose number is given."""
    before = get_workflow(actor, workflow_id, Permission.PUBLISH).published
    number = request.POST.get("version") or request.GET.get("version") or ""
    chosen = int(number) if number.isdecimal() and len(number) < 9 else None
    workflow = PublishWorkflow(actor=actor, workflow_id=workflow_id, version=chosen).execute()
    assert workflow.published is not None
    said = _("Published version %(number)s.") % {"number": workflow.published.number}
    if before is None or before == workflow.published:
        messages.success(request, said)
    else:
        toast_with_undo(request, said, _url(workflow_id, "publish", f"version={before.number}"))
    return redirect(back_to(request, LIST))


@require_POST
@signed_in
def activate(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Let its triggers start runs."""
    activate_workflow(actor=actor, workflow_id=workflow_id)
    toast_with_undo(request, _("Active: its triggers start runs now."), _url(workflow_id, "deactivate"))
    return redirect(back_to(request, LIST))


@require_POST
@signed_in
def deactivate(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Stop its triggers."""
    deactivate_workflow(actor=actor, workflow_id=workflow_id)
    toast_with_undo(request, _("Paused: its triggers start nothing."), _url(workflow_id, "activate"))
    return redirect(back_to(request, LIST))


@require_POST
@signed_in
def duplicate(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Copy it and show the copy."""
    copy = duplicate_workflow(actor=actor, workflow_id=workflow_id)
    toast_with_undo(request, _("Copied as “%(name)s”.") % {"name": copy.name}, _url(copy.id, "delete"))
    return redirect("workflow", workflow_id=copy.id)


@require_POST
@signed_in
def delete(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Move it to the trash; taking that back makes an active one active again."""
    workflow = get_workflow(actor, workflow_id, Permission.WRITE)
    delete_workflow(actor=actor, workflow_id=workflow_id)
    query = "activate=yes" if workflow.status == WorkflowStatus.ACTIVE else ""
    said = _("“%(name)s” is in the trash.") % {"name": workflow.name}
    toast_with_undo(request, said, _url(workflow_id, "restore", query))
    return redirect("workflows")


@require_POST
@signed_in
def restore(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Take it out of the trash."""
    workflow = restore_workflow(actor=actor, workflow_id=workflow_id, activate=request.GET.get("activate") == "yes")
    messages.success(request, _("“%(name)s” is back.") % {"name": workflow.name})
    return redirect("workflow", workflow_id=workflow.id)


@require_http_methods(["GET", "POST"])
@signed_in
def rename(request: HttpRequest, actor: Actor, workflow_id: UUID) -> HttpResponse:
    """Change name and description."""
    workflow = get_workflow(actor, workflow_id, Permission.WRITE)
    form = WorkflowForm(request.POST or None, initial={"name": workflow.name, "description": workflow.description})
    if request.method == "POST" and form.is_valid():
        update_workflow(actor=actor, workflow_id=workflow_id, changes=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("workflow-overview", workflow_id=workflow_id)
    return render(request, "workflows/rename.html", {"workflow": workflow, "form": form})


def _url(workflow_id: UUID, action: str, query: str = "") -> str:
    return reverse(f"workflow-{action}", args=[workflow_id]) + (f"?{query}" if query else "")
