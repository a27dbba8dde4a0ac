"""Connections: both ends exist, and the ports that they name."""

from __future__ import annotations

from collections.abc import Callable

from apps.workflows.engine.definition import Connection, Definition, Node
from apps.workflows.engine.node_type import ERROR, NodeType
from apps.workflows.engine.validation.faults import Fault

FindType = Callable[[str], type[NodeType] | None]


def connection_faults(definition: Definition, find_type: FindType) -> list[Fault]:
    """Dangling connections and unknown ports."""
    nodes = {node.id: node for node in definition.nodes}
    faults: list[Fault] = []
    for at, connection in enumerate(definition.connections):
        path = f"definition.connections[{at}]"
        for end in ("source", "target"):
            if getattr(connection, end) not in nodes:
                message = f"The connection’s {end} “{getattr(connection, end)}” is not a node."
                faults.append(Fault(f"{path}.{end}", "dangling_connection", message, is_structural=True))
        faults += _port_faults(path, connection, nodes, find_type)
    return faults


def _port_faults(path: str, connection: Connection, nodes: dict[str, Node], find_type: FindType) -> list[Fault]:
    faults = []
    source, target = nodes.get(connection.source), nodes.get(connection.target)
    source_type = find_type(source.type) if source else None
    target_type = find_type(target.type) if target else None
    if source and source_type and not source_type.inert:
        known = {port.name for port in source_type.outputs_for(source.parameters)} | {ERROR}
        if connection.source_output not in known:
            faults.append(_unknown(f"{path}.source_output", connection.source_output, source, known))
    if target and target_type and not target_type.inert:
        known = {port.name for port in target_type.inputs_for(target.parameters)}
        if connection.target_input not in known:
            faults.append(_unknown(f"{path}.target_input", connection.target_input, target, known))
    return faults


def _unknown(path: str, port: str, node: Node, known: set[str]) -> Fault:
    names = ", ".join(sorted(known)) or "none"
    return Fault(path, "unknown_port", f"“{node.name}” has no port “{port}”; it has {names}.", node_id=node.id)
