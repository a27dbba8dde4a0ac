"""What can still happen from a place, for sure known before the run: sets of nodes as the bits of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from apps.workflows.engine.graph import Graph, GraphNode
from exprsn.kernel.expressions import Expression, Script

# By these an expression reaches into other nodes; a name that is no plain text in it may be any node.
_BY_CALL = frozenset({"$", "$node", "$items"})

_known: WeakKeyDictionary[Graph, Reach] = WeakKeyDictionary()


class Reach:
    """For each node: ``bit`` itself, ``runs`` all that may run when it does, ``reads`` the nodes whose runs it looks
    at, ``read`` those that any of ``runs`` looks at. ``ordered``: those that never run ahead of their turn."""

    __slots__ = ("beyond", "bit", "ordered", "read", "reads", "runs")

    def __init__(self, graph: Graph) -> None:
        ids = list(graph.ids())
        self.bit = {node_id: 1 << at for at, node_id in enumerate(ids)}
        self.beyond = 1 << len(ids)  # no node: something, but nothing that is looked at
        self.reads = {node_id: self._reads(graph, graph.compiled(node_id)) for node_id in ids}
        self.ordered = {
            node_id for node_id in ids if graph.compiled(node_id).type.is_ordered(graph.node(node_id).parameters)
        }
        self.runs = self._closed(graph, self.bit)
        self.read = self._closed(graph, self.reads)

    def _closed(self, graph: Graph, own: dict[str, int]) -> dict[str, int]:
        """Each node's bits together with those of all that follow from it."""
        found = dict(own)
        changed = True
        while changed:
            changed = False
            for node_id in reversed(found):
                bits = found[node_id]
                for successor in graph.compiled(node_id).successors:
                    bits |= found[successor.target]
                if bits != found[node_id]:
                    found[node_id] = bits
                    changed = True
        return found

    def _reads(self, graph: Graph, compiled: GraphNode) -> int:
        names = compiled.type.names_read(compiled.node.parameters)
        if names is None:
            return self.beyond - 1
        found = 0
        for name in names:
            found |= self._named(graph, name)
        for block in _blocks(compiled):
            looked_at = block.may_look_at() if block.names & _BY_CALL else frozenset()
            if looked_at is None:
                return self.beyond - 1
            for name in looked_at:
                found |= self._named(graph, name)
        return found

    def _named(self, graph: Graph, name: str) -> int:
        node_id = graph.id_of(name)
        return 0 if node_id is None else self.bit[node_id]


def reach_of(graph: Graph) -> Reach:
    """What can be reached in a graph; worked out once."""
    found = _known.get(graph)
    if found is None:
        found = _known[graph] = Reach(graph)
    return found


def _blocks(compiled: GraphNode) -> Iterator[Expression | Script]:
    for template in compiled.parameters.templates():
        yield from template.blocks
    for template in compiled.run_if.templates() if compiled.run_if is not None else ():
        yield from template.blocks
