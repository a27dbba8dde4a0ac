"""Queued runs that nobody came for: their hint was lost, or the queue is long.

The sweep repeats the hints of some, so that idle workers wake up; a worker that is awake takes others itself. So a
hundred thousand lost hints need no hundred thousand messages, and a long queue is not made longer by repeats.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now

HINT_AGAIN_AFTER = timedelta(seconds=15)
Stale = tuple[UUID, str]


def take_stale(most: int) -> list[Stale]:
    """Id and priority of up to so many runs whose hint is old, oldest first; nobody else is given them for a while."""
    rows = Execution.objects.for_system(reason="lost hints")
    old = rows.filter(status=ExecutionStatus.QUEUED, hinted_at__lt=utc_now() - HINT_AGAIN_AFTER)
    ids = list(old.order_by("hinted_at").values_list("id", flat=True)[:most])
    if not ids:
        return []
    with transaction.atomic():
        # What others hold is theirs; SQLite has one writer, so there the condition alone decides.
        locked = old.filter(id__in=ids).select_for_update(skip_locked=True).order_by("hinted_at")
        taken = list(locked.values_list("id", "priority"))
        rows.filter(id__in=[execution_id for execution_id, _ in taken]).update(hinted_at=utc_now())
    return taken
