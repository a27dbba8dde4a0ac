"""``executions retry`` and ``replay``: what has run once runs again."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.client import Api
from exprsn.cli.commands.runs import finish
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.lookup import execution_id, workflow_id
from exprsn.cli.options import examples
from exprsn.cli.session import connected
from exprsn.cli.values import moment

_SHOWN_REFUSALS = 20
app = typer.Typer(no_args_is_help=True)


@app.command(
    "retry",
    epilog=examples(
        "exprsn executions retry ID --wait",
        "exprsn executions retry ID --from-failed --newest",
        "exprsn executions retry --status error --workflow order-desk --since 2h",
    ),
)
def retry_execution(
    execution: Annotated[str, typer.Argument(metavar="[ID]", help="The execution's id; or say which by options.")] = "",
    newest: Annotated[bool, typer.Option("--newest", help="With the workflow's newest version.")] = False,
    from_failed: Annotated[
        bool, typer.Option("--from-failed", help="Go on at the node that failed; what was done before is kept.")
    ] = False,
    status: Annotated[str, typer.Option("--status", help="All that ended so and were not retried yet.")] = "",
    workflow: Annotated[str, typer.Option("--workflow", help="Only of this one: its id, slug or name.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="MOMENT", help="ISO 8601, or 30m, 2h, 7d ago.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="MOMENT", help="Before this moment.")] = "",
    wait: options.Wait = False,
    timeout: options.Timeout = 300.0,
    as_json: options.Json = False,
) -> None:
    """Run again with the same data, as a new execution; exit codes as with workflows execute.

    Without an id all that the options find are run again, at most 1,000: those that failed unless --status says more.
    """
    many = {"status": status, "workflow": workflow, "since": moment(since), "until": moment(until)}
    many = {name: value for name, value in many.items() if value}
    if bool(execution) == bool(many):
        raise CommandFailed("Name an execution, or say which by --status, --workflow, --since.", Ending.INVALID)
    with connected() as api:
        if many:
            if wait:
                raise CommandFailed("--wait is for one execution.", Ending.INVALID)
            _retry_many(api, many, newest, from_failed, as_json)
            return
        body = {"use_newest_version": newest, "from_failed_node": from_failed}
        accepted = api.post(f"executions/{execution_id(execution)}/retry/", body)["execution"]
        finish(api, accepted, wait=wait, timeout=timeout, as_json=as_json)


@app.command("replay", epilog=examples("exprsn executions replay ID --draft --wait"))
def replay_execution(
    execution: options.Execution,
    draft: Annotated[bool, typer.Option("--draft", help="On the draft, not on the published version.")] = False,
    workflow: Annotated[str, typer.Option("--workflow", help="On another workflow: its id, slug or name.")] = "",
    wait: options.Wait = False,
    timeout: options.Timeout = 300.0,
    as_json: options.Json = False,
) -> None:
    """Start the workflow as it is now with what started this execution."""
    with connected() as api:
        body: dict[str, Any] = {"version": "draft"} if draft else {}
        if workflow:
            body["workflow"] = workflow_id(api, workflow)
        accepted = api.post(f"executions/{execution_id(execution)}/replay/", body)["execution"]
        finish(api, accepted, wait=wait, timeout=timeout, as_json=as_json)


def _retry_many(api: Api, many: dict[str, str], newest: bool, from_failed: bool, as_json: bool) -> None:
    if "workflow" in many:
        many["workflow"] = workflow_id(api, many["workflow"])
    choices = {"from": "failed" if from_failed else "start", "version": "newest" if newest else "same"}
    done = api.post("executions/retry/", {"filter": many, **choices})
    if as_json:
        output.emit_json(done)
    else:
        output.say(f"{done['accepted']} run again, {done['refused']} refused.")
        for refusal in done["refusals"][:_SHOWN_REFUSALS]:
            output.say(f"{refusal['execution']}: {refusal['message']}")
        if done["more"]:
            output.note("There are more: send the command again.")
    if done["refused"] and not done["accepted"]:
        raise CommandFailed("No execution could be run again.", Ending.CONFLICT)
