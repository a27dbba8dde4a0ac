"""``executions list``, ``get``, ``nodes``, ``logs``, ``stop``; the rest is in ``repeating`` and ``pausing``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.client import Api
from exprsn.cli.commands.runs import show_execution, started_by
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.lookup import execution_id, workflow_id
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.cli.values import moment, shown_duration, shown_moment
from exprsn.cli.waiting import log_lines, outlived_by, wait_for_end

app = typer.Typer(no_args_is_help=True)
_LIST = [
    Column("id", lambda e: e["id"]),
    Column("status", lambda e: e["status"]),
    Column("workflow", lambda e: e["workflow_name"], flexible=True),
    Column("by", started_by, drop=3),
    Column("env", lambda e: e["environment"], drop=4),
    Column("created", lambda e: shown_moment(e["created_at"]), drop=1),
    Column("took", lambda e: shown_duration(e["total_duration_ms"]), drop=2),
]
_NODES = [
    Column("#", lambda n: n["execution_order"]),
    Column("node", lambda n: n["node_name"], flexible=True),
    Column("type", lambda n: n["node_type"], drop=2),
    Column("status", lambda n: n["status"]),
    Column("in", lambda n: n["items_in"], drop=3),
    Column("out", lambda n: n["items_out"], drop=3),
    Column("took", lambda n: shown_duration(n["duration_ms"]), drop=1),
    Column("error", lambda n: (n["error"] or {}).get("message", ""), flexible=True),
]


@app.command("list", epilog=examples("exprsn executions list --workflow order-desk --status error --since 2h"))
def list_executions(
    workflow: Annotated[str, typer.Option("--workflow", help="Only of this one: its id, slug or name.")] = "",
    status: Annotated[str, typer.Option("--status", help="queued, running, waiting, success, error, canceled…")] = "",
    environment: options.Environment = "",
    trigger_mode: Annotated[str, typer.Option("--trigger-mode", help="manual, webhook, schedule, retry…")] = "",
    search: Annotated[str, typer.Option("--search", help="Text in the workflow's name or the error.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="MOMENT", help="ISO 8601, or 30m, 2h, 7d ago.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="MOMENT", help="Before this moment.")] = "",
    limit: options.Limit = 50,
    as_json: options.Json = False,
) -> None:
    """Executions, newest first."""
    filters = {"status": status, "environment": environment, "trigger_mode": trigger_mode, "search": search}
    filters |= {"since": moment(since), "until": moment(until)}
    with connected() as api:
        chosen = workflow_id(api, workflow) if workflow else ""
        page = api.listed("executions/", limit=limit, workflow=chosen, **filters)
    if as_json:
        output.emit_json(page.to_data())
        return
    output.show_table(_LIST, page.items, empty="No executions.")
    if page.has_more:
        output.note(f"There are more than {limit}: --limit 0 shows all.")


@app.command("get", epilog=examples("exprsn executions get ID --json"))
def get_execution(execution: options.Execution, as_json: options.Json = False) -> None:
    """An execution with its output; with --json also what started it and its path."""
    with connected() as api:
        show_execution(api.get(f"executions/{execution_id(execution)}/"), as_json=as_json)


@app.command("nodes", epilog=examples("exprsn executions nodes ID --json"))
def list_nodes(execution: options.Execution, as_json: options.Json = False) -> None:
    """Every node run in order; with --json also what came in and went out."""
    with connected() as api:
        answer = api.get(f"executions/{execution_id(execution)}/nodes/")
    if as_json:
        output.emit_json(answer)
    else:
        output.show_table(_NODES, answer["items"], empty="No node has run yet.")


@app.command("logs", epilog=examples("exprsn executions logs -f ID --level error"))
def show_logs(
    execution: options.Execution,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the run has ended.")] = False,
    level: Annotated[str, typer.Option("--level", help="Only lines of this level: debug, info, warning…")] = "",
    limit: options.Limit = 0,
    as_json: options.Json = False,
) -> None:
    """The log, oldest line first. With -f and --json the document comes when the run has ended."""
    chosen = execution_id(execution)
    with connected() as api:
        if follow:
            _follow(api, chosen, level, as_json)
            return
        page = api.listed(f"executions/{chosen}/logs/", limit=limit, level=level)
    if as_json:
        output.emit_json(page.to_data())
        return
    for line in page.items:
        _show_line(line)
    if not page.items:
        output.note("No log lines.")


@app.command("stop", epilog=examples("exprsn executions stop ID --wait"))
def stop_execution(
    execution: options.Execution,
    wait: options.Wait = False,
    timeout: options.Timeout = 60.0,
    as_json: options.Json = False,
) -> None:
    """Stop a run: at once when no node is at work, else at the next node."""
    chosen = execution_id(execution)
    with connected() as api:
        stopped = api.post(f"executions/{chosen}/stop/")["execution"]
        if wait:
            with outlived_by(chosen):
                stopped = wait_for_end(api, chosen, timeout=timeout)
    if as_json:
        output.emit_json(stopped)
    elif stopped["status"] == "canceled":
        output.say(f"Execution {chosen} is canceled.")
    else:
        output.say(f"Execution {chosen} is {stopped['status']}; {_unless(wait)}")
    if wait and stopped["status"] != "canceled":
        message = f"Execution {chosen} had ended before it could be stopped."
        raise CommandFailed(message, Ending.CONFLICT)


def _unless(wait: bool) -> str:
    return "it ended by itself." if wait else "it stops at the next node."


def _follow(api: Api, execution: str, level: str, as_json: bool) -> None:
    lines: list[dict[str, Any]] = []
    with outlived_by(execution):
        for line in log_lines(api, execution, level=level):
            if as_json:
                lines.append(line)
            else:
                _show_line(line)
        status = api.get(f"executions/{execution}/")["status"]
    if as_json:
        output.emit_json({"items": lines, "page_info": {"has_more": False, "count": len(lines)}, "status": status})
    else:
        output.note(f"The run has ended: {status}.")


def _show_line(line: dict[str, Any]) -> None:
    node = f"[{line['node_name'] or line['node_id']}] " if line["node_id"] else ""
    output.show_log_line(shown_moment(line["timestamp"]), str(line["level"]), f"{node}{line['message']}")
