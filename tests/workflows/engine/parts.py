"""Whole and partial runs of small graphs, and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType
from apps.workflows.engine.part import Part
from apps.workflows.engine.part_bounds import bounds_of
from apps.workflows.engine.part_changes import Former
from apps.workflows.engine.part_plan import PartPlan
from apps.workflows.engine.run import run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from exprsn.kernel.jsonvalue import JsonValue
from tests.workflows.engine.graphs import TYPES, Pass, ports


class Counted(Pass):
    """Has an effect: the id of the node is noted. Adds its own id to each item."""

    type = "counted"
    capabilities = Capabilities(side_effect=True)
    effects: list[str] = []  # one list for all runs of a test

    def run(self, context: NodeContext) -> NodeResult:
        Counted.effects.append(context.node.id)
        return context.each(lambda item, at: Item({**item.json, "by": self._passed(item, context)}))

    @staticmethod
    def _passed(item: Item, context: NodeContext) -> list[JsonValue]:
        before = item.json.get("by")
        return [*(before if isinstance(before, list) else []), context.node.id]


KINDS: dict[str, type[NodeType]] = {**TYPES, "counted": Counted}


def graph_of(definition: dict[str, Any]) -> Graph:
    return Graph(parse_definition(definition), KINDS.__getitem__)


def whole(definition: dict[str, Any], items: Sequence[dict[str, Any]] = ({},), **options: Any) -> RunContext:
    """A whole run from ``start``."""
    scheduler = Scheduler(graph_of(definition))
    scheduler.begin("start", ItemBatch.of(items))
    run = RunContext(scheduler, ports(), **options)
    run_to_pause(run)
    return run


def plan(definition: dict[str, Any], former: RunContext | None, start: str = "", end: str = "", **options: Any) -> Part:
    """The plan of a partial run of this definition after that run."""
    graph = graph_of(definition)
    before = None
    if former is not None:
        before = Former(former.scheduler.graph, former.scheduler.entries, used_pins=former.use_pins)
    trigger = options.pop("trigger", "start")
    return PartPlan(graph, bounds_of(graph, start, end), before, trigger, start, end, **options).part()


def partial(
    definition: dict[str, Any], former: RunContext | None, start: str = "", end: str = "", **options: Any
) -> RunContext:
    """A partial run by hand; it begins anew from its stored form, as another process would."""
    items = options.pop("items", ({},))
    part = Part.from_data(plan(definition, former, start, end, **options).to_data())
    scheduler = Scheduler(graph_of(definition))
    scheduler.begin_part(part, options.get("trigger", "start"), ItemBatch.of(items))
    Counted.effects.clear()
    run = RunContext(scheduler, ports(), use_pins=True)
    run_to_pause(run)
    return run


def ran(run: RunContext) -> list[str]:
    """The nodes in their order, each as often as it was gone through."""
    return [entry.node_id for entry in run.scheduler.entries]


def outputs(run: RunContext, node_id: str) -> list[Any]:
    """What each run of a node put out, with the origins of its items."""
    entries = run.scheduler.entries_of.get(node_id, [])
    return [{port: batch.to_data() for port, batch in entry.outputs.items()} for entry in entries]
