"""Waiting for the end of a run, and reading its log meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from exprsn.cli.client import Api
from exprsn.cli.failures import CommandFailed, Ending

FINAL = frozenset({"success", "partial_success", "error", "canceled"})
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 2.0
_PAGE = 200
_PATIENCE = 30.0
_MOMENTARY = frozenset({Ending.RATE_LIMITED, Ending.UNAVAILABLE})


def wait_for_end(api: Api, execution: str, *, timeout: float) -> dict[str, Any]:
    """The execution when it has ended. Raises ``CommandFailed`` when the time is over."""
    deadline = time.monotonic() + timeout if timeout else None
    for pause in _pauses():
        found = _patiently(api, execution)
        if found["status"] in FINAL:
            return found
        if deadline is not None and time.monotonic() >= deadline:
            raise CommandFailed(
                f"Execution {execution} is {found['status']} after {timeout:g} seconds; it goes on.",
                Ending.NOT_FINISHED,
                hint=_how_to_go_on(execution),
            )
        sleep(pause if deadline is None else max(0.0, min(pause, deadline - time.monotonic())))
    raise AssertionError("the pauses have no end")


def _patiently(api: Api, execution: str) -> dict[str, Any]:
    """The execution, also when the server is away for a moment: it may be starting anew."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            found: dict[str, Any] = api.get(f"executions/{execution}/")
        except CommandFailed as failure:
            if failure.ending not in _MOMENTARY:
                raise
            if time.monotonic() >= until:
                details = [f"It is not known how execution {execution} stands."]
                raise CommandFailed(
                    failure.message, failure.ending, details=details, hint=_how_to_go_on(execution)
                ) from failure
            sleep(_LONGEST_PAUSE)
        else:
            return found


@contextmanager
def outlived_by(execution: str) -> Iterator[None]:
    """Ctrl-C ends the command, not the run; say so."""
    try:
        yield
    except KeyboardInterrupt:
        message = f"Interrupted. Execution {execution} goes on."
        raise CommandFailed(message, Ending.INTERRUPTED, hint=_how_to_go_on(execution)) from None


def ending_of(execution: dict[str, Any]) -> CommandFailed | None:
    """What a run that did not succeed ends the command with."""
    hint = f"See exprsn executions nodes {execution['id']} and exprsn executions logs {execution['id']}"
    if execution["status"] == "canceled":
        return CommandFailed("The run was canceled.", Ending.RUN_CANCELED, hint=hint)
    if execution["status"] == "error":
        error = execution.get("error") or {}
        message = f"The run failed: {error.get('message') or 'no message'}"
        return CommandFailed(message, Ending.RUN_FAILED, hint=hint, details=_where(execution, error))
    return None


def _where(execution: dict[str, Any], error: dict[str, Any]) -> list[str]:
    """The node by its name, and the line within its code or expression."""
    node = execution.get("failed_node_name") or execution.get("failed_node")
    details = error.get("details") or {}
    places = {"node": node, "parameter": error.get("parameter"), "line": details.get("line")}
    return [f"{name}: {place}" for name, place in places.items() if place]


def log_lines(api: Api, execution: str, *, level: str) -> Iterator[dict[str, Any]]:
    """The log as it grows, until the run has ended. Each line once, none left out."""
    path = f"executions/{execution}/logs/"
    seen: set[str] = set()
    cursor: str | None = None
    for pause in _pauses():
        # Asked before the lines are read: what was written before the end is then among them.
        ended = api.get(f"executions/{execution}/")["status"] in FINAL
        if ended:
            # From the start once more: lines of several processes may have come in another order.
            cursor = None
        more = True
        while more:
            answer = api.get(path, limit=_PAGE, cursor=cursor, level=level)
            fresh = [line for line in answer["items"] if line["id"] not in seen]
            seen.update(line["id"] for line in fresh)
            yield from fresh
            more = answer["page_info"]["has_more"]
            cursor = answer["page_info"]["next_cursor"] if more else cursor
        if ended:
            return
        sleep(pause)


def _pauses() -> Iterator[float]:
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 1.3, _LONGEST_PAUSE)


def _how_to_go_on(execution: str) -> str:
    return f"Follow it with exprsn executions logs -f {execution}, or end it with exprsn executions stop {execution}"
