"""Schedules that are due start their workflows, each due moment exactly once."""

from __future__ import annotations

import structlog
from django.db import transaction

from apps.workflows.constants import TriggerMode
from apps.workflows.execution.accept import Start, queue_run
from apps.workflows.models import Schedule
from apps.workflows.registry import next_schedule_time
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 200


def start_due_schedules() -> int:
    """Accept a run for every schedule whose moment has come; answers how many."""
    rows = Schedule.objects.for_system(reason="due schedules")
    due = rows.filter(next_run_at__lte=utc_now()).select_related("workflow").order_by("next_run_at")[:BATCH]
    return sum(_start(schedule) for schedule in list(due))


def _start(schedule: Schedule) -> int:
    now = utc_now()
    # Moments that were missed while nothing ran are not made up for: one run stands for them all.
    following = next_schedule_time(schedule.rules, schedule.timezone, now)
    rows = Schedule.objects.for_system(reason="claim a due schedule")
    with transaction.atomic():
        if not rows.filter(id=schedule.id, next_run_at=schedule.next_run_at).update(
            next_run_at=following, last_run_at=now
        ):
            return 0
        queue_run(
            Start(
                organization_id=schedule.organization_id,
                workflow_id=schedule.workflow_id,
                version_id=schedule.version_id,
                trigger_mode=TriggerMode.SCHEDULE,
                trigger_node=schedule.node_id,
                items=[{"json": {"triggered_at": now.isoformat(), "trigger_type": "schedule"}}],
                environment=schedule.workflow.environment,
            )
        )
    logger.info("schedule_started", workflow_id=str(schedule.workflow_id))
    return 1
