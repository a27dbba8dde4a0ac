"""Writing the audit log; part of the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.models import AuditEvent
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.redaction import redact

MAX_VALUE = 500


def audit(
    actor: Actor,
    verb: str,
    object_type: str,
    object_id: UUID | str,
    object_name: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Record who did what; ``changes`` is field → (old, new), secrets are masked."""
    AuditEvent(
        organization_id=actor.organization_id,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_label=actor.label[:254],
        verb=verb,
        object_type=object_type,
        object_id=str(object_id),
        object_name=object_name[:200],
        changes={name: [_shown(name, old), _shown(name, new)] for name, (old, new) in (changes or {}).items()},
        ip=actor.ip,
        correlation_id=correlation_id(),
    ).save(force_insert=True)


def _shown(name: str, value: Any) -> Any:
    """The value without secrets, as JSON can say it; long ones are cut."""
    safe = redact({name: value})[name]
    if isinstance(safe, bool | int | float | type(None)):
        return safe
    return str(safe)[:MAX_VALUE]
