"""What a run knows of its workflow and of the installation."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from apps.workflows.constants import WorkflowStatus
from apps.workflows.models import Workflow

KEPT_SECONDS = 5.0
KEPT_FACTS = 1_000


@dataclass(frozen=True, slots=True)
class WorkflowFacts:
    """Name, zone and whether it is active; a few seconds old at most."""

    name: str
    timezone: str
    active: bool
    read_at: float


_facts: dict[UUID, WorkflowFacts] = {}


def workflow_facts(workflow_id: UUID) -> WorkflowFacts:
    """The facts of a workflow, kept for some seconds because every run asks for them."""
    known = _facts.get(workflow_id)
    now = time.monotonic()
    if known is not None and now - known.read_at < KEPT_SECONDS:
        return known
    rows = Workflow.objects.for_system(reason="facts for a run").filter(id=workflow_id)
    name, status, timezone = rows.values_list("name", "status", "organization__timezone").get()
    if len(_facts) >= KEPT_FACTS:
        _facts.clear()
    facts = WorkflowFacts(name, timezone, status == WorkflowStatus.ACTIVE, now)
    _facts[workflow_id] = facts
    return facts


def expression_environment() -> dict[str, str]:
    """The environment variables that expressions may read as ``$env``."""
    return {name: os.environ[name] for name in settings.EXPRSN_EXPRESSION_ENV if name in os.environ}
