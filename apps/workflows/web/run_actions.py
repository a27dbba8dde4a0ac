"""What the buttons of executions do."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import back_to, signed_in
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus
from apps.workflows.services.bulk_retries import MAX_RETRIED, Retried, retry_executions
from apps.workflows.services.executions import delete_execution, stop_execution
from apps.workflows.services.pausing import pause_execution, resume_execution
from apps.workflows.services.replays import replay_execution
from apps.workflows.services.retries import retry_execution
from apps.workflows.web.filters import execution_filters
from exprsn.kernel.errors import InvalidInput

LIST = "/executions/"


@require_POST
@signed_in
def retry(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """Run again what is finished: as it was or with the newest version, from the start or from the failed node."""
    execution = retry_execution(
        actor=actor,
        execution_id=execution_id,
        use_newest_version=request.POST.get("version") == "newest",
        from_failed_node=request.POST.get("from") == "failed",
    )
    messages.success(request, _("Running again."))
    return redirect("execution", execution_id=execution.id)


@require_POST
@signed_in
def retry_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Run those again that are ticked, or all failed ones that the list's filters find."""
    wanted: dict[str, Any] = {"from_failed": request.POST.get("from") == "failed"}
    if request.POST.get("which") == "all":
        wanted["filters"] = execution_filters(request.GET.dict()) | {"status": ExecutionStatus.ERROR}
    else:
        wanted["ids"] = _ids(request)
    if not wanted.get("ids", True):
        messages.warning(request, _("Tick the runs first."))
    else:
        _tell(request, retry_executions(actor=actor, **wanted))
    return redirect(back_to(request, LIST))


@require_POST
@signed_in
def replay(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """A new run of what is published now, with what started this one."""
    execution = replay_execution(actor=actor, execution_id=execution_id)
    messages.success(request, _("Running with the same trigger data."))
    return redirect("execution", execution_id=execution.id)


@require_POST
@signed_in
def stop(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """Stop now, or after the step that runs."""
    execution = stop_execution(actor=actor, execution_id=execution_id)
    is_over = execution.status in FINAL_STATUSES
    messages.success(request, _("Stopped.") if is_over else _("It stops after the current step."))
    return redirect(back_to(request, LIST))


@require_POST
@signed_in
def pause(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """Let it stand still now, or after the step that runs."""
    execution = pause_execution(actor=actor, execution_id=execution_id)
    is_paused = execution.status == ExecutionStatus.PAUSED
    messages.success(request, _("Paused.") if is_paused else _("It pauses after the current step."))
    return redirect("execution", execution_id=execution_id)


@require_POST
@signed_in
def resume(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """Let it go on; where a step is in doubt, with what a person says of it."""
    decision = request.POST.get("decision", "")
    output = _items(request.POST.get("output", "")) if decision == "done" else None
    resume_execution(actor=actor, execution_id=execution_id, decision=decision, output=output)
    messages.success(request, _("It goes on."))
    return redirect("execution", execution_id=execution_id)


@require_POST
@signed_in
def delete(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """Remove a finished execution with its data, for good."""
    delete_execution(actor=actor, execution_id=execution_id)
    messages.success(request, _("Execution deleted."))
    return redirect("executions")


def _ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist("ids")[: MAX_RETRIED + 1]]
    except ValueError as error:
        raise InvalidInput("An id of an execution cannot be read.") from error


def _items(text: str) -> list[dict[str, Any]] | None:
    """The items that somebody typed as JSON, an object or a list of objects; None for nothing."""
    if not text.strip():
        return None
    told = _("The items are no JSON object or list of objects.")
    try:
        read = json.loads(text)
    except ValueError as error:
        raise InvalidInput(told, errors={"output": [told]}) from error
    entries = read if isinstance(read, list) else [read]
    if not all(isinstance(entry, dict) for entry in entries):
        raise InvalidInput(told, errors={"output": [told]})
    return [{"json": entry} for entry in entries]


def _tell(request: HttpRequest, done: Retried) -> None:
    accepted, refused = len(done.accepted), len(done.refused)
    if accepted:
        said = ngettext("%(n)s run begins again.", "%(n)s runs begin again.", accepted) % {"n": accepted}
        messages.success(request, f"{said} {_('There are more: press again.')}" if done.more else said)
    if refused:
        said = ngettext("%(n)s run was refused:", "%(n)s runs were refused, the first:", refused) % {"n": refused}
        messages.error(request, f"{said} {done.refused[0][1].message}")
    if not accepted and not refused:
        messages.info(request, _("No failed run is left that was not retried already."))
