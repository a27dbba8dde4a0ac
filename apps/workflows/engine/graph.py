"""A definition compiled for running: ports, successors in their order, parameters. Shared by all runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from apps.workflows.engine.definition import Definition, Node
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.parameters import CompiledParameters, CompiledValue, compile_value

FindType = Callable[[str], type[NodeType]]


@dataclass(frozen=True, slots=True)
class Successor:
    """An input that is connected to an output."""

    output: str
    target: str
    input: str


@dataclass(slots=True)
class GraphNode:
    """A node with everything that can be known before a run."""

    node: Node
    type: type[NodeType]
    runner: NodeType
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    connected_inputs: frozenset[str]
    successors: tuple[Successor, ...]
    parameters: CompiledParameters
    run_if: CompiledValue | None

    @property
    def id(self) -> str:
        """The node's id."""
        return self.node.id

    @property
    def first_output(self) -> str:
        """The port that passed-through items leave by."""
        return self.outputs[0] if self.outputs else "main"

    @property
    def gathers(self) -> bool:
        """Whether the node waits for all of its connected inputs."""
        return self.type.waits_for_all_inputs and len(self.inputs) > 1


class Graph:
    """A compiled definition. ``find_type`` maps a node type's id to its class and raises ``KeyError``-like errors."""

    def __init__(self, definition: Definition, find_type: FindType) -> None:
        self.definition = definition
        self._nodes: dict[str, GraphNode] = {}
        self._by_name: dict[str, str] = {}
        incoming = _incoming(definition)
        outgoing = _outgoing(definition)
        for node in definition.nodes:
            self._nodes[node.id] = _compile(node, find_type(node.type), incoming, outgoing)
            self._by_name.setdefault(node.name, node.id)

    def node(self, node_id: str) -> Node:
        """The definition of a node."""
        return self._nodes[node_id].node

    def compiled(self, node_id: str) -> GraphNode:
        """A node as compiled."""
        return self._nodes[node_id]

    def ids(self) -> Iterable[str]:
        """The ids of all nodes."""
        return self._nodes.keys()

    def id_of(self, name: str) -> str | None:
        """The id of the node with this name."""
        return self._by_name.get(name)

    def ancestors(self, node_id: str) -> set[str]:
        """Every node from which this one can be reached."""
        parents: dict[str, set[str]] = {}
        for compiled in self._nodes.values():
            for successor in compiled.successors:
                parents.setdefault(successor.target, set()).add(compiled.id)
        found: set[str] = set()
        todo = [node_id]
        while todo:
            for parent in parents.get(todo.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    todo.append(parent)
        return found

    def position(self, node_id: str) -> tuple[float, float]:
        """Top first, then left: the order in which branches run."""
        node = self._nodes[node_id].node
        return node.y, node.x


def _incoming(definition: Definition) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for connection in definition.connections:
        found.setdefault(connection.target, set()).add(connection.target_input)
    return found


def _outgoing(definition: Definition) -> Mapping[str, tuple[Successor, ...]]:
    nodes = {node.id: node for node in definition.nodes}
    found: dict[str, list[Successor]] = {}
    for connection in definition.connections:
        if connection.source in nodes and connection.target in nodes:
            found.setdefault(connection.source, []).append(
                Successor(connection.source_output, connection.target, connection.target_input)
            )
    for successors in found.values():
        successors.sort(key=lambda s: (nodes[s.target].y, nodes[s.target].x))
    return {source: tuple(successors) for source, successors in found.items()}


def _compile(
    node: Node,
    node_type: type[NodeType],
    incoming: Mapping[str, set[str]],
    outgoing: Mapping[str, tuple[Successor, ...]],
) -> GraphNode:
    inputs = tuple(port.name for port in node_type.inputs_for(node.parameters))
    outputs = tuple(port.name for port in node_type.outputs_for(node.parameters))
    return GraphNode(
        node=node,
        type=node_type,
        runner=node_type(),
        inputs=inputs,
        outputs=outputs,
        connected_inputs=frozenset(incoming.get(node.id, set()) & set(inputs)),
        successors=outgoing.get(node.id, ()),
        parameters=CompiledParameters(node_type.parameters, node.parameters),
        run_if=compile_value(_as_template(node.run_if)) if node.run_if else None,
    )


def _as_template(run_if: str) -> str:
    return run_if if run_if.startswith("=") else f"={{{{ {run_if} }}}}"
