"""``executions pause`` and ``resume``."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.commands.runs import finish
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.lookup import execution_id
from exprsn.cli.options import examples
from exprsn.cli.session import connected

app = typer.Typer(no_args_is_help=True)


@app.command("pause", epilog=examples("exprsn executions pause ID"))
def pause_execution(execution: options.Execution, as_json: options.Json = False) -> None:
    """Pause a run: at once when no node is at work, else after the node."""
    chosen = execution_id(execution)
    with connected() as api:
        found = api.post(f"executions/{chosen}/pause/")["execution"]
    if as_json:
        output.emit_json(found)
    elif found["status"] == "paused":
        output.say(f"Execution {chosen} is paused.")
    else:
        output.say(f"Execution {chosen} is {found['status']}; it pauses after its node.")


@app.command(
    "resume", epilog=examples("exprsn executions resume ID", "exprsn executions resume ID --decision done --wait")
)
def resume_execution(
    execution: options.Execution,
    decision: Annotated[str, typer.Option("--decision", help="In doubt: again (call once more), done, or fail.")] = "",
    items: Annotated[
        str, typer.Option("--output", metavar="JSON", help="With done: the items, a list of objects.")
    ] = "",
    wait: options.Wait = False,
    timeout: options.Timeout = 300.0,
    as_json: options.Json = False,
) -> None:
    """Let a paused run go on where it was; one in doubt needs a decision."""
    body: dict[str, Any] = {"decision": decision} if decision else {}
    if items:
        body["output"] = _items(items)
    with connected() as api:
        found = api.post(f"executions/{execution_id(execution)}/resume/", body)["execution"]
        finish(api, found, wait=wait, timeout=timeout, as_json=as_json)


def _items(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CommandFailed(f"--output is no JSON: {error}", Ending.INVALID) from None
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise CommandFailed("--output is to be a list of objects.", Ending.INVALID)
    return [{"json": entry} for entry in found]
