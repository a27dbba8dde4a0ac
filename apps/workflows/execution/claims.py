"""Claiming queued runs: exactly one process gets each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.core.public import update_rows
from apps.workflows.constants import ExecutionStatus
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.lanes import choose
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.execution.writer import history
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now

Claimed = tuple[Execution, Lease]


def claim_runs(execution_ids: Sequence[UUID]) -> list[Claimed]:
    """Those of the runs that are queued and that this process got, with their leases.

    Runs for which their workflow's limit has no place are left; whoever frees one wakes them.
    """
    rows = Execution.objects.for_system(reason="claim")
    queued = list(rows.filter(id__in=execution_ids, status=ExecutionStatus.QUEUED).order_by("id"))
    if not queued:
        return []
    started = monotonic()
    now = utc_now()
    changes = {execution.id: _ownership(execution, now) for execution in queued}
    won: list[Execution] = []
    woken: list[Execution] = []

    def take() -> bool:
        # The fence that was read is part of the condition, so of several who read the row one changes it.
        # The lists are made anew each time: a batch of writes that fails is tried again, each by itself.
        may_begin, woken[:] = choose(queued)
        won[:] = [
            execution for execution in may_begin if update_rows(Execution, changes[execution.id], _as_read(execution))
        ]
        return bool(won)

    history.write([], take, alone=any(execution.lane is not None for execution in queued))
    for execution in woken:
        send_hint(execution.id, execution.priority)
    for execution in won:
        for name, value in changes[execution.id].items():
            setattr(execution, name, value)
    return [(execution, _held(execution, started)) for execution in won]


def _held(execution: Execution, started: float) -> Lease:
    lease = leases.hold(execution.id, execution.fence, started)
    # Asked for while nobody owned the run, or while its former owner died.
    if execution.cancel_requested:
        lease.canceled.set()
    if execution.pause_requested:
        lease.pausing.set()
    return lease


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
