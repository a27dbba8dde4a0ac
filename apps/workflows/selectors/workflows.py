"""Reading workflows: lists with a bounded number of statements, never the definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from apps.accounts.contracts import Actor
from apps.workflows.access import visible_workflows
from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import Execution, Workflow

FILTERS = ("status", "environment", "folder", "scope")


def workflows_for(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[Workflow]:
    """The workflows an actor may see, narrowed by ``status, environment, folder, scope, tag, search``."""
    rows = visible_workflows(actor).select_related("current", "published", "created_by", "last_edited_by")
    for field in FILTERS:
        if filters.get(field):
            rows = rows.filter(**{field: filters[field]})
    if filters.get("tag"):
        # A JSON list holds its texts in quotes; contains is not offered by every database.
        rows = rows.filter(tags__icontains=f'"{filters["tag"]}"')
    if filters.get("search"):
        text = str(filters["search"])
        rows = rows.filter(Q(name__icontains=text) | Q(description__icontains=text) | Q(slug__icontains=text))
    return with_last_run(rows)


def with_last_run(rows: QuerySet[Workflow]) -> QuerySet[Workflow]:
    """Annotate ``last_execution_id``, ``last_executed_at`` and ``last_execution_status``."""
    newest = Execution.objects.for_system(reason="last run of listed workflows")
    newest = newest.filter(workflow=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        last_execution_id=Subquery(newest.values("id")[:1]),
        last_executed_at=Subquery(newest.values("created_at")[:1]),
        last_execution_status=Subquery(newest.values("status")[:1]),
    )


def load_run_facts(workflow: Workflow) -> Workflow:
    """Set ``execution_count``, ``last_executed_at``, ``last_execution_status`` and ``last_error`` (a text or None)."""
    runs = Execution.objects.for_organization(workflow.organization_id).filter(workflow=OuterRef("pk"))
    failed = runs.filter(status=ExecutionStatus.ERROR).order_by("-id")
    counted = runs.order_by().values("workflow").annotate(count=Count("pk"))
    rows = with_last_run(Workflow.objects.for_organization(workflow.organization_id).filter(pk=workflow.pk)).annotate(
        execution_count=Subquery(counted.values("count")), error_of_last=Subquery(failed.values("error")[:1])
    )
    names = ("execution_count", "last_executed_at", "last_execution_status", "error_of_last")
    count, moment, status, error = rows.values_list(*names).first() or (None, None, None, None)
    vars(workflow).update(
        execution_count=count or 0,
        last_executed_at=moment,
        last_execution_status=status,
        last_error=error.get("message") if isinstance(error, dict) else None,
    )
    return workflow
