"""An n8n export as a workflow of ours: nodes, connections, settings, and the report of all that."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.cleaning import clean_json, not_recognized
from apps.workflows.interchange.expressions import count_expressions
from apps.workflows.interchange.n8n.connections import Wire, our_connections, placeholder_ports, read_wires
from apps.workflows.interchange.n8n.node_settings import our_settings, pinned_data
from apps.workflows.interchange.n8n.nodes import Draft, credentials_needed, our_node, places_of, read_drafts
from apps.workflows.interchange.outcome import ImportOutcome, ImportReport
from apps.workflows.interchange.own_format import workflow_name
from apps.workflows.interchange.shapes import unwrapped
from exprsn.kernel.jsonvalue import JsonObject

MAX_NODES = 2_000


def looks_like_n8n(data: Any) -> bool:
    """Whether this has the shape of an n8n export: a list of nodes with types, however damaged."""
    if not isinstance(data, dict) or "nodes" not in data or "schema_version" in data:
        return False
    nodes = data["nodes"]
    if nodes is None or nodes == []:
        return "connections" in data
    return isinstance(nodes, list) and any(
        isinstance(node, dict) and isinstance(node.get("type"), str) for node in nodes
    )


def import_n8n(data: Any) -> ImportOutcome:
    """Convert one n8n export, wrapped or not. Raises ``import_not_recognized`` for everything else.

    Every node is there afterwards: converted, or as a disabled placeholder that keeps its data.
    """
    data = unwrapped(data)
    if not looks_like_n8n(data):
        raise not_recognized("This is not an export of n8n: an object with a list of nodes is expected.")
    nodes = [node for node in data["nodes"] or [] if isinstance(node, dict)]
    if len(nodes) > MAX_NODES:
        raise not_recognized(f"The workflow has {len(nodes)} nodes; at most {MAX_NODES} are supported.")
    document: dict[str, Any] = clean_json({**data, "nodes": nodes})
    report = ImportReport("n8n")
    if not nodes:
        report.warn("The export has no nodes, so the workflow is empty.")
    drafts = read_drafts(document["nodes"], report)
    wires = read_wires(document.get("connections"), drafts, report)
    _convert(drafts, wires, report)
    settings = our_settings(document.get("settings"), report)
    pinned = pinned_data(document.get("pinData"))
    definition: JsonObject = {
        "schema_version": 1,
        "nodes": [
            our_node(draft, place, pinned.get(draft.original_name))
            for draft, place in zip(drafts, places_of(drafts), strict=True)
        ],
        "connections": [*our_connections(drafts, wires, report)],
        "variables": {},
        "settings": settings,
    }
    return ImportOutcome(workflow_name(document.get("name")), "", definition, settings, report)


def _convert(drafts: list[Draft], wires: list[Wire], report: ImportReport) -> None:
    """Convert every draft and enter it into the report."""
    for draft in drafts:
        if draft.is_note:
            continue
        if any(wire.kind != "main" and wire.source is draft for wire in wires):
            draft.refuse("It is a part of an AI node, which is not supported yet.")
        draft.convert()
        if draft.converted is None:
            placeholder_ports(draft, wires)
        _report_node(draft, report)


def _report_node(draft: Draft, report: ImportReport) -> None:
    report.nodes += 1
    count_expressions(draft.raw.get("parameters"), draft.name, report)
    if draft.converted is None:
        report.placeholders.append({"node": draft.name, "type": draft.type, "reason": draft.reason})
        return
    report.nodes_converted += 1
    report.credentials_needed += credentials_needed(draft)
    for warning in draft.converted.warnings:
        report.warn(f"“{draft.name}”: {warning}")
