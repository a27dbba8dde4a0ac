"""Our own export: ``{format, version, name, description, definition, settings, tests, exported_at}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from apps.workflows.interchange.cleaning import clean_json, not_recognized
from apps.workflows.interchange.expressions import count_expressions
from apps.workflows.interchange.outcome import ImportOutcome, ImportReport
from exprsn.kernel.jsonvalue import JsonObject

FORMAT = "exprsn-workflow"
VERSION = "1.0"
DEFAULT_NAME = "Imported workflow"


def export_document(
    *,
    name: str,
    description: str,
    definition: Mapping[str, Any],
    settings: Mapping[str, Any],
    exported_at: datetime | None,
    credential_names: Mapping[str, str] | None = None,
    tests: Sequence[JsonObject] = (),
) -> JsonObject:
    """A workflow as a file. Secrets never leave: nodes name their credentials by kind and name only.

    ``exported_at`` None leaves the moment out, so that equal workflows give equal files.
    """
    names = credential_names or {}
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "description": description,
        "definition": {
            **definition,
            "nodes": [{**node, "credentials": {}} for node in definition.get("nodes", [])],
        },
        "settings": dict(settings),
        "credentials": [
            {"node": node["id"], "kind": kind, "name": names.get(credential, "")}
            for node in definition.get("nodes", [])
            for kind, credential in (node.get("credentials") or {}).items()
        ],
    }
    if tests:
        document["tests"] = list(tests)
    if exported_at is not None:
        document["exported_at"] = exported_at.isoformat()
    return document


def is_own(data: Any) -> bool:
    """Whether this is our export."""
    return isinstance(data, dict) and data.get("format") == FORMAT


def import_own(data: Any) -> ImportOutcome:
    """Read our export. Raises ``import_not_recognized``; what the definition lacks is for the validation."""
    if not is_own(data):
        raise not_recognized("This is not an export of this product.")
    if not str(data.get("version", "")).startswith("1."):
        raise not_recognized(
            f"The export has the version {str(data.get('version'))[:20]!r}; this installation reads 1.x."
        )
    document = clean_json(data)
    definition = document.get("definition")
    nodes = definition.get("nodes") if isinstance(definition, dict) else None
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
        raise not_recognized("The export has no definition with a list of nodes.")
    settings = document.get("settings")
    return ImportOutcome(
        name=workflow_name(document.get("name")),
        description=str(document.get("description") or "")[:500],
        definition={"schema_version": 1, "connections": [], "variables": {}, "settings": {}, **definition},
        settings=settings if isinstance(settings, dict) else {},
        report=_report(nodes, document.get("credentials")),
        tests=tests if isinstance(tests := document.get("tests"), list) else [],
    )


def is_definition(data: Any) -> bool:
    """Whether this is a definition by itself, without the export around it."""
    lists = ("nodes", "connections")
    return (
        isinstance(data, dict) and "schema_version" in data and all(isinstance(data.get(name), list) for name in lists)
    )


def import_definition(data: Any) -> ImportOutcome:
    """Read a definition by itself, as ``import_own`` reads the one in an export."""
    settings = data.get("settings")
    whole = {"format": FORMAT, "version": VERSION, "name": data.get("name"), "settings": settings}
    return import_own({**whole, "definition": {key: value for key, value in data.items() if key != "name"}})


def _report(nodes: list[Any], credentials: Any) -> ImportReport:
    report = ImportReport("exprsn")
    for node in nodes:
        if node.get("type") == "sticky_note":
            continue
        report.nodes += 1
        name = str(node.get("name") or node.get("id") or "")
        parameters = node.get("parameters") if isinstance(node.get("parameters"), dict) else {}
        if node.get("type") == "placeholder":
            original, reason = parameters.get("original_type", ""), parameters.get("reason", "")
            report.placeholders.append({"node": name, "type": str(original), "reason": str(reason)})
        else:
            report.nodes_converted += 1
            count_expressions(parameters, name, report)
    for entry in credentials if isinstance(credentials, list) else []:
        if isinstance(entry, dict):
            needed = {key: str(entry.get(key, "")) for key in ("node", "kind", "name")}
            report.credentials_needed.append(needed)
    return report


def workflow_name(value: Any) -> str:
    """A name of 2 to 100 characters, whatever was given."""
    name = " ".join(str(value).split())[:100].strip() if isinstance(value, str | int | float) else ""
    return name if len(name) >= 2 else DEFAULT_NAME
