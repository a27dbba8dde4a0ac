"""``workflows validate``: what can be found wrong with a definition before it is sent anywhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import jsonschema_rs
import typer

from exprsn.cli import options, output
from exprsn.cli.client import Api
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.lookup import workflow_id
from exprsn.cli.options import examples
from exprsn.cli.session import connected
from exprsn.cli.values import json_file

app = typer.Typer()
Fault = dict[str, str]


@app.command("validate", epilog=examples("exprsn workflows validate flow.json", "exprsn workflows validate order-desk"))
def validate_workflow(
    what: Annotated[str, typer.Argument(metavar="FILE|-|WORKFLOW", help="An export, or a workflow on the server.")],
    as_json: options.Json = False,
) -> None:
    """Check the shape of a definition, its node types and its connections against the server; exit code 2 for faults.

    Nothing is changed. Publishing also checks parameters, expressions and credentials.
    """
    with connected() as api:
        faults = _faults(api, _definition(api, what))
    if as_json:
        output.emit_json({"valid": not faults, "faults": faults})
    elif not faults:
        output.say("No faults found.")
    if faults:
        details = [] if as_json else [f"{fault['path']}: {fault['message']}" for fault in faults]
        raise CommandFailed(f"Faults found: {len(faults)}.", Ending.INVALID, details=details)


def _definition(api: Api, what: str) -> Any:
    if what == "-" or Path(what).is_file():
        return _in_file(json_file(what), "standard input" if what == "-" else what)
    return api.get(f"workflows/{workflow_id(api, what)}/")["definition"]


def _in_file(document: Any, shown: str) -> Any:
    """The definition in an export of ours, or the document if it is one by itself."""
    if isinstance(document, dict):
        if "definition" in document:
            return document["definition"]
        # n8n keeps its connections by node, we as a list.
        if isinstance(document.get("connections"), dict):
            raise CommandFailed(
                f"{shown} is an export of n8n, which has to be converted first.",
                Ending.INVALID,
                hint="exprsn workflows import FILE converts it and says what to look at. Then validate the workflow.",
            )
    several = bool(document) if isinstance(document, list) else isinstance(document, dict) and "workflows" in document
    if several:
        raise CommandFailed(
            f"{shown} holds several workflows.", Ending.INVALID, hint="Validate each of them by itself, or import them."
        )
    return document


def _faults(api: Api, definition: Any) -> list[Fault]:
    shape = jsonschema_rs.validator_for(api.get("workflows/schema/"))
    faults = [
        _fault(_place(error.instance_path), "wrong_shape", error.message) for error in shape.iter_errors(definition)
    ]
    if faults:
        return faults
    types = {entry["type"] for entry in api.get("node-types/")["items"]}
    nodes = definition["nodes"]
    for at, node in enumerate(nodes):
        if node["type"] not in types:
            message = f"The server has no node type {node['type']}."
            faults.append(_fault(f"definition.nodes[{at}].type", "unknown_node_type", message))
    counted = Counter(node["id"] for node in nodes)
    faults += [
        _fault(f"definition.nodes[{at}].id", "duplicate_id", f"{counted[node['id']]} nodes have the id {node['id']}.")
        for at, node in enumerate(nodes)
        if counted[node["id"]] > 1
    ]
    for at, connection in enumerate(definition["connections"]):
        for end in ("source", "target"):
            if connection[end] not in counted:
                message = f"There is no node {connection[end]}."
                faults.append(_fault(f"definition.connections[{at}].{end}", "dangling_connection", message))
    return faults


def _fault(path: str, word: str, message: str) -> Fault:
    return {"path": path, "code": word, "message": message}


def _place(parts: list[str | int]) -> str:
    return "definition" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
