"""Events: what happened, and who asked to hear it.

Envelope: ``{id, type, version, occurred_at, organization, actor, correlation_id, payload}``. Publishing is in
``services/events``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: UUID
    type: str
    version: int
    occurred_at: datetime
    organization: UUID
    actor: UUID | None
    correlation_id: str
    payload: Mapping[str, Any]

    def envelope(self) -> dict[str, Any]:
        """The event as JSON-ready data."""
        return {
            "id": str(self.id),
            "type": self.type,
            "version": self.version,
            "occurred_at": self.occurred_at.isoformat(),
            "organization": str(self.organization),
            "actor": str(self.actor) if self.actor else None,
            "correlation_id": self.correlation_id,
            "payload": dict(self.payload),
        }


Handler = Callable[[Event], None]
# Event type and organization → whether anybody there wants to hear it now.
Wanted = Callable[[str, UUID], bool]


class Subscriptions:
    """Who hears what: in this process right after the commit, or durably through the outbox."""

    def __init__(self) -> None:
        self._immediate: dict[str, tuple[Handler, ...]] = defaultdict(tuple)
        self._durable: dict[str, dict[str, Handler]] = defaultdict(dict)
        self._wanted: dict[tuple[str, str], Wanted] = {}

    def add(self, event_type: str, handler: Handler, *, durable: bool = False, wanted: Wanted | None = None) -> None:
        """Let ``handler`` hear this type. A durable one needs a name that survives a restart."""
        if not durable:
            self._immediate[event_type] += (handler,)
            return
        name = subscriber_name(handler)
        if "<" in name:
            raise ValueError(f"A durable subscriber must be a function of a module, not {name}.")
        self._durable[event_type][name] = handler
        if wanted is not None:
            self._wanted[event_type, name] = wanted

    def remove(self, event_type: str, handler: Handler) -> None:
        """Let ``handler`` hear this type no more."""
        kept = tuple(known for known in self._immediate[event_type] if known != handler)
        self._immediate[event_type] = kept
        self._durable[event_type].pop(subscriber_name(handler), None)
        self._wanted.pop((event_type, subscriber_name(handler)), None)

    def immediate(self, event_type: str) -> tuple[Handler, ...]:
        """Handlers that are called in this process after the commit."""
        return self._immediate.get(event_type, ())

    def durable(self, event_type: str) -> Mapping[str, Handler]:
        """Durable subscribers by name."""
        return self._durable.get(event_type, {})

    def wanting(self, event_type: str, organization_id: UUID) -> list[str]:
        """The names of the durable subscribers for whom an event of this organization is to be kept."""
        asked = ((name, self._wanted.get((event_type, name))) for name in self.durable(event_type))
        return [name for name, wanted in asked if wanted is None or wanted(event_type, organization_id)]


def subscriber_name(handler: Handler) -> str:
    """``module.function`` of a handler."""
    return f"{handler.__module__}.{getattr(handler, '__qualname__', '<unnamed>')}"


subscriptions = Subscriptions()


def subscribe(event_type: str, handler: Handler, *, durable: bool = False, wanted: Wanted | None = None) -> None:
    """Hear of an event type after the commit of whatever publishes it.

    Not durable: called in the publishing process; lost when that process dies at the wrong moment.
    ``durable``: kept as a row until ``handler`` returns; called at least once, perhaps again. ``wanted`` is asked by
    whoever publishes, so that rows are written only where somebody wants them.
    """
    subscriptions.add(event_type, handler, durable=durable, wanted=wanted)
