"""What the row of a run becomes when it is paused and when it goes on; pauses that nobody could carry out at once.

A run that is at work pauses after its step: its process is told by the row and by the lease. Between the question
and the answer the process may put the run down for another reason or die; the sweep then pauses it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.workflows.constants import ExecutionStatus
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now

BATCH = 500


def at_rest(paused_from: str) -> dict[str, Any]:
    """The changes of a run that nobody works on from now on; ``paused_from`` is what it goes on as."""
    now = utc_now()
    return {
        "status": ExecutionStatus.PAUSED,
        "paused_from": paused_from,
        "paused_at": now,
        "pause_requested": False,
        "owner": "",
        "lease_until": None,
        "updated_at": now,
    }


def paused_in_doubt(reason: dict[str, Any]) -> dict[str, Any]:
    """The changes of a run that a person has to decide about."""
    return {**at_rest(ExecutionStatus.QUEUED), "pause": reason}


def paused_instead(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes of a run that was to be queued again or to wait, and is paused instead; its wait is kept."""
    kept = {name: value for name, value in changes.items() if name != "hinted_at"}
    return {**kept, **at_rest(str(changes["status"]))}


def over(execution: Execution, now: datetime) -> dict[str, Any]:
    """The changes of a run whose pause is over, but for what it goes on as. Paused time is none of its time limit."""
    paused = max(0.0, (now - execution.paused_at).total_seconds()) if execution.paused_at else 0.0
    return {
        "pause": None,
        "pause_requested": False,
        "paused_from": "",
        "paused_at": None,
        "paused_seconds": execution.paused_seconds + paused,
    }


def pause_who_rests() -> int:
    """Runs that were to pause and were put down or lost by their process meanwhile are paused now."""
    rows = Execution.objects.for_system(reason="pauses that were asked for")
    found = rows.filter(pause_requested=True, status__in=(ExecutionStatus.QUEUED, ExecutionStatus.WAITING))
    ids = list(found.order_by("id").values_list("id", flat=True)[:BATCH])
    paused = 0
    for execution_id in ids:
        with transaction.atomic():
            changes = {name: value for name, value in at_rest("").items() if name != "paused_from"}
            changed = found.filter(id=execution_id).update(**changes, paused_from=F("status"))
            if changed:
                execution_changed(rows.get(id=execution_id))
            paused += changed
    return paused
