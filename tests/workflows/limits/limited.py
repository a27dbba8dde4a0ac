"""Workflows with limits, and runs of them that tests begin by hand."""

from __future__ import annotations

import queue
from typing import Any
from uuid import UUID

from apps.workflows.constants import TriggerMode
from apps.workflows.execution.accept import Start, queue_run
from apps.workflows.execution.claims import claim_runs
from apps.workflows.execution.leases import Lease
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import Execution
from tests.people import Person
from tests.workflows.execution.starts import start_of
from tests.workflows.main_job.definitions import chain, fields, go_live, hook

ECHO = fields("mark", n="={{ $json.body.n }}")


def live(person: Person, *steps: Any, **settings: Any) -> dict[str, Any]:
    """An active workflow behind the webhook ``orders``."""
    return go_live(person, chain(hook("orders"), *(steps or (ECHO,)), settings=settings))


def call_of(person: Person, made: dict[str, Any], body: Any = None, **more: Any) -> Start:
    """The start of a run by a call with this body."""
    more = {"trigger_mode": TriggerMode.WEBHOOK, "items": [{"json": {"body": body or {}}}], **more}
    return start_of(person, made, node="hook", **more)


def accept(person: Person, made: dict[str, Any], count: int, **more: Any) -> list[Execution]:
    """So many accepted runs, in their order."""
    return [queue_run(call_of(person, made, {"n": n}, **more)) for n in range(count)]


def claim(*executions: Execution | UUID) -> list[tuple[Execution, Lease]]:
    """What this process gets of these."""
    return claim_runs([each.id if isinstance(each, Execution) else each for each in executions])


def finish(claimed: tuple[Execution, Lease]) -> str:
    """Carry out; the status that it came to."""
    return str(execute_held_run(*claimed).status)


def told(sent: queue.Queue[str]) -> list[UUID]:
    """The runs that workers were told of since the last time."""
    found = []
    while not sent.empty():
        found.append(UUID(sent.get()))
    return found


def status_of(execution: Execution) -> str:
    """The status in the database."""
    return str(Execution.plain.values_list("status", flat=True).get(id=execution.id))
