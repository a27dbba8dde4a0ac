"""Calls and events that must start one run only: the key is taken in the transaction that accepts the run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.workflows.models import SeenCall
from exprsn.kernel.clock import utc_now

BATCH = 500


@dataclass(frozen=True, slots=True)
class SeenKey:
    """What is to start one run of one trigger until ``expires_at``."""

    organization_id: UUID
    workflow_id: UUID
    node_id: str
    text: str
    expires_at: datetime

    @property
    def digest(self) -> str:
        """The key as it is stored: of one length, and telling nothing of what was in the call."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()

    def take(self, execution_id: UUID) -> bool:
        """Within the transaction that accepts this run: whether it is the first one for the key.

        Of several at once one inserts the row; the others wait for its transaction and find the row.
        """
        rows = SeenCall.objects.for_organization(self.organization_id)
        now = utc_now()
        own = {"workflow_id": self.workflow_id, "node_id": self.node_id, "key": self.digest}
        row = SeenCall(
            organization_id=self.organization_id, execution_id=execution_id, expires_at=self.expires_at, **own
        )
        rows.bulk_create([row], ignore_conflicts=True)
        found = rows.filter(**own)
        if found.filter(execution_id=execution_id).exists():
            return True
        # The row of a key whose time is over is anybody's: one of them changes it.
        over = found.filter(expires_at__lte=now)
        return over.update(execution_id=execution_id, expires_at=self.expires_at, updated_at=now) == 1

    def first_run(self) -> UUID | None:
        """The run that was accepted for this key, if its time is not over."""
        rows = SeenCall.objects.for_organization(self.organization_id)
        found = rows.filter(workflow_id=self.workflow_id, node_id=self.node_id, key=self.digest)
        return found.filter(expires_at__gt=utc_now()).values_list("execution_id", flat=True).first()


def forget_seen_calls() -> int:
    """Remove keys whose time is over, one batch; answers how many."""
    rows = SeenCall.objects.for_system(reason="keys whose time is over")
    old = list(rows.filter(expires_at__lte=utc_now()).order_by("expires_at").values_list("id", flat=True)[:BATCH])
    return rows.filter(id__in=old, expires_at__lte=utc_now()).delete()[0] if old else 0
