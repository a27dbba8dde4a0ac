"""Runs one node on items, with simple stand-ins for the outside world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.context import CallContext
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.node_type import MAIN, NodeResult
from apps.workflows.engine.ports import CodeAnswer, HttpAnswer, HttpCall, Ports, Secret
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall, Scheduler
from apps.workflows.registry import get_node_type

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class NoHttp:
    """Refuses to be called."""

    def send(self, call: HttpCall) -> HttpAnswer:
        raise AssertionError(f"unexpected call of {call.url}")


class NoCode:
    """Answers with nothing."""

    def run_javascript(self, source: str, **asked: Any) -> CodeAnswer:
        return CodeAnswer([])


@dataclass
class Credentials:
    """Secrets by id."""

    secrets: Mapping[str, Secret]

    def open(self, credential_id: str) -> Secret:
        return self.secrets[credential_id]


@dataclass
class Clock:
    """Stands still."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Ran:
    """What a node did."""

    result: NodeResult
    run: RunContext
    logs: list[tuple[str, str]] = field(default_factory=list)

    def json(self, port: str = MAIN) -> list[Any]:
        return [item.json for item in self.result.outputs.get(port, EMPTY)]

    def pairs(self, port: str = MAIN) -> list[Any]:
        return [
            None if item.paired is None else [tuple(pair) for pair in item.paired]
            for item in self.result.outputs.get(port, EMPTY)
        ]


@pytest.fixture(scope="session")
def run_node() -> Callable[..., Ran]:
    """``run_node(type, parameters, items or {port: items}, …)`` answers what the node did."""
    return _run_node


def _run_node(
    type_id: str,
    parameters: Mapping[str, Any] | None = None,
    items: Any = ({},),
    *,
    on_error: str = "stop",
    timezone: str = "UTC",
    now: datetime = NOW,
    state: dict[str, Any] | None = None,
    run_index: int = 0,
    credentials: Mapping[str, str] | None = None,
    secrets: Mapping[str, Secret] | None = None,
    http: Any = None,
    code: Any = None,
    **ports: Any,
) -> Ran:
    node = {
        "id": "n1",
        "type": type_id,
        "parameters": dict(parameters or {}),
        "credentials": dict(credentials or {}),
        "on_error": on_error,
    }
    graph = Graph(parse_definition({"nodes": [node], "connections": []}), get_node_type)
    ports_given = Ports(http or NoHttp(), code or NoCode(), Credentials(secrets or {}), Clock(now), **ports)
    run = RunContext(Scheduler(graph), ports_given, execution_id="e1", timezone=timezone)
    batches = items if isinstance(items, dict) else {MAIN: items}
    inputs = {port: batch if isinstance(batch, ItemBatch) else ItemBatch.of(batch) for port, batch in batches.items()}
    call = NodeCall(graph.compiled("n1"), run_index, 0, inputs, {})
    context = CallContext(run, call, inputs, state if state is not None else {})
    result = get_node_type(type_id)().run(context)
    return Ran(result, run, [(line.level, line.message) for line in run.logs])
