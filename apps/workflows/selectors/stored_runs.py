"""Finding an execution whose data shows what a node would see."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.workflows.models import Execution, NodeExecution, Workflow

# How far back it is worth looking; older runs say little about the draft.
NEWEST = 50


def newest_run_for(workflow: Workflow, node_id: str, feeders: Collection[str]) -> Execution | None:
    """The newest execution in which the node ran, or one of its ``feeders`` put items out; else the newest of which
    any data is kept, for what an expression may say of other nodes."""
    runs = Execution.objects.for_organization(workflow.organization_id).filter(workflow=workflow)
    newest = list(runs.filter(journal_length__gt=0).order_by("-id").values_list("id", flat=True)[:NEWEST])
    rows = NodeExecution.objects.for_organization(workflow.organization_id).filter(
        execution_id__in=newest, payload__isnull=False
    )
    rows = rows.order_by("-execution_id")
    fitting = rows.filter(Q(node_id=node_id) | Q(node_id__in=feeders, items_out__gt=0))
    found = _first(fitting) or _first(rows)
    return None if found is None else runs.get(id=found)


def _first(rows: QuerySet[NodeExecution]) -> UUID | None:
    return rows.values_list("execution_id", flat=True).first()
