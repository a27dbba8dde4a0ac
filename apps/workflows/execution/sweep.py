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

from apps.workflows.constants import ExecutionStatus
from apps.workflows.execution.endings import force_stops, give_up_on
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.measures import taken_over
from apps.workflows.execution.schedules import start_due_schedules
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 500
HINT_AGAIN_AFTER = timedelta(seconds=15)


def sweep() -> int:
    """One round; answers how many runs were woken."""
    orphaned = Q(status=ExecutionStatus.RUNNING, lease_until__lt=utc_now())
    give_up_on(orphaned)
    woken = _requeue(orphaned, "lease expired", takes_over=True)
    woken += _requeue(Q(status=ExecutionStatus.WAITING, resume_at__lte=utc_now()), "wait is over", takes_over=False)
    woken += _hint_again()
    force_stops()
    return woken + start_due_schedules()


def _requeue(found: Q, reason: str, *, takes_over: bool) -> int:
    rows = Execution.objects.for_system(reason=reason)
    ids = list(rows.filter(found).order_by("id").values_list("id", "priority")[:BATCH])
    woken = 0
    for execution_id, priority in ids:
        woken += _wake(execution_id, priority, found, takes_over=takes_over)
    if woken and takes_over:
        taken_over.inc(woken)
        logger.warning("executions_taken_over", count=woken)
    return woken


def _wake(execution_id: UUID, priority: str, found: Q, *, takes_over: bool) -> int:
    rows = Execution.objects.for_system(reason="wake")
    with transaction.atomic():
        changed = rows.filter(found, id=execution_id).update(
            status=ExecutionStatus.QUEUED,
            fence=F("fence") + int(takes_over),
            takeovers=F("takeovers") + int(takes_over),
            owner="",
            lease_until=None,
            resume_at=None,
            hinted_at=utc_now(),
        )
        if changed:
            send_hint(execution_id, priority)
    return changed


def _hint_again() -> int:
    """Queued for long: the hint was lost, or the queue is long. A repeated hint is harmless."""
    rows = Execution.objects.for_system(reason="lost hints")
    before = utc_now() - HINT_AGAIN_AFTER
    stale = rows.filter(status=ExecutionStatus.QUEUED, hinted_at__lt=before).order_by("hinted_at")
    hinted = 0
    for execution_id, priority in list(stale.values_list("id", "priority")[:BATCH]):
        with transaction.atomic():
            if rows.filter(id=execution_id, status=ExecutionStatus.QUEUED, hinted_at__lt=before).update(
                hinted_at=utc_now()
            ):
                send_hint(execution_id, priority)
                hinted += 1
    return hinted


def sweep_interval() -> timedelta:
    """How often a process should sweep."""
    return timedelta(seconds=settings.EXPRSN_SWEEP_SECONDS)
