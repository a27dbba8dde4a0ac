"""A definition compiled for running: ports, successors in their order, parameters. Shared by all runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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
    gathers: bool = False


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
    needed: int = 0  # of a gathering node: with so many inputs it runs; 0: with all that are connected
    least: int = 1  # and with so many when nothing else can run
    is_leaf: bool = False  # nothing follows from it (the body of a node does not follow from it)
    body_port: str = ""  # of its type
    catches: bool = False  # what fails in its body ends only the round

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
        self._bodies: dict[str, frozenset[str]] = {}
        self._nodes: dict[str, GraphNode] = {}
        self._by_name: dict[str, str] = {}
        incoming = _incoming(definition)
        outgoing = _outgoing(definition)
        for node in definition.nodes:
            self._nodes[node.id] = _compile(node, find_type(node.type), incoming, outgoing)
            self._by_name.setdefault(node.name, node.id)
        for compiled in self._nodes.values():
            compiled.successors = tuple(
                replace(each, gathers=self._nodes[each.target].gathers) for each in compiled.successors
            )

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

    def body(self, node_id: str) -> frozenset[str]:
        """The nodes of the body of a node: all that its body port leads to."""
        found = self._bodies.get(node_id)
        if found is None:
            compiled = self._nodes[node_id]
            todo = [each.target for each in compiled.successors if each.output == compiled.body_port]
            reached: set[str] = set()
            while todo:
                target = todo.pop()
                if target not in reached and target != node_id:
                    reached.add(target)
                    todo += [each.target for each in self._nodes[target].successors]
            found = self._bodies[node_id] = frozenset(reached)
        return found

    def runs_once(self, node_id: str) -> bool:
        """Whether every node in the body of a node runs at most once in each round, whatever the items are."""
        body = self.body(node_id)
        arrivals: Counter[tuple[str, str]] = Counter(
            (each.target, each.input if self._nodes[each.target].gathers else "")
            for source in (node_id, *body)
            for each in self._nodes[source].successors
            if each.target in body
        )
        plain = all(not self._nodes[each].type.is_loop and not self._nodes[each].body_port for each in body)
        return plain and all(count == 1 for count in arrivals.values())

    @cached_property
    def goes_at_once(self) -> bool:
        """Whether any of its nodes may run beside another."""
        kinds = (
            node.type.body_at_once or node.type.rounds_at_once(node.node.parameters) for node in self._nodes.values()
        )
        return self.definition.settings.execution_mode != "sequential" or any(kinds)

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
    connected = frozenset(incoming.get(node.id, set()) & set(inputs))
    successors = outgoing.get(node.id, ())
    needed = min(node_type.inputs_needed(node.parameters), len(connected))
    return GraphNode(
        node=node,
        type=node_type,
        runner=node_type(),
        inputs=inputs,
        outputs=outputs,
        connected_inputs=connected,
        successors=successors,
        parameters=CompiledParameters(node_type.parameters, node.parameters),
        run_if=compile_value(_as_template(node.run_if)) if node.run_if else None,
        needed=needed,
        least=max(node_type.min_inputs, needed),
        is_leaf=all(successor.output == node_type.body_port for successor in successors),
        body_port=node_type.body_port,
        catches=node_type.catches(node.parameters),
    )


def _as_template(run_if: str) -> str:
    return run_if if run_if.startswith("=") else f"={{{{ {run_if} }}}}"
