"""Every fault of a definition, each with its path."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from apps.workflows.engine.definition import Definition, parse_definition
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.validation.bodies import body_faults
from apps.workflows.engine.validation.connections import connection_faults
from apps.workflows.engine.validation.expressions import CheckScripts, Faulty, faulty_scripts
from apps.workflows.engine.validation.faults import Fault
from apps.workflows.engine.validation.nodes import node_faults
from apps.workflows.engine.validation.settings import settings_faults
from apps.workflows.engine.validation.shape import shape_faults
from apps.workflows.engine.validation.structure import structure_faults
from apps.workflows.engine.validation.traps import trap_faults

FindType = Callable[[str], type[NodeType] | None]


def validate(
    document: Any,
    find_type: FindType,
    credentials: Collection[str] | None = None,
    check_scripts: CheckScripts | None = None,
) -> list[Fault]:
    """All faults, errors first. Never raises.

    ``credentials`` are the ids that exist; None leaves them unchecked. ``check_scripts`` is asked about expressions
    that need the sandbox.
    """
    faults = shape_faults(document)
    if faults:
        return faults
    definition = parse_definition(document)
    faulty = faulty_scripts(definition, check_scripts)
    faults = [*_identity_faults(definition), *_node_faults(definition, find_type, credentials, faulty)]
    faults += connection_faults(definition, find_type)
    faults += structure_faults(definition, find_type)
    faults += body_faults(definition, find_type)
    faults += trap_faults(definition, find_type)
    faults += settings_faults(definition.settings)
    return sorted(faults, key=lambda fault: fault.severity != "error")


def _identity_faults(definition: Definition) -> list[Fault]:
    faults: list[Fault] = []
    ids: set[str] = set()
    names: set[str] = set()
    for at, node in enumerate(definition.nodes):
        if node.id in ids:
            faults.append(
                Fault(
                    f"definition.nodes[{at}].id",
                    "duplicate_id",
                    "Two nodes have this id.",
                    node_id=node.id,
                    is_structural=True,
                )
            )
        if node.name in names:
            faults.append(
                Fault(
                    f"definition.nodes[{at}].name",
                    "duplicate_name",
                    f"Two nodes are called “{node.name}”. Expressions could not tell them apart.",
                    node_id=node.id,
                )
            )
        ids.add(node.id)
        names.add(node.name)
    return faults


def _node_faults(
    definition: Definition, find_type: FindType, credentials: Collection[str] | None, faulty: Faulty
) -> list[Fault]:
    faults: list[Fault] = []
    for at, node in enumerate(definition.nodes):
        path = f"definition.nodes[{at}]"
        node_type = find_type(node.type)
        if node_type is None:
            message = f"There is no node type “{node.type}”. Remove the node or install what provides it."
            faults.append(Fault(f"{path}.type", "unknown_node_type", message, node_id=node.id, is_structural=True))
        elif not node.disabled:
            faults += node_faults(path, node, node_type, credentials, faulty)
    return faults
