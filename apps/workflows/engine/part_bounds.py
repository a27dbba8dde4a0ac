"""Which nodes a partial run runs, and which ones feed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.workflows.engine.graph import Graph
from exprsn.kernel.errors import InvalidInput

Links = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """``nodes`` are all that the run may touch, ``own`` those of them that it runs; the others feed these.

    ``parents``: node → those that lead to it, ``children``: those that it leads to. ``needed``: feeders whose data
    must be there, because no pinned data stand between them and what runs.
    """

    nodes: frozenset[str]
    own: frozenset[str]
    parents: Links
    children: Links
    needed: frozenset[str]

    @property
    def feeders(self) -> frozenset[str]:
        """The nodes that lead straight into those that run."""
        return frozenset(parent for node in self.own for parent in self.parents.get(node, ())) - self.own


def is_pinned(graph: Graph, node_id: str) -> bool:
    """Whether the node answers pinned data instead of running."""
    node = graph.node(node_id)
    return node.pinned_data is not None and not node.disabled


def bounds_of(graph: Graph, start: str, end: str) -> Bounds:
    """The bounds of a run from ``start`` to ``end`` (ids; either may be empty, for the beginning and for all ends).

    Without ``start`` only ``end`` itself is sure to run. Raises ``end_not_reached`` and ``start_in_loop``.
    """
    parents, children = _links(graph, end)
    own = frozenset(reach([start], children)) if start else frozenset({end})
    nodes = frozenset(reach([end] if end else own, parents))
    if start and end and start not in nodes:
        raise InvalidInput(
            "No connection leads from the start node to the end node.",
            code="end_not_reached",
            errors={"end_node": ["It does not come after the start node."]},
        )
    own &= nodes
    if start:
        _refuse_half_loop(graph, start, own, parents)
    return Bounds(nodes, own, parents, children, _needed(graph, own, parents))


def _links(graph: Graph, end: str) -> tuple[Links, Links]:
    parents: dict[str, set[str]] = {}
    children: dict[str, set[str]] = {}
    for node_id in graph.ids():
        if node_id == end:
            continue
        for successor in graph.compiled(node_id).successors:
            parents.setdefault(successor.target, set()).add(node_id)
            children.setdefault(node_id, set()).add(successor.target)
    for node_id in graph.ids():
        # The last nodes of a body lead back to the node whose body it is.
        for leaf in graph.body(node_id):
            if leaf != end and graph.compiled(leaf).is_leaf:
                parents.setdefault(node_id, set()).add(leaf)
                children.setdefault(leaf, set()).add(node_id)
    return _frozen(parents), _frozen(children)


def _frozen(links: Mapping[str, set[str]]) -> Links:
    return {node_id: frozenset(others) for node_id, others in links.items()}


def reach(begin: Iterable[str], links: Links) -> set[str]:
    """These nodes and all that the links lead to."""
    found = set(begin)
    todo = list(found)
    while todo:
        more = links.get(todo.pop(), frozenset()) - found
        found |= more
        todo += more
    return found


def _refuse_half_loop(graph: Graph, start: str, own: frozenset[str], parents: Links) -> None:
    """A node that only its own loop leads to has no data of its own to begin with."""
    feeding = parents.get(start, frozenset())
    if not feeding or feeding - own:
        return
    begins = sorted(graph.node(node_id).name for node_id in own if parents.get(node_id, frozenset()) - own)
    names = ", ".join(f"“{name}”" for name in begins)
    told = f"“{graph.node(start).name}” is inside of a loop. Start where the loop begins{': ' if names else ''}{names}."
    raise InvalidInput(told, code="start_in_loop", errors={"start_node": [told]})


def _needed(graph: Graph, own: frozenset[str], parents: Links) -> frozenset[str]:
    found: set[str] = set()
    todo = [node_id for node_id in own if not is_pinned(graph, node_id)]
    while todo:
        for parent in parents.get(todo.pop(), frozenset()) - own:
            if parent not in found and not is_pinned(graph, parent):
                found.add(parent)
                todo.append(parent)
    return frozenset(found)
