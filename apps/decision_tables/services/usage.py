"""Statistics of a table for people, and forgetting old ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.core.public import ROUND_SECONDS, forgetting_round
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.models import RuleHit, TableUse
from apps.decision_tables.selectors.statistics import statistics_of
from apps.decision_tables.services.counting import statistics
from apps.decision_tables.services.drafts import draft_of
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BATCH = 1_000
_REASON = "retention"


def read_statistics(*, actor: Actor, table: TableKey, days: int, version: int | None = None) -> dict[str, Any]:
    """How a table was used in the last days, with what this process has not written yet."""
    row = get_table(actor, table, Permission.READ)
    statistics.flush()
    return statistics_of(row, [rule["id"] for rule in draft_of(row).get("rules", [])], days, version)


def forget_old_statistics(*, round_seconds: float = ROUND_SECONDS) -> int:
    """One round in one process at a time; answers how many rows were deleted."""
    deleted = forgetting_round("decision_tables.retention", _batches(), round_seconds=round_seconds)
    if deleted:
        logger.info("decision_statistics_forgotten", count=deleted)
    return deleted


def _batches() -> Iterator[int]:
    before = utc_now() - timedelta(days=settings.EXPRSN_DECISION_STATISTICS_DAYS)
    for model in (RuleHit, TableUse):
        old = model.objects.for_system(reason=_REASON).filter(hour__lt=before)
        while ids := list(old.order_by("hour").values_list("id", flat=True)[:BATCH]):
            model.objects.for_system(reason=_REASON).filter(id__in=ids).delete()
            yield len(ids)
