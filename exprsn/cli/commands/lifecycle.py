"""``workflows execute``, ``dry-run``, ``publish``, ``activate``, ``deactivate``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.commands.runs import finish, show_rehearsal
from exprsn.cli.lookup import workflow_id
from exprsn.cli.options import examples
from exprsn.cli.session import connected
from exprsn.cli.values import json_argument

app = typer.Typer()


@app.command(
    "execute",
    epilog=examples("""exprsn workflows execute order-desk --data '{"quantity": 3}' --wait"""),
)
def execute_workflow(
    workflow: options.Workflow,
    data: Annotated[str, typer.Option("--data", metavar="JSON", help="JSON, @file, or - for standard input.")] = "",
    trigger: Annotated[str, typer.Option("--trigger", help="Which trigger node to start from: its id or name.")] = "",
    priority: Annotated[str, typer.Option("--priority", help="critical, high, normal or low.")] = "",
    wait: options.Wait = False,
    timeout: options.Timeout = 300.0,
    as_json: options.Json = False,
) -> None:
    """Run the current version.

    With --wait the exit code says how it ended: 0 success, 10 failed, 11 canceled, 12 not finished in time.
    """
    body: dict[str, Any] = {"trigger_data": json_argument(data)} if data else {}
    body |= {"trigger_node": trigger} if trigger else {}
    body |= {"priority": priority} if priority else {}
    with connected() as api:
        accepted = api.post(f"workflows/{workflow_id(api, workflow)}/execute/", body)["execution"]
        finish(api, accepted, wait=wait, timeout=timeout, as_json=as_json)


@app.command("dry-run", epilog=examples("""exprsn workflows dry-run order-desk --data '{"quantity": 3}'"""))
def rehearse_workflow(
    workflow: options.Workflow,
    data: Annotated[str, typer.Option("--data", metavar="JSON", help="JSON, @file, or - for standard input.")] = "",
    trigger: Annotated[str, typer.Option("--trigger", help="Which trigger node to start from: its id or name.")] = "",
    as_json: options.Json = False,
) -> None:
    """Run the current version without changing anything outside, and show what would have been changed.

    The exit code says how it ended, as with workflows execute --wait.
    """
    body: dict[str, Any] = {"test_data": json_argument(data)} if data else {}
    body |= {"trigger_node": trigger} if trigger else {}
    with connected() as api:
        show_rehearsal(api.post(f"workflows/{workflow_id(api, workflow)}/test/", body), as_json=as_json)


@app.command("publish", epilog=examples("exprsn workflows publish order-desk --message 'New prices'"))
def publish_workflow(
    workflow: options.Workflow,
    number: Annotated[
        int | None, typer.Option("--version", min=1, help="Which version; otherwise the current one.")
    ] = None,
    message: Annotated[str, typer.Option("--message", help="What is new in it.")] = "",
    skip_tests: Annotated[bool, typer.Option("--skip-tests", help="Publish although tests fail.")] = False,
    as_json: options.Json = False,
) -> None:
    """Make a version live, after its tests. Faults are listed with their places, and nothing is published then."""
    body: dict[str, Any] = {"version": number} if number else {}
    body |= {"message": message} if message else {}
    body |= {"skip_tests": True} if skip_tests else {}
    _change(workflow, "publish", body, as_json, "“{name}”: version {published_version} is live.")


@app.command("activate", epilog=examples("exprsn workflows activate order-desk"))
def activate_workflow(workflow: options.Workflow, as_json: options.Json = False) -> None:
    """Let webhooks, schedules and other triggers start runs."""
    _change(workflow, "activate", {}, as_json, "“{name}” is active.")


@app.command("deactivate", epilog=examples("exprsn workflows deactivate order-desk"))
def deactivate_workflow(workflow: options.Workflow, as_json: options.Json = False) -> None:
    """Stop the triggers; runs that were accepted finish."""
    _change(workflow, "deactivate", {}, as_json, "“{name}” is {status}.")


def _change(workflow: str, verb: str, body: dict[str, Any], as_json: bool, sentence: str) -> None:
    with connected() as api:
        changed = api.post(f"workflows/{workflow_id(api, workflow)}/{verb}/", body)
    if as_json:
        output.emit_json(changed)
    else:
        output.say(sentence.format_map(changed))
