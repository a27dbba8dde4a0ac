"""A definition as the rules of the linter look at it: who leads where, without what cannot run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from apps.workflows.engine.definition import Connection, Definition, Node
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.validation.faults import Fault

FindType = Callable[[str], type[NodeType] | None]


@dataclass(slots=True)
class Drawing:
    """The graph of a definition. Notes, unknown types and dangling connections are left out; disabled nodes are part
    of it, since they pass items through."""

    definition: Definition
    find_type: FindType
    nodes: dict[str, Node] = field(default_factory=dict)
    outgoing: dict[str, list[Connection]] = field(default_factory=dict)
    incoming: dict[str, list[Connection]] = field(default_factory=dict)
    _at: dict[str, int] = field(default_factory=dict)
    _ancestors: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, node in enumerate(self.definition.nodes):
            found = self.find_type(node.type)
            if found is not None and not found.inert:
                self.nodes.setdefault(node.id, node)
                self._at.setdefault(node.id, at)
        for connection in self.definition.connections:
            if connection.source in self.nodes and connection.target in self.nodes:
                self.outgoing.setdefault(connection.source, []).append(connection)
                self.incoming.setdefault(connection.target, []).append(connection)

    def type_of(self, node: Node) -> type[NodeType]:
        """The type of one of the nodes."""
        found = self.find_type(node.type)
        assert found is not None
        return found

    def enabled(self, *types: str) -> Iterator[Node]:
        """The enabled nodes of these types; of all without any."""
        return (node for node in self.nodes.values() if not node.disabled and (not types or node.type in types))

    def triggers(self) -> list[Node]:
        """The enabled triggers."""
        return [node for node in self.enabled() if self.type_of(node).is_trigger]

    def after(self, starts: Collection[str], *, without: str = "") -> set[str]:
        """Every node that can be reached from these, which count only when they come round again."""
        found: set[str] = set()
        todo = list(starts)
        while todo:
            for connection in self.outgoing.get(todo.pop(), ()):
                if connection.target not in found and connection.target != without:
                    found.add(connection.target)
                    todo.append(connection.target)
        return found

    def after_port(self, node_id: str, port: str) -> set[str]:
        """Every node that what leaves by this output can reach."""
        targets = {each.target for each in self.outgoing.get(node_id, ()) if each.source_output == port}
        return targets | self.after(targets)

    def ancestors(self, node_id: str) -> set[str]:
        """Every node that leads to this one."""
        if node_id not in self._ancestors:
            found: set[str] = set()
            todo = [node_id]
            while todo:
                for connection in self.incoming.get(todo.pop(), ()):
                    if connection.source not in found:
                        found.add(connection.source)
                        todo.append(connection.source)
            self._ancestors[node_id] = found
        return self._ancestors[node_id]

    def warning(self, node: Node, code: str, message: str, place: str = "") -> Fault:
        """A trap at a node, or at a place within it."""
        path = f"definition.nodes[{self._at[node.id]}]"
        return Fault(f"{path}.{place}" if place else path, f"trap_{code}", message, "warning", node.id)
