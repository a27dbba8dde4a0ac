"""The graph as a whole: triggers, cycles, what can be reached."""

from __future__ import annotations

from collections.abc import Callable

from apps.workflows.engine.definition import Definition
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.validation.faults import Fault
from exprsn.kernel.graph import components, reachable

FindType = Callable[[str], type[NodeType] | None]


def structure_faults(definition: Definition, find_type: FindType) -> list[Fault]:
    """No trigger, cycles without a loop node, nodes that nothing reaches (a warning)."""
    edges: dict[str, list[str]] = {node.id: [] for node in definition.nodes}
    for connection in definition.connections:
        if connection.source in edges and connection.target in edges:
            edges[connection.source].append(connection.target)
    triggers = [n.id for n in definition.nodes if not n.disabled and _has(find_type, n.type, "is_trigger")]
    faults = _cycle_faults(definition, edges, find_type)
    if not triggers:
        message = "The workflow has no trigger, so nothing would ever start it. Add one."
        return [Fault("definition.nodes", "no_trigger", message), *faults]
    reached = reachable(edges, triggers)
    for at, node in enumerate(definition.nodes):
        if node.id not in reached and not node.disabled and not _has(find_type, node.type, "inert"):
            faults.append(
                Fault(
                    f"definition.nodes[{at}]",
                    "unreachable",
                    f"Nothing leads to “{node.name}”, so it will never run.",
                    "warning",
                    node.id,
                )
            )
    return faults


def _cycle_faults(definition: Definition, edges: dict[str, list[str]], find_type: FindType) -> list[Fault]:
    nodes = {node.id: (at, node) for at, node in enumerate(definition.nodes)}
    faults = []
    for members in components(edges):
        is_cycle = len(members) > 1 or members[0] in edges[members[0]]
        if not is_cycle or any(_has(find_type, nodes[member][1].type, "is_loop") for member in members):
            continue
        at, node = min((nodes[member] for member in members), key=lambda found: found[0])
        names = ", ".join(f"“{nodes[member][1].name}”" for member in sorted(members)[:5])
        message = f"{names} go round in a circle without a loop node."
        faults.append(Fault(f"definition.nodes[{at}]", "cycle_without_loop", message, node_id=node.id))
    return faults


def _has(find_type: FindType, type_id: str, attribute: str) -> bool:
    return bool(getattr(find_type(type_id), attribute, False))
