"""Steps with an effect that tests of durability count, and doing things to the runs in which they are."""

from __future__ import annotations

from typing import Any

from apps.workflows.models import Execution
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.execution.starts import begun, die
from tests.workflows.main_job.definitions import MANUAL, chain, create


def effect(stub: CountingStub, name: str) -> tuple[str, str, dict[str, Any]]:
    """A step that posts with its idempotency key."""
    return name, "http_request", {"method": "POST", "url": f"{stub.url}/{name}", "idempotency_header": True}


def asking(definition: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    """The definition with these nodes asking when in doubt."""
    for node in definition["nodes"]:
        if node["id"] in names:
            node.update(on_doubt="stop_and_ask", **more)
    return definition


def post(person: Person, execution: Execution | str, verb: str, body: Any = None) -> Any:
    """One of the verbs of an execution over the API."""
    name = execution if isinstance(execution, str) else execution.id
    return person.api.post(f"/api/v1/executions/{name}/{verb}/", {} if body is None else body, format="json")


__all__ = ["MANUAL", "asking", "begun", "chain", "create", "die", "effect", "post"]
