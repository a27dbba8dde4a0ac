"""Forgetting submissions that are older than they are to be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import F

from apps.core.public import ROUND_SECONDS, forgetting_round
from apps.pages.models import Form, FormSubmission
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import first_id_at

logger = structlog.get_logger(__name__)
BATCH = 500
_REASON = "retention"


def forget_old_submissions(*, round_seconds: float = ROUND_SECONDS) -> int:
    """One round in one process at a time; answers how many were deleted.

    The organization's ``retention_days`` count before the installation's; 0 keeps for ever.
    """
    deleted = forgetting_round("pages.retention", _batches(), round_seconds=round_seconds)
    if deleted:
        logger.info("submissions_forgotten", count=deleted)
    return deleted


def _batches() -> Iterator[int]:
    for organization_id, before in _due(utc_now()):
        yield from _forget(organization_id, before)


def _due(now: datetime) -> Iterator[tuple[UUID, datetime]]:
    rows = Form.objects.for_system(reason=_REASON).order_by("organization_id").distinct()
    organizations = rows.values_list("organization_id", F("organization__retention_days"))
    for organization_id, own in organizations.iterator(chunk_size=500):
        days = settings.EXPRSN_RETENTION_DAYS if own is None else own
        if days:
            yield organization_id, now - timedelta(days=days)


def _forget(organization_id: UUID, before: datetime) -> Iterator[int]:
    # Ids sort by when they were made, so the index finds the old ones without a search.
    old = FormSubmission.objects.for_organization(organization_id).filter(id__lt=first_id_at(before))
    while ids := list(old.order_by("id").values_list("id", flat=True)[:BATCH]):
        FormSubmission.objects.for_organization(organization_id).filter(id__in=ids).delete()
        yield len(ids)
