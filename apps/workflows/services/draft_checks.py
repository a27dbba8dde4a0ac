"""What is wrong with a draft, as the designer shows it: the same faults that publishing refuses."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.workflows.access import get_workflow
from apps.workflows.engine.validation.faults import Fault
from apps.workflows.services.documents import MAX_REPORTED, validate_document
from exprsn.kernel.jsonvalue import JsonObject

_NODE = re.compile(r"definition\.nodes\[(\d+)\]")


def check_draft(*, actor: Actor, workflow_id: UUID, definition: dict[str, Any] | None = None) -> JsonObject:
    """``{valid, faults, count}`` of the draft, or of another definition for this workflow; nothing is written.

    ``valid``: it could be published. Errors come first; ``faults`` holds the first 200 of ``count``.
    """
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    assert workflow.current is not None
    document = workflow.current.document.value if definition is None else definition
    faults = validate_document(workflow.organization_id, document)
    return {
        "valid": all(fault.severity != "error" for fault in faults),
        "faults": [_told(fault, document) for fault in faults[:MAX_REPORTED]],
        "count": len(faults),
    }


def _told(fault: Fault, document: dict[str, Any]) -> JsonObject:
    node = _node_of(fault, document)
    return {
        "severity": fault.severity,
        "code": fault.code,
        "message": fault.message,
        "node_id": _text(node.get("id")) or fault.node_id or None,
        "node_name": _text(node.get("name")) or _text(node.get("id")) or None,
        "path": fault.path,
        "position": None if fault.line is None else {"line": fault.line, "column": fault.column},
    }


def _node_of(fault: Fault, document: dict[str, Any]) -> dict[str, Any]:
    """The node that the path names, else the one with the fault's id; of two with one id each has its own faults."""
    listed = document.get("nodes")
    nodes = [node if isinstance(node, dict) else {} for node in listed] if isinstance(listed, list) else []
    found = _NODE.match(fault.path)
    if found is not None and int(found[1]) < len(nodes):
        return nodes[int(found[1])]
    return next((node for node in nodes if fault.node_id and node.get("id") == fault.node_id), {})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
