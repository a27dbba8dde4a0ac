"""Screens of executions: the list, and one with its timeline."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, signed_in
from apps.core.web.listing import newest_first
from apps.workflows.access import get_execution, visible_workflows
from apps.workflows.constants import BROKEN_OFF, FINAL_STATUSES, Environment, ExecutionStatus, TriggerMode
from apps.workflows.execution.waits_shown import waits_of
from apps.workflows.models import Execution, NodeExecution
from apps.workflows.selectors.executions import (
    changes_of,
    executions_for,
    failed_node_name,
    log_lines,
    node_run_details,
)
from apps.workflows.web.filters import PERIODS, execution_filters
from apps.workflows.web.parts import node_look

MAX_LOG_LINES = 500
MAX_SHOWN_ITEMS = 1_000
MAX_CALLS = 20
MORE_FILTERS = ("trigger_mode", "environment", "since", "until")


@require_GET
@signed_in
def execution_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Executions, newest first, with search, status, start and time."""
    filters = execution_filters(request.GET.dict())
    workflow = filters.get("workflow")
    context = {
        "page": newest_first(request, executions_for(actor, filters)),
        "statuses": ExecutionStatus.choices,
        "modes": TriggerMode.choices,
        "environments": Environment.choices,
        "periods": [(name, label) for name, (label, _length) in PERIODS.items()],
        "workflow": visible_workflows(actor).filter(id=workflow).first() if workflow else None,
        "filtered": bool(filters),
        "has_more": any(request.GET.get(name) for name in MORE_FILTERS),
        "can_run": can(actor, Permission.EXECUTE),
        "final": FINAL_STATUSES,
    }
    return render(request, "workflows/executions.html", context)


@require_GET
@signed_in
def execution_page(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """One execution: facts, timeline with the items of every node, log."""
    execution = get_execution(actor, execution_id, Permission.READ)
    lines = log_lines(execution)
    logs = list(lines[: MAX_LOG_LINES + 1])
    calls = list(executions_for(actor, {"parent": execution.id}).order_by("id")[: MAX_CALLS + 1])
    context = {
        "execution": execution,
        "is_final": execution.status in FINAL_STATUSES,
        "state": _state(execution),
        "steps": [_step(run) for run in node_run_details(execution)],
        # Ids of one millisecond are in no order.
        "logs": sorted(logs[:MAX_LOG_LINES], key=lambda line: line.timestamp),
        "has_more_logs": len(logs) > MAX_LOG_LINES,
        "log_limit": MAX_LOG_LINES,
        "changes": [_change(change) for change in changes_of(execution)],
        "calls": calls[:MAX_CALLS],
        "more_calls": len(calls) > MAX_CALLS,
        "failed_name": failed_node_name(execution),
        "is_newest": execution.version_id == execution.workflow.current_id,
        "broke_off": execution.status in BROKEN_OFF,
        "can_run": can(actor, Permission.EXECUTE) and execution.workflow.deleted_at is None,
        "can_write": can(actor, Permission.WRITE),
        "pause": execution.open_pause,
        "waits": _waits(actor, execution),
    }
    return render(request, "workflows/execution.html", context)


@require_GET
@signed_in
def execution_state(request: HttpRequest, actor: Actor, execution_id: UUID) -> HttpResponse:
    """A word that changes whenever the page of the execution does."""
    return JsonResponse({"state": _state(get_execution(actor, execution_id, Permission.READ))})


def _waits(actor: Actor, execution: Execution) -> list[dict[str, Any]]:
    """What it waits for; asked for only where it can wait."""
    if execution.status not in (ExecutionStatus.WAITING, ExecutionStatus.PAUSED):
        return []
    return list(waits_of(execution, with_addresses=can(actor, Permission.EXECUTE)).values())


def _state(execution: Execution) -> str:
    return f"{execution.status}-{execution.journal_length}" + ("-pausing" if execution.pause_requested else "")


def _texts() -> dict[str, str]:
    return {
        "table": _("Table"),
        "json": _("JSON"),
        "items": _("items"),
        "item": _("item"),
        "none": _("No items."),
        "copy": _("Copy"),
        "no_fields": _("This item has no fields."),
    }


def _step(run: Any) -> dict[str, Any]:
    return {
        "run": run,
        "look": node_look(run.node_type),
        "inputs": [_view(run, "in", port, items) for port, items in run.input.items()],
        "outputs": [_view(run, "out", port, items) for port, items in run.output.items()],
    }


def _change(change: dict[str, Any]) -> dict[str, Any]:
    look = node_look(change["type"])
    text = json.dumps(change["effect"], indent=2, ensure_ascii=False)
    return {**change, "look": look, "label": look["label"], "number": change["item"] + 1, "text": text}


def _view(run: NodeExecution, side: str, port: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    side_name = _("Input") if side == "in" else _("Output")
    label = f"{run.execution_order + 1}. {run.node_name}: {side_name} {port}"
    shown = items[:MAX_SHOWN_ITEMS]
    rows = [item["json"] | ({"error": item["error"]} if "error" in item else {}) for item in shown]
    files = [item.get("binary") for item in shown]
    return {
        "id": f"items-{side}-{run.execution_order}-{port}",
        "port": port,
        "props": {"label": label, "items": rows, "texts": _texts()} | ({"files": files} if any(files) else {}),
    }
