"""What happened lately, in three statements."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q

from apps.accounts.contracts import Actor
from apps.workflows.access import visible_executions, visible_workflows
from apps.workflows.constants import ExecutionStatus, WorkflowStatus
from apps.workflows.contracts import Activity, RunSummary
from exprsn.kernel.clock import utc_now

RECENT = 8


def recent_activity(actor: Actor) -> Activity:
    """Counts of workflows, counts of the last day's runs, and the newest runs."""
    workflows = visible_workflows(actor).aggregate(
        total=Count("id"), active=Count("id", filter=Q(status=WorkflowStatus.ACTIVE))
    )
    executions = visible_executions(actor)
    lately = executions.filter(created_at__gte=utc_now() - timedelta(days=1)).aggregate(
        total=Count("id"), failed=Count("id", filter=Q(status=ExecutionStatus.ERROR))
    )
    newest = executions.order_by("-id").values_list("id", "workflow__name", "status", "created_at", "error")
    recent = tuple(
        RunSummary(found, name, status, created_at, (error or {}).get("message", ""))
        for found, name, status, created_at, error in newest[:RECENT]
    )
    return Activity(workflows["total"], workflows["active"], lately["total"], lately["failed"], recent)
