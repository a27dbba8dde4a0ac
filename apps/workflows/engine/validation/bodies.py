"""Bodies of nodes: no connection leads into one from elsewhere, or out of it."""

from __future__ import annotations

from collections.abc import Callable

from apps.workflows.engine.definition import Definition
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.validation.faults import Fault
from exprsn.kernel.graph import reachable

FindType = Callable[[str], type[NodeType] | None]


def body_faults(definition: Definition, find_type: FindType) -> list[Fault]:
    """Connections that cross the border of a body."""
    faults: list[Fault] = []
    edges: dict[str, list[str]] = {node.id: [] for node in definition.nodes}
    known = [each for each in definition.connections if each.source in edges and each.target in edges]
    for connection in known:
        edges[connection.source].append(connection.target)
    for node in definition.nodes:
        node_type = find_type(node.type)
        port = node_type.body_port if node_type is not None else ""
        if not port:
            continue
        first = {each.target for each in known if each.source == node.id and each.source_output == port}
        inside = reachable({**edges, node.id: []}, first) - {node.id}
        for at, each in enumerate(definition.connections):
            enters = each.target in inside and each.source not in inside
            returns = each.target == node.id and (each.source in inside or each.source == node.id)
            if returns or (enters and (each.source, each.source_output) != (node.id, port)):
                faults.append(_crossed(at, node.name, node.id))
    return faults


def _crossed(at: int, name: str, node_id: str) -> Fault:
    message = f"The connection crosses the border of the body of “{name}”. Go on after that node instead."
    return Fault(f"definition.connections[{at}]", "scope_crossed", message, node_id=node_id)
