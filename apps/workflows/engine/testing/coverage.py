"""Which nodes and which branches tests went through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apps.workflows.engine.graph import Graph
from apps.workflows.engine.journal import SKIPPED, JournalEntry
from apps.workflows.engine.node_type import ERROR
from exprsn.kernel.graph import reachable

Branch = tuple[str, str]


class Coverage:
    """Counts nodes that some trigger leads to, and of those with several ways out each way that is connected."""

    def __init__(self, graph: Graph) -> None:
        self._nodes = _counted_nodes(graph)
        self._branches = [branch for node_id in self._nodes for branch in _branches_of(graph, node_id)]
        self._ran: set[str] = set()
        self._taken: set[Branch] = set()

    def add(self, entries: Iterable[JournalEntry]) -> None:
        """Count what a run went through; a node that was skipped does not count."""
        for entry in entries:
            if entry.status != SKIPPED:
                self._ran.add(entry.node_id)
                self._taken.update((entry.node_id, port) for port, batch in entry.outputs.items() if batch)

    def to_data(self) -> dict[str, Any]:
        """As JSON, with what is missing."""
        nodes = [node_id for node_id in self._nodes if node_id not in self._ran]
        branches = [{"node": node, "output": port} for node, port in self._branches if (node, port) not in self._taken]
        return {
            "nodes": _share(self._nodes, nodes),
            "branches": _share(self._branches, branches),
        }


def _share(every: Sequence[Any], missing: Sequence[Any]) -> dict[str, Any]:
    return {"covered": len(every) - len(missing), "total": len(every), "missing": list(missing)}


def _counted_nodes(graph: Graph) -> list[str]:
    compiled = {node_id: graph.compiled(node_id) for node_id in graph.ids()}
    edges = {node_id: [successor.target for successor in node.successors] for node_id, node in compiled.items()}
    begins = [node_id for node_id, node in compiled.items() if node.type.is_trigger and not node.node.disabled]
    reached = reachable(edges, begins)
    return [
        node_id
        for node_id, node in compiled.items()
        if node_id in reached and not node.node.disabled and not node.type.inert
    ]


def _branches_of(graph: Graph, node_id: str) -> list[Branch]:
    compiled = graph.compiled(node_id)
    ports = [*compiled.outputs, *([ERROR] if compiled.node.on_error == "error_output" else [])]
    connected = {successor.output for successor in compiled.successors}
    return [(node_id, port) for port in ports if port in connected] if len(ports) > 1 else []
