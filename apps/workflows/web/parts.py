"""What a definition consists of, as screens show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.workflows.engine.validation.faults import Fault
from apps.workflows.registry import find_node_type

_PLACE = re.compile(r"^definition\.nodes\[(\d+)\]\.?(?:parameters\.)?(.*)$")


def node_look(type_name: str) -> dict[str, str]:
    """Icon, colour and name of a type of node; plain ones for a type that is not installed."""
    found = find_node_type(type_name)
    if found is None:
        return {"icon": "box", "color": "", "label": type_name}
    return {"icon": found.icon, "color": found.color, "label": str(found.display_name)}


def node_rows(nodes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a definition with their looks; a sticky note shows its own text."""
    return [
        {
            "name": node["name"],
            "disabled": bool(node.get("disabled")),
            "note": node.get("notes") or str((node.get("parameters") or {}).get("content") or ""),
            **node_look(node["type"]),
        }
        for node in nodes
    ]


def fault_rows(faults: Iterable[Fault], nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Faults with the name of the step that they are in, and with the place within it."""
    return [{"message": fault.message, **_place(fault.path, nodes), **_position(fault)} for fault in faults]


def _place(path: str, nodes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    match = _PLACE.match(path)
    if match is None or int(match[1]) >= len(nodes):
        return {"step": "", "path": path}
    return {"step": str(nodes[int(match[1])].get("name", "")), "path": match[2]}


def _position(fault: Fault) -> dict[str, str]:
    return {"position": f"{fault.line}:{fault.column}"} if fault.line is not None else {}
