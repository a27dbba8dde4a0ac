"""How a run that was started or looked at is shown, and how its end ends the command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exprsn.cli import output
from exprsn.cli.client import Api
from exprsn.cli.values import shown_duration, shown_moment
from exprsn.cli.waiting import ending_of, outlived_by, wait_for_end


def finish(api: Api, accepted: dict[str, Any], *, wait: bool, timeout: float, as_json: bool) -> None:
    """Say that a run was accepted; or wait, show its end, and fail when it failed."""
    execution = accepted["id"]
    if not wait:
        if as_json:
            output.emit_json(accepted)
        else:
            output.say(f"Execution {execution} is {accepted['status']}.")
            output.note(f"Follow it with exprsn executions logs -f {execution}")
        return
    with outlived_by(execution):
        if not as_json:
            output.note(f"Execution {execution} is {accepted['status']}; waiting for its end.")
        ended = wait_for_end(api, execution, timeout=timeout)
    show_execution(ended, as_json=as_json)
    failure = ending_of(ended)
    if failure is not None:
        raise failure


def show_execution(found: dict[str, Any], *, as_json: bool) -> None:
    """One execution with its output."""
    if as_json:
        output.emit_json(found)
        return
    error = found["error"] or {}
    counts = [f"{found['nodes_executed']} executed"]
    counts += [f"{found[key]} {word}" for key, word in _COUNTS.items() if found[key]]
    output.show_fields(
        [
            ("Id", found["id"]),
            ("Workflow", f"{found['workflow_name']} (version {found['version']})"),
            ("Status", found["status"]),
            ("Started by", started_by(found)),
            ("Environment", found["environment"]),
            ("Started", shown_moment(found["started_at"])),
            ("Finished", shown_moment(found["finished_at"])),
            ("Took", shown_duration(found["total_duration_ms"])),
            ("Nodes", ", ".join(counts)),
            ("Retry of", found["retry_of"]),
            ("Failed node", found.get("failed_node_name") or found.get("failed_node", "")),
            ("Error", error.get("message")),
        ]
    )
    if found["output"]:
        output.say("Output")
        _show_json(found["output"])


def started_by(execution: Mapping[str, Any]) -> str:
    """What started a run; a dry run is named as what it is."""
    return "dry run" if execution.get("dry_run") else str(execution["trigger_mode"])


def show_rehearsal(told: dict[str, Any], *, as_json: bool) -> None:
    """A dry run: what would have been changed, then its result; fails when it failed."""
    execution = told["execution"]
    if as_json:
        output.emit_json(told)
    else:
        for change in told["changes"]:
            output.say(f"{change['node']} (item {change['item'] + 1}) would have done:")
            _show_json(change["effect"])
        if not told["changes"]:
            output.say("Nothing outside would have been changed.")
        output.say(f"It ended with status {execution['status']}. Output")
        _show_json(execution["result"])
    failure = ending_of({"failed_node": "", **execution})
    if failure is not None:
        raise failure


def _show_json(value: Any) -> None:
    for line in json.dumps(value, indent=2, ensure_ascii=False).splitlines():
        output.say(line)


_COUNTS = {"nodes_skipped": "skipped", "nodes_failed": "failed"}
