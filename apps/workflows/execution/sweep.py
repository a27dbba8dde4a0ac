"""The sweep: finds accepted runs that nobody works on, and what is due by time.

Any number of processes may sweep at once: every step is a conditional update.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from apps.workflows.constants import ExecutionStatus, Priority
from apps.workflows.execution.approvals_due import approvals_due
from apps.workflows.execution.endings import force_stops, give_up_on
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.lanes import wake_parked
from apps.workflows.execution.measures import taken_over
from apps.workflows.execution.pauses import pause_who_rests
from apps.workflows.execution.schedules import start_due_schedules
from apps.workflows.execution.stale import take_stale
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 500
# Batches of one kind in a round: what is due at once is woken within a few rounds, and no round is endless.
MOST_BATCHES = 10


def sweep() -> int:
    """One round; answers how many runs were woken."""
    now = utc_now()
    orphaned = Q(status=ExecutionStatus.RUNNING, lease_until__lt=now)
    give_up_on(orphaned)
    woken = _requeue(orphaned, "lease_until", takes_over=True)
    woken += _requeue(Q(status=ExecutionStatus.WAITING, resume_at__lte=now), "resume_at", takes_over=False)
    woken += _hint_again()
    woken += wake_parked()
    approvals_due()
    pause_who_rests()
    force_stops()
    return woken + start_due_schedules()


def _requeue(found: Q, by: str, *, takes_over: bool) -> int:
    woken = 0
    for _ in range(MOST_BATCHES):
        batch = _wake(found, by, takes_over=takes_over)
        woken += len(batch)
        if len(batch) < BATCH:
            break
    if woken and takes_over:
        taken_over.inc(woken)
        logger.warning("executions_taken_over", count=woken)
    return woken


def _wake(found: Q, by: str, *, takes_over: bool) -> list[tuple[UUID, str]]:
    """Queue a batch of those found, the longest due first; ``by`` is the column that a partial index keeps in order."""
    rows = Execution.objects.for_system(reason="runs that nobody works on").filter(found)
    ids = list(rows.order_by(by).values_list("id", flat=True)[:BATCH])
    if not ids:
        return []
    with transaction.atomic():
        # Another sweep may be at the same rows: what it holds is left to it.
        locked = rows.filter(id__in=ids).select_for_update(skip_locked=True).order_by(by)
        woken = list(locked.values_list("id", "priority"))
        rows.filter(id__in=[execution_id for execution_id, _ in woken]).update(
            status=ExecutionStatus.QUEUED,
            fence=F("fence") + int(takes_over),
            takeovers=F("takeovers") + int(takes_over),
            owner="",
            lease_until=None,
            resume_at=None,
            hinted_at=utc_now(),
        )
        for execution_id, priority in woken:
            # What was begun goes on before what nobody has begun, however long that queue is.
            send_hint(execution_id, Priority.CRITICAL if takes_over else priority)
    return woken


def _hint_again() -> int:
    """Wake workers for runs whose hint was lost; a repeated hint is harmless."""
    stale = take_stale(BATCH)
    for execution_id, priority in stale:
        send_hint(execution_id, priority)
    return len(stale)


def sweep_interval() -> timedelta:
    """How often a process should sweep."""
    return timedelta(seconds=settings.EXPRSN_SWEEP_SECONDS)
