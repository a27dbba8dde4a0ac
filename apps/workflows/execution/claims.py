"""Claiming queued runs: exactly one process gets each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.core.public import update_rows
from apps.workflows.constants import ExecutionStatus
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.execution.writer import history
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now

Claimed = tuple[Execution, Lease]


def claim_runs(execution_ids: Sequence[UUID]) -> list[Claimed]:
    """Those of the runs that are queued and that this process got, with their leases."""
    rows = Execution.objects.for_system(reason="claim")
    queued = list(rows.filter(id__in=execution_ids, status=ExecutionStatus.QUEUED).order_by("id"))
    if not queued:
        return []
    started = monotonic()
    now = utc_now()
    changes = {execution.id: _ownership(execution, now) for execution in queued}
    won: list[Execution] = []

    def take() -> bool:
        # The fence that was read is part of the condition, so of several who read the row one changes it.
        # The list is made anew each time: a batch of writes that fails is tried again, each by itself.
        won[:] = [
            execution for execution in queued if update_rows(Execution, changes[execution.id], _as_read(execution))
        ]
        return bool(won)

    if not history.write([], take):
        return []
    for execution in won:
        for name, value in changes[execution.id].items():
            setattr(execution, name, value)
    return [(execution, leases.hold(execution.id, execution.fence, started)) for execution in won]


def _as_read(execution: Execution) -> dict[str, Any]:
    return {"id": execution.id, "fence": execution.fence, "status": ExecutionStatus.QUEUED}


def _ownership(execution: Execution, now: datetime) -> dict[str, Any]:
    return {
        "status": ExecutionStatus.RUNNING,
        "fence": execution.fence + 1,
        "owner": leases.owner,
        "lease_until": now + timedelta(seconds=settings.EXPRSN_LEASE_SECONDS),
        "started_at": execution.started_at or now,
    }
