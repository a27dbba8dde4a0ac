"""``approvals list``, ``get``, ``approve``, ``reject``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.lookup import as_id
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.cli.values import json_argument, shown_moment

app = typer.Typer(no_args_is_help=True)
Approval = Annotated[str, typer.Argument(metavar="ID", help="The approval's id.")]
Comment = Annotated[str, typer.Option("--comment", "-m", help="What to say with it.")]


def _people(approval: Mapping[str, Any]) -> str:
    if approval["for_everybody"]:
        return "whoever may run"
    return ", ".join(one["email"] or one["role"] for one in approval["assignees"])


_LIST = [
    Column("id", lambda a: a["id"]),
    Column("status", lambda a: a["status"]),
    Column("question", lambda a: a["title"], flexible=True),
    Column("workflow", lambda a: a["workflow_name"], flexible=True, drop=3),
    Column("for", _people, flexible=True, drop=2),
    Column("until", lambda a: shown_moment(a["deadline"]), drop=1),
]


@app.command("list", epilog=examples("exprsn approvals list --mine", "exprsn approvals list --status approved"))
def list_approvals(
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you may decide.")] = False,
    status: Annotated[
        str, typer.Option("--status", help="pending, approved, rejected, expired, canceled.")
    ] = "pending",
    limit: options.Limit = 50,
    as_json: options.Json = False,
) -> None:
    """What people are asked to decide, newest first."""
    with connected() as api:
        page = api.listed("approvals/", limit=limit, status=status, assigned="me" if mine else "")
    if as_json:
        output.emit_json(page.to_data())
        return
    output.show_table(_LIST, page.items, empty="Nothing to decide.")
    if page.has_more:
        output.note(f"There are more than {limit}: --limit 0 shows all.")


@app.command("get", epilog=examples("exprsn approvals get ID --json"))
def get_approval(approval: Approval, as_json: options.Json = False) -> None:
    """What is asked; with --json also the items that it is about."""
    with connected() as api:
        _show(api.get(f"approvals/{_id(approval)}/"), as_json=as_json)


@app.command("approve", epilog=examples("""exprsn approvals approve ID --form '{"budget": 100}'"""))
def approve(
    approval: Approval,
    comment: Comment = "",
    form: Annotated[str, typer.Option("--form", help="Answers as JSON, @file, or - for standard input.")] = "",
    as_json: options.Json = False,
) -> None:
    """Approve; the run goes on."""
    answers = json_argument(form) if form else {}
    _decide(approval, {"decision": "approve", "comment": comment, "form": answers}, as_json=as_json)


@app.command("reject", epilog=examples("exprsn approvals reject ID -m 'Too dear'"))
def reject(approval: Approval, comment: Comment = "", as_json: options.Json = False) -> None:
    """Reject; the run goes on by its other output."""
    _decide(approval, {"decision": "reject", "comment": comment}, as_json=as_json)


def _decide(approval: str, body: dict[str, Any], *, as_json: bool) -> None:
    with connected() as api:
        _show(api.post(f"approvals/{_id(approval)}/decide/", body), as_json=as_json)


def _id(text: str) -> str:
    found = as_id(text)
    if not found:
        raise CommandFailed(f"“{text}” is no id of an approval.", Ending.INVALID, hint="See exprsn approvals list.")
    return found


def _show(approval: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.emit_json(approval)
        return
    output.show_fields(
        [
            ("Question", approval["title"]),
            ("Status", approval["status"]),
            ("Workflow", approval["workflow_name"]),
            ("Execution", approval["execution"]),
            ("For", _people(approval)),
            ("Until", shown_moment(approval["deadline"])),
            ("Fields", ", ".join(str(field["name"]) for field in approval["form_fields"])),
            ("Items", len(approval["items"])),
            ("Decided by", approval["decided_by"]),
            ("Decided", shown_moment(approval["decided_at"])),
            ("Comment", approval["comment"]),
        ]
    )
