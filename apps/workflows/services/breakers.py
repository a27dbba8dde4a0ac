"""Circuit breakers of an organization's calls, on behalf of people."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit, require
from apps.core.models import HostBreaker
from apps.core.public import breakers
from exprsn.kernel.breaker import BreakerState
from exprsn.kernel.errors import NotFound


def visible_breakers(actor: Actor) -> QuerySet[HostBreaker]:
    """The hosts that the actor's organization calls and that have failed lately."""
    require(actor, Permission.READ)
    return HostBreaker.objects.for_organization(actor.organization_id)


def reset_breaker(*, actor: Actor, breaker_id: UUID) -> HostBreaker:
    """Let calls through again at once, and forget a pause that the host asked for."""
    require(actor, Permission.EXECUTE)
    with transaction.atomic():
        rows = HostBreaker.objects.for_organization(actor.organization_id)
        row = rows.select_for_update().filter(id=breaker_id).first()
        if row is None:
            raise NotFound("There is no circuit breaker with this id.", code="circuit_breaker_not_found")
        before = row.state
        row.state, row.count = BreakerState.CLOSED.value, 0
        row.since = row.trial_since = row.paused_until = None
        row.save()
        audit(actor, "circuit_breaker.reset", "circuit_breaker", row.id, row.host, {"state": (before, row.state)})
    breakers.forget(row)
    return row
