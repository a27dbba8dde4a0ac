"""What a run that pauses or ends changes in its row, and whether its data is to be kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from apps.core.public import forget_file_uses
from apps.workflows.constants import ExecutionStatus
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.run import RunResult
from apps.workflows.execution.calls import LOOK_AGAIN_AFTER
from apps.workflows.execution.journal_rows import clean_json
from apps.workflows.models import Approval, Execution, ExecutionLog, ExecutionPayload, NodeExecution, Waitpoint
from exprsn.kernel.clock import utc_now


def row_changes(execution: Execution, result: RunResult) -> dict[str, Any]:
    """What the row of a run becomes when it ends, waits or is handed over."""
    now = utc_now()
    changes: dict[str, Any] = {
        "owner": "",
        "lease_until": None,
        "updated_at": now,
        "nodes_executed": result.nodes_executed,
        "nodes_skipped": result.nodes_skipped,
        "nodes_failed": result.nodes_failed,
    }
    if result.status == "yielded":
        return {**changes, "status": ExecutionStatus.QUEUED, "hinted_at": now}
    if result.status == "waiting":
        resume_at = result.resume_at or now + LOOK_AGAIN_AFTER
        return {**changes, "status": ExecutionStatus.WAITING, "resume_at": resume_at}
    return {
        **changes,
        "status": ExecutionStatus(result.status),
        "finished_at": now,
        "total_duration_ms": _milliseconds(execution.started_at, now),
        "output_order": result.output_order,
        "error": clean_json(result.error),
        "failed_node": result.failed_node,
    }


def _milliseconds(started: datetime | None, now: datetime) -> int:
    return max(0, int((now - (started or now)).total_seconds() * 1000))


def keeps_data(execution: Execution, graph: Graph, status: str, *, answer_is_awaited: bool) -> bool:
    """Whether the items, node runs and log of a run that ended so are kept: the workflow's ``save_`` settings.

    Data that a caller still has to fetch is kept whatever they say. ``answer_is_awaited``: a caller of the webhook
    may wait in another process, unless the webhook answers at once.
    """
    settings = graph.definition.settings
    if execution.awaited or (answer_is_awaited and not _answers_at_once(execution, graph)):
        return True
    if execution.trigger_mode in BY_HAND and not settings.save_manual:
        return False
    if status == ExecutionStatus.ERROR:
        return settings.save_error
    return settings.save_success or status == ExecutionStatus.CANCELED


def _answers_at_once(execution: Execution, graph: Graph) -> bool:
    mode = graph.compiled(execution.trigger_node).parameters.raw("response_mode")
    return mode in (None, "immediately")


def forget_data(execution: Execution) -> None:
    """Remove the items, node runs and log of a run; its row stays."""
    for model in (NodeExecution, ExecutionLog, ExecutionPayload, Approval, Waitpoint):
        model.objects.for_organization(execution.organization_id).filter(execution_id=execution.id).delete()
    forget_file_uses([execution.id])


def is_data_of(row: Model, execution: Execution) -> bool:
    """Whether a row holds items, node runs or log of this run, and is not of a run that it called."""
    return not isinstance(row, Execution) and getattr(row, "execution_id", None) == execution.id


def forget_waiting_row(execution: Execution, order: int) -> None:
    """Remove the row of a node run that waited and is journaled anew."""
    rows = NodeExecution.objects.for_organization(execution.organization_id)
    rows.filter(execution_id=execution.id, execution_order=order).delete()
