"""Nodes of one run in threads: really at once, journaled by one thread, and nothing done is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from apps.workflows.constants import ExecutionStatus, TriggerMode
from apps.workflows.engine.ports import HttpAnswer, HttpCall
from apps.workflows.execution import hints, runner
from apps.workflows.execution.accept import Start, begin_run
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.real_ports import GuardedHttp
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import Execution, NodeExecution, WorkflowVersion
from exprsn.kernel.correlation import correlation_id
from tests.people import Person
from tests.workflows.main_job.definitions import create

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints.HintSender, "put", lambda self, execution_id, priority: None)


def fan(mode: str, *names: str) -> dict[str, Any]:
    """start → a call for each name → merge."""
    nodes: list[dict[str, Any]] = [{"id": "start", "type": "manual", "parameters": {}}]
    edges = []
    for at, name in enumerate(names):
        parameters = {"method": "POST", "url": f"https://example.com/{name}", "idempotency_header": True}
        nodes.append({"id": name, "type": "http_request", "parameters": parameters, "retry": {"enabled": False}})
        edges += [("start", "main", name, "main"), (name, "main", "all", f"input_{at + 1}")]
    nodes.append({"id": "all", "type": "merge", "parameters": {"mode": "append", "number_inputs": len(names)}})
    return {
        "schema_version": 1,
        "nodes": [{**n, "name": n["id"], "position": {"x": 0, "y": at}} for at, n in enumerate(nodes)],
        "connections": [
            {"source": a, "source_output": out, "target": b, "target_input": into} for a, out, b, into in edges
        ],
        "variables": {},
        "settings": {"execution_mode": mode},
    }


def begin(owner: Person, definition: dict[str, Any]) -> tuple[Execution, Any]:
    made = create(owner, definition)
    start = Start(
        organization_id=owner.organization.id,
        workflow_id=UUID(made["id"]),
        version_id=WorkflowVersion.plain.get(workflow_id=made["id"]).id,
        trigger_mode=TriggerMode.MANUAL,
        trigger_node="start",
        items=[{"json": {"n": 1}}],
    )
    return begin_run(start)


class World:
    """The outside world: ``act`` is what happens at each address; every key that came is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[str], None]) -> None:
        self.keys: list[str] = []

        def send(port: GuardedHttp, call: HttpCall) -> HttpAnswer:
            name = call.url.rsplit("/", 1)[1]
            self.keys.append(next(v for k, v in call.headers.items() if k.lower() == "idempotency-key"))
            act(name)
            body = f'{{"said": "{name}", "correlation": "{correlation_id()}"}}'.encode()
            return HttpAnswer(200, "OK", {"content-type": "application/json"}, body, call.url)

        monkeypatch.setattr(GuardedHttp, "send", send)


def rows(execution: Execution) -> list[str]:
    found = NodeExecution.objects.for_organization(execution.organization_id).filter(execution_id=execution.id)
    return list(found.order_by("execution_order").values_list("node_id", flat=True))


@pytest.mark.parametrize("mode", ["parallel", "smart"])
def test_calls_are_under_way_at_the_same_time(mode: str, owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(3)
    World(monkeypatch, lambda name: together.wait(20) and None)
    execution, lease = begin(owner, fan(mode, "a", "b", "c"))
    outcome = execute_held_run(execution, lease)
    assert outcome.status == ExecutionStatus.SUCCESS
    assert [item["json"]["said"] for item in outcome.output] == ["a", "b", "c"]
    assert len({item["json"]["correlation"] for item in outcome.output} - {""}) == 1
    assert sorted(rows(execution)) == ["a", "all", "b", "c", "start"]


def test_what_is_under_way_when_another_fails_is_journaled(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = threading.Event()

    def act(name: str) -> None:
        if name == "a":
            failed.set()
            raise ConnectionError
        assert failed.wait(20)

    World(monkeypatch, act)
    execution, lease = begin(owner, fan("parallel", "a", "b"))
    assert execute_held_run(execution, lease).status == ExecutionStatus.ERROR
    assert rows(execution) == ["start", "b", "a"]
    execution.refresh_from_db()
    assert execution.failed_node == "a"


def test_after_a_kill_what_was_journaled_is_not_done_again(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies when one of two calls is journaled and the other is under way."""
    journaled = threading.Event()
    flush = runner._Runner._flush

    def flushed(self: Any, *arguments: Any) -> None:
        flush(self, *arguments)
        journaled.set()

    def act(name: str) -> None:
        if name == "b" and len(world.keys) == 2:
            assert journaled.wait(20)
            raise SystemExit

    monkeypatch.setattr(runner._Runner, "_flush", flushed)
    world = World(monkeypatch, act)
    execution, lease = begin(owner, fan("parallel", "a", "b"))
    with pytest.raises(SystemExit):
        execute_held_run(execution, lease)
    assert rows(execution) == ["start", "a"]
    Execution.objects.for_organization(execution.organization_id).filter(id=execution.id).update(status="queued")
    run_batch([execution.id])
    execution.refresh_from_db()
    assert execution.status == ExecutionStatus.SUCCESS
    assert sorted(key.split(":")[1] for key in world.keys) == ["a", "b", "b"]
    assert len(set(world.keys)) == 2
    assert rows(execution) == ["start", "a", "b", "all"]
