"""Reading what the live streams are made of."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q

from apps.workflows.live.stream import Row
from apps.workflows.models import Execution, ExecutionLog, NodeExecution

_EXECUTION = (
    "organization_id", "status", "journal_length", "fence", "trigger_mode", "started_at", "finished_at",
    "total_duration_ms", "nodes_executed", "nodes_skipped", "nodes_failed", "failed_node", "error",
)  # fmt: skip
_NODE = (
    "node_id", "node_name", "node_type", "status", "started_at", "finished_at", "duration_ms", "execution_order",
    "run_index", "retry_count", "items_in", "items_out", "error",
)  # fmt: skip
_LOG = ("timestamp", "level", "message", "node_id", "node_name", "execution_order")
REASON = "live, for watchers whose permission was checked when they joined"


def execution_row(execution_id: UUID) -> Row | None:
    """The execution now."""
    found: Row | None = Execution.objects.for_system(reason=REASON).filter(id=execution_id).values(*_EXECUTION).first()
    return found


def node_rows(execution_id: UUID, order: int) -> list[Row]:
    """Its node runs from this one on."""
    rows = NodeExecution.objects.for_system(reason=REASON)
    found = rows.filter(execution_id=execution_id, execution_order__gte=order)
    return list(found.order_by("execution_order").values(*_NODE))


def log_rows(execution_id: UUID, order: int) -> list[Row]:
    """Its log from this node run on; lines older than the numbering come last."""
    rows = ExecutionLog.objects.for_system(reason=REASON)
    found = rows.filter(Q(execution_order__gte=order) | Q(execution_order=None), execution_id=execution_id)
    ordered = found.order_by(F("execution_order").asc(nulls_last=True), "line", "timestamp", "id")
    return list(ordered.values(*_LOG))
