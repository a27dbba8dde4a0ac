"""Runs that tests of the execution recipe begin by hand, as the accepting process would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.workflows.constants import TriggerMode
from apps.workflows.execution.accept import Start, begin_run
from apps.workflows.execution.claims import Claimed, claim_runs
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.models import Execution, Workflow
from exprsn.kernel.clock import utc_now
from tests.people import Person

NOBODY = "somebody-who-died"


def start_of(person: Person, made: dict[str, Any], node: str = "start", **more: Any) -> Start:
    """The start of the current version with one item ``{"n": 1}``."""
    workflow = Workflow.plain.get(id=made["id"])
    assert workflow.current_id is not None
    more.setdefault("items", [{"json": {"n": 1}}])
    more.setdefault("trigger_mode", TriggerMode.MANUAL)
    return Start(person.organization.id, workflow.id, workflow.current_id, trigger_node=node, **more)


def begun(person: Person, made: dict[str, Any], **more: Any) -> tuple[Execution, Lease]:
    """A run that this process owns."""
    return begin_run(start_of(person, made, **more))


def queued(person: Person, made: dict[str, Any], **changes: Any) -> Execution:
    """A run that nobody has claimed and whose hint was lost."""
    execution, lease = begun(person, made)
    leases.release(lease)
    change(execution, status="queued", fence=0, owner="", lease_until=None, **changes)
    return execution


def claim_run(execution_id: UUID) -> Claimed | None:
    """The run and its lease, or None when somebody else has it or it needs nobody."""
    return next(iter(claim_runs([execution_id])), None)


def change(execution: Execution, **changes: Any) -> None:
    """Write to the row behind everybody's back, then read it again."""
    Execution.plain.filter(id=execution.id).update(**changes)
    execution.refresh_from_db()


def die(execution: Execution, **changes: Any) -> None:
    """As if the process that owned the run had been killed."""
    change(execution, status="running", owner=NOBODY, lease_until=utc_now() - timedelta(seconds=1), **changes)


def run_by_hand(person: Person, made: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Execute over the API and wait; the execution as answered."""
    path = f"/api/v1/workflows/{made['id']}/execute/"
    answer = person.api.post(path, {"wait": True, **body}, format="json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()["execution"]
    return found
