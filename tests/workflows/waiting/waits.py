"""Runs that wait for something from outside, for the tests here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection

from apps.workflows.execution.resume_links import resume_addresses
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Approval, Execution
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

Step = tuple[str, str, dict[str, Any]]


def wait(mode: str, **more: Any) -> Step:
    """A wait for a call or a form."""
    return "wait", "wait", {"mode": mode, **more}


def approval(**more: Any) -> Step:
    """A question to people."""
    return "ask", "approval", {"title": "=Pay {{ $json.n }}?", **more}


def go_on() -> None:
    """What goes with a commit, which the transaction around a test never sees: hints, mails."""
    for _ in range(10):
        callbacks, connection.run_on_commit = connection.run_on_commit, []
        for _sids, callback, *_more in callbacks:
            callback()


def swept() -> int:
    """One round of the sweep, and what it wakes."""
    woken = sweep()
    go_on()
    return woken


def status(execution: Execution) -> str:
    """How the run stands when everything that was woken has gone on."""
    go_on()
    execution.refresh_from_db()
    return execution.status


def waiting(person: Person, *steps: Step, items: Any = None, **more: Any) -> Execution:
    """A run by hand that rests at one of its steps."""
    made = create(person, chain(MANUAL, *steps, **more))
    run = run_by_hand(person, made, trigger_data=items or [{"n": 1}, {"n": 2}])
    go_on()
    found = Execution.plain.get(id=run["id"])
    assert found.status == "waiting", found.error
    return found


def asked(execution: Execution) -> Approval:
    """What the run asks people."""
    return Approval.plain.get(execution=execution)


def call_path(execution_id: UUID) -> str:
    """Where the run is resumed by a call."""
    return urlsplit(resume_addresses(execution_id).call).path


def form_path(execution_id: UUID) -> str:
    """Where the run is resumed by its form."""
    return urlsplit(resume_addresses(execution_id).form).path


def output(person: Person, execution: Execution) -> list[Any]:
    """What the run ended with."""
    go_on()
    found = person.api.get(f"/api/v1/executions/{execution.id}/").json()["output"]
    return [item["json"] for item in found]


__all__ = [
    "MANUAL", "approval", "asked", "call_path", "form_path", "go_on", "output", "status", "swept", "wait", "waiting",
]  # fmt: skip
