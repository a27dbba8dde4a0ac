"""What a run knows of its workflow and of the installation."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from apps.workflows.constants import WorkflowStatus
from apps.workflows.models import EventTrigger, Workflow

KEPT_SECONDS = 5.0
KEPT_FACTS = 1_000


@dataclass(frozen=True, slots=True)
class WorkflowFacts:
    """Name, zone, whether it is active, and whether somebody hears of its runs; a few seconds old at most."""

    name: str
    timezone: str
    active: bool
    read_at: float
    runs_are_heard: bool = False


_facts: dict[UUID, WorkflowFacts] = {}


def workflow_facts(workflow_id: UUID) -> WorkflowFacts:
    """The facts of a workflow, kept for some seconds because every run asks for them."""
    known = _facts.get(workflow_id)
    now = time.monotonic()
    if known is not None and now - known.read_at < KEPT_SECONDS:
        return known
    rows = Workflow.objects.for_system(reason="facts for a run").filter(id=workflow_id)
    heard = EventTrigger.objects.for_system(reason="facts for a run").filter(
        organization_id=OuterRef("organization_id"), event_type__startswith="execution."
    )
    rows = rows.annotate(heard=Exists(heard))
    name, status, timezone, is_heard = rows.values_list("name", "status", "organization__timezone", "heard").get()
    if len(_facts) >= KEPT_FACTS:
        _facts.clear()
    facts = WorkflowFacts(name, timezone, status == WorkflowStatus.ACTIVE, now, is_heard)
    _facts[workflow_id] = facts
    return facts


def forget_facts() -> None:
    """Read them anew: triggers have changed in this process."""
    _facts.clear()


def expression_environment() -> dict[str, str]:
    """The environment variables that expressions may read as ``$env``."""
    return {name: os.environ[name] for name in settings.EXPRSN_EXPRESSION_ENV if name in os.environ}
