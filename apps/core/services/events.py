"""Publishing events: to this process after the commit, to durable subscribers through the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Model

from apps.core.events import Event, Handler, subscriptions
from apps.core.services.outbox import keep, rows_of
from exprsn.kernel.clock import utc_now
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.ids import new_id

logger = structlog.get_logger(__name__)


def publish_event(
    event_type: str,
    *,
    organization_id: UUID,
    actor_id: UUID | None,
    payload: Mapping[str, Any],
    version: int = 1,
) -> None:
    """Tell subscribers once the transaction is committed; a rolled-back one tells nobody.

    ``payload`` holds JSON values: ids and small facts, never secrets or whole documents.
    """
    immediate, durable = subscriptions.immediate(event_type), subscriptions.wanting(event_type, organization_id)
    if not immediate and not durable:
        return
    event = Event(new_id(), event_type, version, utc_now(), organization_id, actor_id, correlation_id(), payload)
    if durable:
        keep(event, durable)
    for handler in immediate:
        transaction.on_commit(partial(_deliver, handler, event))


def event_rows(
    event_type: str, *, organization_id: UUID, actor_id: UUID | None, payload: Mapping[str, Any]
) -> list[Model]:
    """The rows of the outbox by which durable subscribers hear of this, for whoever writes many things at once.

    Whether anybody wants them is not asked. Rows are delivered soon after they are committed; nobody else hears.
    """
    durable = list(subscriptions.durable(event_type))
    event = Event(new_id(), event_type, 1, utc_now(), organization_id, actor_id, correlation_id(), payload)
    return [*rows_of(event, durable)]


def _deliver(handler: Handler, event: Event) -> None:
    try:
        handler(event)
    except Exception:  # what was published is committed; one listener must not stop the others
        logger.exception("event_handler_failed", type=event.type, event_id=str(event.id))
