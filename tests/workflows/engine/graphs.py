"""Small graphs of small nodes, for the engine's own tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Parameter,
    Port,
    WebResponse,
)
from apps.workflows.engine.ports import Ports
from apps.workflows.engine.run import RunResult, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from exprsn.kernel.errors import Unavailable
from exprsn.kernel.expressions import ExpressionError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


class Start(NodeType):
    """A trigger."""

    type, display_name, description, group, icon, color = "start", "Start", "", "trigger", "play", "trigger"
    inputs = ()
    is_trigger = True

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": context.items})


class Pass(NodeType):
    """Passes on, with a parameter ``add`` put under ``value`` when there is one."""

    type, display_name, description, group, icon, color = "pass", "Pass", "", "data", "box", "data"

    def run(self, context: NodeContext) -> NodeResult:
        if context.raw("add") is None:
            return NodeResult({"main": context.items.select(range(len(context.items)))})
        return context.each(lambda item, at: Item({**item.json, "value": context.param("add", at)}))


class Fork(NodeType):
    """Even numbers ``n`` to ``even``, odd ones to ``odd``."""

    type, display_name, description, group, icon, color = "fork", "Fork", "", "flow", "split", "logic"
    outputs = (Port("even"), Port("odd"))

    def run(self, context: NodeContext) -> NodeResult:
        even = [at for at, item in enumerate(context.items) if item.json["n"] % 2 == 0]
        odd = [at for at, item in enumerate(context.items) if item.json["n"] % 2]
        return NodeResult({"even": context.items.select(even), "odd": context.items.select(odd)})


class Join(NodeType):
    """Both inputs, one after the other."""

    type, display_name, description, group, icon, color = "join", "Join", "", "flow", "merge", "logic"
    inputs = (Port("input_1"), Port("input_2"))
    waits_for_all_inputs = True

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": ItemBatch([Item(i.json) for batch in context.inputs.values() for i in batch])})


class StrictJoin(Join):
    """Needs both inputs."""

    type = "strict_join"
    min_inputs = 2


class Loop(NodeType):
    """Gives items out one by one, then all of them together."""

    type, display_name, description, group, icon, color = "loop", "Loop", "", "flow", "repeat", "logic"
    outputs = (Port("done"), Port("loop"))
    is_loop = True

    def run(self, context: NodeContext) -> NodeResult:
        state = context.state
        if "left" not in state:
            state["left"] = [item.json for item in context.items]
            state["seen"] = []
        else:
            state["seen"] += [item.json for item in context.items]
        if state["left"]:
            return NodeResult({"loop": ItemBatch.of([state["left"].pop(0)])})
        seen = state["seen"]
        state.clear()
        return NodeResult({"done": ItemBatch.of(seen)})


class Flaky(NodeType):
    """Fails as often as its parameter ``times`` says, for the whole run of a test."""

    type, display_name, description, group, icon, color = "flaky", "Flaky", "", "data", "zap", "data"
    capabilities = Capabilities(side_effect=True)
    left = 0

    def run(self, context: NodeContext) -> NodeResult:
        if Flaky.left > 0:
            Flaky.left -= 1
            raise NodeError("It did not work.", kind="http_503", retryable=True)
        return NodeResult({"main": context.items})


class Picky(NodeType):
    """Fails for items whose ``n`` is 13."""

    type, display_name, description, group, icon, color = "picky", "Picky", "", "data", "zap", "data"

    def run(self, context: NodeContext) -> NodeResult:
        def look(item: Item, at: int) -> Item:
            if item.json.get("n") == 13:
                raise NodeError("Not this one.", kind="unlucky")
            return Item(item.json)

        return context.each(look)


class Broken(NodeType):
    """Has a bug."""

    type, display_name, description, group, icon, color = "broken", "Broken", "", "data", "zap", "data"

    def run(self, context: NodeContext) -> NodeResult:
        raise ZeroDivisionError("secret path /etc")


class Rest(NodeType):
    """Waits an hour."""

    type, display_name, description, group, icon, color = "rest", "Rest", "", "flow", "clock", "logic"

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": context.items}, wait_until=NOW + timedelta(hours=1))


class Nothing(NodeType):
    """Gives nothing out."""

    type, display_name, description, group, icon, color = "nothing", "Nothing", "", "data", "box", "data"

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult()


class Answer(NodeType):
    """Answers the caller."""

    type, display_name, description, group, icon, color = "answer", "Answer", "", "flow", "reply", "logic"

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": context.items}, response=WebResponse(body=context.param("say")))


class Shuffle(NodeType):
    """Makes items without saying from which they came."""

    type, display_name, description, group, icon, color = "shuffle", "Shuffle", "", "data", "shuffle", "data"

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": ItemBatch.of([{"made": 1}, {"made": 2}, {"made": 3}])})


class Recall(NodeType):
    """What arrived in each of its runs so far; fails for items whose ``n`` is 13."""

    type, display_name, description, group, icon, color = "recall", "Recall", "", "flow", "box", "data"

    def run(self, context: NodeContext) -> NodeResult:
        if any(item.json["n"] == 13 for item in context.items):
            raise NodeError("Not this one.")
        found = [[i.json["n"] for i in context.arrived(run)] for run in range(context.run_index + 1)]
        return NodeResult({"main": ItemBatch.of([{"seen": found}])})


class Paired(NodeType):
    """Two items for each: one that says it came from nothing, one that leaves it to the engine."""

    type, display_name, description, group, icon, color = "paired", "Paired", "", "data", "box", "data"

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, at: [Item({"made": at}, None, ()), Item(item.json)])


class Both(Join):
    """One item that says it came from the first of both inputs, and from one that never was."""

    type = "both"

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult({"main": ItemBatch([Item({}, None, (Pair(0, 0), Pair(0, 1), Pair(99, 1), Pair(0, 7)))])})


class Refuses(NodeType):
    """Fails with the error that its parameter names, as a library of its would."""

    type, display_name, description, group, icon, color = "refuses", "Refuses", "", "data", "box", "data"

    def run(self, context: NodeContext) -> NodeResult:
        if context.raw("how") == "expression":
            raise ExpressionError("No.", line=3, column=4)
        raise Unavailable("Gone.", code="gone", params={"where": "there"})


class Note(NodeType):
    """A note on the canvas."""

    type, display_name, description, group, icon, color = "note", "Note", "", "note", "note", "data"
    inert = True
    inputs = ()
    outputs = ()

    def run(self, context: NodeContext) -> NodeResult:
        raise AssertionError("never runs")


class Effect(Pass):
    """Would change something outside; fails when it is really run."""

    type = "effect"
    capabilities = Capabilities(side_effect=True)
    parameters = (Parameter("add", "Add"),)

    def run(self, context: NodeContext) -> NodeResult:
        raise AssertionError("a dry run has no effect")


class EffectWithExample(Effect):
    """The same, with an example of what it would answer."""

    type = "effect_with_example"
    example_output = {"id": 7}


KINDS: tuple[type[NodeType], ...] = (
    *(Effect, EffectWithExample),
    *(Start, Pass, Fork, Join, StrictJoin, Loop, Flaky, Picky, Broken, Rest, Nothing, Answer),
    *(Shuffle, Recall, Paired, Both, Refuses, Note),
)
TYPES: Mapping[str, type[NodeType]] = {kind.type: kind for kind in KINDS}


def document(nodes: Sequence[Any], edges: Sequence[str], **more: Any) -> dict[str, Any]:
    """A definition from ``(id, type, fields)`` and ``"a.port > b.port"`` (ports may be left out)."""
    made = []
    for at, entry in enumerate(nodes):
        node_id, kind, fields = (*entry, {})[:3]
        made.append({"id": node_id, "type": kind, "name": node_id, "position": {"x": at * 10, "y": at}, **fields})
    connections = []
    for edge in edges:
        source, _, target = edge.partition(" > ")
        (a, _, out), (b, _, into) = source.partition("."), target.partition(".")
        connections.append({"source": a, "source_output": out or "main", "target": b, "target_input": into or "main"})
    return {"schema_version": 1, "nodes": made, "connections": connections, "variables": {}, "settings": {}, **more}


def ports(**more: Any) -> Ports:
    """Ports with a clock that stands still and nothing else."""
    return Ports(more.get("http"), more.get("code"), more.get("credentials"), Clock())  # type: ignore[arg-type]


def make_run(definition: dict[str, Any], items: Sequence[dict[str, Any]] = ({},), **options: Any) -> RunContext:
    """A run that is about to begin at ``start``."""
    graph = Graph(parse_definition(definition), options.pop("types", TYPES).__getitem__)
    scheduler = Scheduler(graph, **options.pop("scheduler", {}))
    scheduler.begin("start", ItemBatch.of(items))
    return RunContext(scheduler, options.pop("ports", ports()), sleep=options.pop("sleep", lambda _: None), **options)


def carry_out(
    definition: dict[str, Any],
    items: Sequence[dict[str, Any]] = ({},),
    after: Callable[..., bool] | None = None,
    **options: Any,
) -> tuple[RunContext, RunResult]:
    """Run a definition from ``start`` to its end or pause."""
    run = make_run(definition, items, **options)
    return run, run_to_pause(run, after)


def output(run: RunContext, node_id: str, port: str = "main", at: int = -1) -> list[dict[str, Any]]:
    """The JSON of what a node put out."""
    return [item.json for item in run.scheduler.entries_of[node_id][at].outputs.get(port, ())]
