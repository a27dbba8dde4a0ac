"""Forgetting executions that are older than they are to be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.core.public import ROUND_SECONDS, forget_file_uses, forgetting_round
from apps.workflows.constants import FINAL_STATUSES
from apps.workflows.execution.measures import forgotten
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution, Workflow
from apps.workflows.services.listening import forget_listenings
from apps.workflows.services.trigger_retention import forget_trigger_state
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import first_id_at

logger = structlog.get_logger(__name__)
# A batch is one short transaction.
BATCH = 200
_REASON = "retention"


def forget_old_executions(*, round_seconds: float = ROUND_SECONDS) -> int:
    """One round in one process at a time, for so many seconds at most; answers how many were deleted.

    A workflow's own ``retention_days`` counts before the organization's, and that before the installation's;
    0 keeps for ever. Runs that have not ended are kept however old they are. Of each workflow at most
    ``EXPRSN_MAX_EXECUTIONS`` finished runs are kept, the newest. Files go with the last run that refers to them.
    """
    forget_listenings()
    forget_trigger_state(round_seconds=round_seconds)
    deleted = forgetting_round("workflows.retention", _batches(), round_seconds=round_seconds)
    if deleted:
        logger.info("executions_forgotten", count=deleted)
    return deleted


def _batches() -> Iterator[int]:
    for workflow_id, before in _due(utc_now()):
        yield from _forget(_old(workflow_id, before))
    if settings.EXPRSN_MAX_EXECUTIONS:
        for workflow_id, last in _crowded(settings.EXPRSN_MAX_EXECUTIONS):
            yield from _forget(_finished(workflow_id).filter(id__lte=last))


def _crowded(most: int) -> Iterator[tuple[UUID, UUID]]:
    """Workflows with more finished runs than they may keep, and the newest of those that are too many."""
    runs = Execution.objects.for_system(reason=_REASON).filter(workflow=OuterRef("pk"))
    rows = Workflow.objects.for_system(reason=_REASON).filter(Exists(runs)).order_by("id")
    for workflow_id in rows.values_list("id", flat=True).iterator(500):
        last = _finished(workflow_id).order_by("-id").values_list("id", flat=True)[most : most + 1].first()
        if last is not None:
            yield workflow_id, last


def _due(now: datetime) -> Iterator[tuple[UUID, datetime]]:
    """Workflows with runs of more than a day ago, and before when theirs are to go."""
    runs = Execution.objects.for_system(reason=_REASON).filter(
        workflow=OuterRef("pk"), id__lt=first_id_at(now - timedelta(days=1))
    )
    rows = Workflow.objects.for_system(reason=_REASON).filter(Exists(runs)).order_by("id")
    for workflow in rows.select_related("organization", "published__document", "current__document").iterator(50):
        days = kept_days(workflow)
        if days:
            yield workflow.id, now - timedelta(days=days)


def kept_days(workflow: Workflow) -> int:
    """For how many days the runs of this workflow are kept; 0 is for ever."""
    version = workflow.published or workflow.current
    own = (version.document.value.get("settings") or {}).get("retention_days") if version else None
    if isinstance(own, int):
        return own
    of_organization = workflow.organization.retention_days
    return settings.EXPRSN_RETENTION_DAYS if of_organization is None else of_organization


def _forget(rows: QuerySet[Execution]) -> Iterator[int]:
    while ids := list(rows.order_by("id").values_list("id", flat=True)[:BATCH]):
        _delete(ids)
        forgotten.inc(len(ids))
        yield len(ids)


def _old(workflow_id: UUID, before: datetime) -> QuerySet[Execution]:
    """Ids sort by when runs were accepted, so the index by workflow finds the old ones without a search."""
    return _finished(workflow_id).filter(id__lt=first_id_at(before), finished_at__lt=before)


def _finished(workflow_id: UUID) -> QuerySet[Execution]:
    rows = Execution.objects.for_system(reason=_REASON)
    return rows.filter(workflow_id=workflow_id, status__in=FINAL_STATUSES)


def _delete(ids: list[UUID]) -> None:
    """Runs with all that belongs to them; item data is not read to be deleted."""
    with transaction.atomic():
        for model in (ExecutionLog, NodeExecution, ExecutionPayload):
            model.objects.for_system(reason=_REASON).filter(execution_id__in=ids).only("id").delete()
        Execution.objects.for_system(reason=_REASON).filter(id__in=ids).only("id").delete()
        forget_file_uses(ids)
