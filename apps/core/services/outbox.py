"""The outbox: events wait as rows until each durable subscriber has taken them."""

from __future__ import annotations

from datetime import timedelta

import structlog

from apps.core.events import Event, subscriptions
from apps.core.models import OutboxEvent
from apps.core.services.enqueue import enqueue
from apps.core.services.jsontext import dumps, loads
from exprsn.kernel.clock import utc_now
from exprsn.kernel.correlation import bind_correlation_id
from exprsn.kernel.retry import Backoff

logger = structlog.get_logger(__name__)
DRAIN_TASK = "core.drain_outbox"
BACKOFF = Backoff(attempts=10, first=2, factor=3, max_delay=3600)
_LEASE = timedelta(minutes=5)


def keep(event: Event, subscribers: list[str]) -> None:
    """Write one row for each durable subscriber, in the transaction at hand, and hint that there is work."""
    OutboxEvent.objects.bulk_create(rows_of(event, subscribers))
    hint_outbox()


def rows_of(event: Event, subscribers: list[str]) -> list[OutboxEvent]:
    """One row for each durable subscriber."""
    payload = dumps(dict(event.payload))
    return [
        OutboxEvent(
            event_id=event.id,
            subscriber=name,
            type=event.type,
            version=event.version,
            occurred_at=event.occurred_at,
            organization_id=event.organization,
            actor_id=event.actor,
            correlation_id=event.correlation_id,
            payload=payload,
            available_at=event.occurred_at,
        )
        for name in subscribers
    ]


def hint_outbox() -> None:
    """Say that there are rows, once the transaction is committed."""
    enqueue(DRAIN_TASK)


def drain_outbox(limit: int = 200) -> int:
    """Deliver what is due, oldest first; returns how many rows were delivered. Safe to run many at once.

    A subscriber that raises is asked again with growing waits; after the tenth time the row is kept with
    ``failed_at`` and its error for a person to look at.
    """
    due = OutboxEvent.objects.filter(failed_at=None, available_at__lte=utc_now()).order_by("id")[:limit]
    return sum(_deliver(row) for row in list(due) if _claim(row))


def _claim(row: OutboxEvent) -> bool:
    """Take the row for five minutes, unless another process was first."""
    unchanged = OutboxEvent.objects.filter(id=row.id, attempts=row.attempts, available_at=row.available_at)
    row.attempts += 1
    row.available_at = utc_now() + _LEASE
    return unchanged.update(attempts=row.attempts, available_at=row.available_at) == 1


def _deliver(row: OutboxEvent) -> bool:
    handler = subscriptions.durable(row.type).get(row.subscriber)
    try:
        if handler is None:
            raise LookupError("This subscriber does not exist in this version.")
        with bind_correlation_id(row.correlation_id):
            handler(_event(row))
    except Exception as error:  # noqa: BLE001 - whatever a subscriber does, the row decides what comes next
        _postpone(row, error)
        return False
    row.delete()
    return True


def _postpone(row: OutboxEvent, error: Exception) -> None:
    now = utc_now()
    row.error = f"{type(error).__name__}: {error}"[:500].replace("\x00", "")
    if row.attempts >= BACKOFF.attempts:
        row.failed_at = now
    row.available_at = now + timedelta(seconds=BACKOFF.delay(row.attempts))
    logger.warning(
        "outbox_delivery_failed",
        type=row.type,
        subscriber=row.subscriber,
        attempts=row.attempts,
        error=row.error,
        given_up=row.failed_at is not None,
    )
    row.save(update_fields=["error", "failed_at", "available_at"])


def _event(row: OutboxEvent) -> Event:
    return Event(
        row.event_id,
        row.type,
        row.version,
        row.occurred_at,
        row.organization_id,
        row.actor_id,
        row.correlation_id,
        loads(bytes(row.payload)),
    )
