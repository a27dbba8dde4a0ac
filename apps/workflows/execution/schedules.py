"""Schedules that are due start their workflows, each due moment exactly once."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from apps.workflows.constants import TriggerMode
from apps.workflows.execution.accept import Start, queue_unless_full
from apps.workflows.models import Schedule
from apps.workflows.registry import next_schedule_times
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 200
SKIP, ONCE, ALL = "skip", "once", "all"
MAX_MISSED = 100


def start_due_schedules() -> int:
    """Accept runs for every schedule whose moment has come; answers how many."""
    rows = Schedule.objects.for_system(reason="due schedules")
    due = rows.filter(next_run_at__lte=utc_now()).select_related("workflow").order_by("next_run_at")[:BATCH]
    return sum(_start(schedule) for schedule in list(due))


def _start(schedule: Schedule) -> int:
    now = utc_now()
    following = next(iter(next_schedule_times(schedule.rules, schedule.timezone, now)), None)
    moments = due_moments(schedule, now)
    changes = {"next_run_at": following, "last_run_at": now} if moments else {"next_run_at": following}
    rows = Schedule.objects.for_system(reason="claim a due schedule")
    with transaction.atomic():
        if not rows.filter(id=schedule.id, next_run_at=schedule.next_run_at).update(**changes):
            return 0
        for moment in moments:
            queue_unless_full(_run_at(schedule, moment, now))
    logger.info("schedule_started", workflow_id=str(schedule.workflow_id), runs=len(moments))
    return len(moments)


def due_moments(schedule: Schedule, now: datetime) -> list[datetime]:
    """The moments that runs are to be started for, earliest first, as the schedule's rule for missed ones says.

    ``once``: one run stands for all of them. ``all``: one for each, the earliest ``missed_limit``. ``skip``: those
    that are late by more than the grace are left out, and one stands for the others.
    """
    first = schedule.next_run_at
    assert first is not None
    if schedule.missed_runs == ALL:
        most = min(schedule.missed_limit, MAX_MISSED)
        later = next_schedule_times(schedule.rules, schedule.timezone, first, max(1, most - 1))
        return [moment for moment in (first, *later) if moment <= now][: max(1, most)]
    if schedule.missed_runs != SKIP:
        return [first]
    in_time = now - timedelta(seconds=schedule.grace_seconds)
    if first >= in_time:
        return [first]
    since = in_time - timedelta(microseconds=1)
    return [moment for moment in next_schedule_times(schedule.rules, schedule.timezone, since) if moment <= now]


def _run_at(schedule: Schedule, moment: datetime, now: datetime) -> Start:
    item = {"triggered_at": now.isoformat(), "trigger_type": "schedule", "scheduled_for": moment.isoformat()}
    return Start(
        organization_id=schedule.organization_id,
        workflow_id=schedule.workflow_id,
        version_id=schedule.version_id,
        trigger_mode=TriggerMode.SCHEDULE,
        trigger_node=schedule.node_id,
        items=[{"json": item}],
        environment=schedule.workflow.environment,
    )
