"""``workflows list``, ``get``, ``import``, ``export``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.files import usual_mode, write_whole
from exprsn.cli.lookup import workflow_id
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.cli.values import json_file, shown_moment

app = typer.Typer()
_LIST = [
    Column("slug", lambda w: w["slug"], flexible=True),
    Column("name", lambda w: w["name"], flexible=True, drop=4),
    Column("status", lambda w: w["status"]),
    Column("env", lambda w: w["environment"], drop=3),
    Column("version", lambda w: w["version"], drop=2),
    Column("live", lambda w: w["published_version"] or "-", drop=1),
    Column("last run", lambda w: w["last_execution_status"] or "-", drop=5),
    Column("changed", lambda w: shown_moment(w["updated_at"]), drop=6),
]
_NODES = [
    Column("node", lambda n: n["id"], flexible=True),
    Column("name", lambda n: n.get("name", ""), flexible=True),
    Column("type", lambda n: n["type"]),
    Column("", lambda n: "disabled" if n.get("disabled") else ""),
]


@app.command("list", epilog=examples("exprsn workflows list --env production --status active"))
def list_workflows(
    environment: options.Environment = "",
    status: Annotated[str, typer.Option("--status", help="draft, active, paused or archived.")] = "",
    search: Annotated[str, typer.Option("--search", help="Text in the name, slug or description.")] = "",
    tag: Annotated[str, typer.Option("--tag", help="Only those with this tag.")] = "",
    folder: Annotated[str, typer.Option("--folder", help="Only those in this folder.")] = "",
    limit: options.Limit = 50,
    as_json: options.Json = False,
) -> None:
    """Workflows, newest change first."""
    filters = {"environment": environment, "status": status, "search": search, "tag": tag, "folder": folder}
    with connected() as api:
        page = api.listed("workflows/", limit=limit, **filters)
    if as_json:
        output.emit_json(page.to_data())
        return
    empty = "No workflow is like this." if any(filters.values()) else "No workflows. Try exprsn workflows import FILE"
    output.show_table(_LIST, page.items, empty=empty)
    if page.has_more:
        output.note(f"There are more than {limit}: --limit 0 shows all.")


@app.command("get", epilog=examples("exprsn workflows get order-desk --json"))
def get_workflow(workflow: options.Workflow, as_json: options.Json = False) -> None:
    """A workflow with its nodes; with --json its whole definition."""
    with connected() as api:
        found = api.get(f"workflows/{workflow_id(api, workflow)}/")
    if as_json:
        output.emit_json(found)
        return
    show_workflow(found)
    output.say("")
    output.show_table(_NODES, found["definition"].get("nodes", []), empty="It has no nodes yet.")


@app.command(
    "import",
    epilog=examples("exprsn workflows import flow.json", "exprsn workflows export a - | exprsn workflows import -"),
)
def import_workflow(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON file, or - for standard input.")],
    as_json: options.Json = False,
) -> None:
    """Make a workflow of an export: our own, n8n's, or a bundle."""
    document = json_file(file)
    with connected() as api:
        answer = api.post("workflows/import/", document)
    if as_json:
        output.emit_json(answer)
        return
    several = "workflows" in answer
    workflows = answer["workflows"] if several else [answer["workflow"]]
    reports = answer["report"] if several else [answer["report"]]
    for workflow, report in zip(workflows, reports, strict=True):
        _show_import(workflow, report)


@app.command("export", epilog=examples("exprsn workflows export order-desk order-desk.json --stable"))
def export_workflow(
    workflow: options.Workflow,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - is standard output.")] = "-",
    stable: Annotated[bool, typer.Option("--stable", help="Leave out what changes from export to export.")] = False,
    as_json: options.Json = False,
) -> None:
    """The current version as a file that can be imported. A file that is there is replaced."""
    with connected() as api:
        document = api.get(f"workflows/{workflow_id(api, workflow)}/export/", stable="true" if stable else "")
    if file == "-":
        output.emit_json(document)
        return
    _write(Path(file), json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    if as_json:
        output.emit_json({"name": document.get("name", ""), "file": file})
    else:
        output.say(f"“{document.get('name', workflow)}” is in {file}.")


def show_workflow(found: dict[str, Any]) -> None:
    """The facts about one workflow."""
    live = found["published_version"]
    output.show_fields(
        [
            ("Id", found["id"]),
            ("Name", found["name"]),
            ("Slug", found["slug"]),
            ("Description", found["description"]),
            ("Status", found["status"]),
            ("Environment", found["environment"]),
            ("Version", found["version"]),
            ("Live version", live if live is not None else "none: not published"),
            ("Folder", found["folder"]),
            ("Tags", ", ".join(found["tags"])),
            ("Changed", shown_moment(found["updated_at"])),
        ]
    )


def _show_import(workflow: dict[str, Any], report: dict[str, Any]) -> None:
    output.say(f"“{workflow['name']}” is there as {workflow['slug']} ({workflow['id']}).")
    output.say(f"{report['nodes_converted']} of {report['nodes']} nodes converted from {report['source']}.")
    for placeholder in report["placeholders"]:
        output.note(f"  to do: {placeholder['node']} ({placeholder['type']}): {placeholder['reason']}")
    for credential in report["credentials_needed"]:
        output.note(f"  to do: {credential['node']} needs a credential: {credential['kind']} “{credential['name']}”")
    for warning in report["warnings"]:
        output.note(f"  look at: {warning}")


def _write(path: Path, text: str) -> None:
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a device or a pipe
        else:
            write_whole(path, text, mode=usual_mode(path))
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}.", Ending.INVALID) from error
