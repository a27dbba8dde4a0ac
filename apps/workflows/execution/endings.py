"""Ending runs from outside: those that do not stop when told to, and those that kill whoever carries them out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from apps.workflows.constants import ExecutionStatus, NodeStatus
from apps.workflows.execution.calls import callers_of
from apps.workflows.execution.events import tell_of_run
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.lanes import wake_when_committed
from apps.workflows.execution.waits import end_waits
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 500
FORCE_STOP_AFTER = timedelta(seconds=30)


def force_stops() -> int:
    """Runs that were asked to stop and did not are taken away from their process."""
    late = Q(status=ExecutionStatus.RUNNING, cancel_requested=True, updated_at__lt=utc_now() - FORCE_STOP_AFTER)
    return _end_all(late, ExecutionStatus.CANCELED)


def give_up_on(orphaned: Q) -> int:
    """Runs whose process died again and again end here: most likely they are what kills it."""
    most = settings.EXPRSN_MAX_TAKEOVERS
    error = {
        "message": f"The process that carried this run out died {most + 1} times. "
        "Look at the last step: it may need more memory than there is.",
        "kind": "taken_over_too_often",
    }
    ended = _end_all(orphaned & Q(takeovers__gte=most), ExecutionStatus.ERROR, error=error)
    if ended:
        logger.error("executions_given_up", count=ended)
    return ended


def _end_all(found: Q, status: str, **changes: Any) -> int:
    rows = Execution.objects.for_system(reason="runs to end from outside")
    # By the column of the index of running ones; by id every run that there ever was would be looked at.
    ids = list(rows.filter(found).order_by("lease_until").values_list("id", flat=True)[:BATCH])
    return sum(_end(execution_id, found, status, changes) for execution_id in ids)


def _end(execution_id: UUID, found: Q, status: str, changes: dict[str, Any]) -> int:
    rows = Execution.objects.for_system(reason="end a run from outside")
    with transaction.atomic():
        ends = {"owner": "", "lease_until": None, "finished_at": utc_now(), "pause": None, "pause_requested": False}
        changed = rows.filter(found, id=execution_id).update(status=status, fence=F("fence") + 1, **ends, **changes)
        if changed:
            tell_of_end(rows.get(id=execution_id))
    return changed


def tell_of_end(ended: Execution) -> None:
    """Within the transaction that ends a run which nobody carries out: the caller who waits for it, and those who
    look at it."""
    nodes = NodeExecution.objects.for_organization(ended.organization_id)
    nodes.filter(execution_id=ended.id, status=NodeStatus.WAITING).update(
        status=NodeStatus.CANCELED, finished_at=utc_now()
    )
    end_waits(ended)
    for caller in callers_of(ended):
        send_hint(caller.id, caller.priority)
    wake_when_committed(ended)
    tell_of_run(ended)
    execution_changed(ended)
