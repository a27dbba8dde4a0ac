"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

# The trigger modes of runs that a person started and watches.
BY_HAND = frozenset({"manual", "test"})


def empty_definition() -> dict[str, Any]:
    """The definition of a workflow in which nothing has been drawn yet."""
    return {"schema_version": 1, "nodes": [], "connections": [], "variables": {}, "settings": {}}


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run in a short list."""

    id: UUID
    workflow_name: str
    status: str
    created_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What an organization's workflows are and did in the last day."""

    workflows: int
    active: int
    runs: int
    failed: int
    recent: tuple[RunSummary, ...]
