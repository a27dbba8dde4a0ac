"""Telling others what happened to a table."""

from __future__ import annotations

from typing import Any

from apps.accounts.contracts import Actor
from apps.accounts.public import audit
from apps.core.public import publish_event
from apps.decision_tables.models import DecisionTable

OBJECT = "decision_table"


def record(actor: Actor, verb: str, table: DecisionTable, changes: dict[str, tuple[Any, Any]] | None = None) -> None:
    """Write what was done into the audit log, as part of the transaction."""
    audit(actor, f"{OBJECT}.{verb}", OBJECT, table.id, table.name, changes)


def announce(actor: Actor, verb: str, table: DecisionTable) -> None:
    """Tell subscribers after the commit."""
    publish_event(
        f"{OBJECT}.{verb}",
        organization_id=table.organization_id,
        actor_id=actor.user_id,
        payload={
            "table": str(table.id),
            "name": table.name,
            "label": table.label,
            "published_version": table.published.number if table.published else None,
        },
    )
