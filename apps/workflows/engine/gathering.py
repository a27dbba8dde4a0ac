"""Nodes with several inputs: what has come together for them, and when they run with what they have."""

from __future__ import annotations

from apps.workflows.engine.graph import Graph
from apps.workflows.engine.slots import Arrival, Delivery, Frame, Gathering


def deliver(graph: Graph, frame: Frame, delivery: Delivery) -> Arrival | None:
    """Give a gathering node items for one input. Answers the arrival that this makes complete.

    Of the nodes that do not need all of their inputs what still comes for a round that has run is dropped; a second
    arrival on an input begins the next round.
    """
    compiled = graph.compiled(delivery.target)
    waiting = frame.gathering.setdefault(delivery.target, [])
    found = next((gathering for gathering in waiting if delivery.port not in gathering.inputs), None)
    if found is None:
        found = Gathering()
        waiting.append(found)
    found.inputs[delivery.port] = delivery.batch
    found.sources[delivery.port] = delivery.source
    is_full = compiled.connected_inputs <= found.inputs.keys()
    if is_full:
        waiting.remove(found)
    if found.has_run or not (is_full or (compiled.needed and len(found.inputs) >= compiled.needed)):
        return None
    found.has_run = True
    return Arrival(delivery.target, dict(found.inputs), dict(found.sources), frame)


def incomplete(graph: Graph, frame: Frame) -> Arrival | None:
    """The gathering node to run with what it has: the one furthest upstream, then top, then left."""
    candidates: dict[str, Gathering] = {}
    for node_id, waiting in frame.gathering.items():
        first = next((gathering for gathering in waiting if not gathering.has_run), None)
        if first is not None and len(first.inputs) >= graph.compiled(node_id).least:
            candidates[node_id] = first
    if not candidates:
        return None
    chosen = min(candidates, key=lambda node_id: _rank(graph, node_id, candidates))
    found = candidates[chosen]
    frame.gathering[chosen].remove(found)
    return Arrival(chosen, found.inputs, found.sources, frame)


def _rank(graph: Graph, node_id: str, candidates: dict[str, Gathering]) -> tuple[bool, float, float]:
    upstream = graph.ancestors(node_id) - {node_id}
    return (any(other in upstream for other in candidates), *graph.position(node_id))
