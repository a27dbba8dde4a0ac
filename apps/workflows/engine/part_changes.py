"""What of an earlier run still holds in the workflow as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.workflows.engine.definition import Node
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.part_bounds import Bounds, is_pinned


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier run: the graph that it ran, its finished entries in order, and whether pinned data counted in it."""

    graph: Graph
    entries: Sequence[JournalEntry]
    used_pins: bool = False


def outdated(graph: Graph, former: Former, bounds: Bounds, more: frozenset[str]) -> frozenset[str]:
    """The feeders that would not answer what they answered then: they were changed, or something before them was.

    ``more`` are known to be so. Pinned ones are never among them: they answer their pinned data.
    """
    feeders = bounds.nodes - bounds.own
    incoming, incoming_then = _incoming(graph), _incoming(former.graph)
    pinned = {node_id for node_id in feeders if is_pinned(graph, node_id)}
    answers_anew = {node_id for node_id in pinned if not _same_pins(graph, former, node_id)}
    stale = {
        node_id
        for node_id in feeders - pinned
        if node_id in more
        or node_id not in incoming_then
        or incoming[node_id] != incoming_then[node_id]
        or not _same(graph, former, node_id)
    }
    return frozenset(_spread(graph, bounds, stale, answers_anew))


def _spread(graph: Graph, bounds: Bounds, stale: set[str], answers_anew: set[str]) -> set[str]:
    """Add what comes after: other items arrive there, unless pinned data stand between."""
    found = set(stale)
    todo = [*stale, *answers_anew]
    while todo:
        for node_id in bounds.children.get(todo.pop(), frozenset()) & bounds.nodes - bounds.own - found:
            if not is_pinned(graph, node_id):
                found.add(node_id)
                todo.append(node_id)
    return found


def _same(graph: Graph, former: Former, node_id: str) -> bool:
    now, then = graph.node(node_id), former.graph.node(node_id)
    if graph.compiled(node_id).type.is_trigger:
        return now.type == then.type  # what started the run started it, whatever the trigger would do now
    return _doing(now) == _doing(then) and (then.pinned_data is None or not former.used_pins)


def _doing(node: Node) -> tuple[object, ...]:
    """All of a node that decides what it answers."""
    return (
        *(node.type, node.type_version, node.parameters, node.credentials, node.disabled, node.run_if),
        *(node.on_error, node.execute_once, node.always_output_data),
    )


def _same_pins(graph: Graph, former: Former, node_id: str) -> bool:
    if not former.used_pins or node_id not in former.graph.ids():
        return False
    then = former.graph.node(node_id)
    return not then.disabled and then.pinned_data == graph.node(node_id).pinned_data


def _incoming(graph: Graph) -> dict[str, set[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = {node_id: set() for node_id in graph.ids()}
    for connection in graph.definition.connections:
        if connection.target in found:
            found[connection.target].add((connection.source, connection.source_output, connection.target_input))
    return found
