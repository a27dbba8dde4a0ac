"""Running a graph to its end, its next wait, or a reason to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.workflows.engine.context import Canceled
from apps.workflows.engine.executor import execute_call
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import ERROR, SKIPPED, WAITING, JournalEntry
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall
from exprsn.kernel.errors import DomainError

AfterCall = Callable[[NodeCall, JournalEntry], bool]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to.

    ``status``: ``success | partial_success | error | waiting | canceled | yielded`` (``yielded``: the
    time slice is over, the journal is complete so far). ``output_order`` is the entry whose items are the output.
    """

    status: str
    output_order: int | None = None
    error: dict[str, Any] | None = None
    failed_node: str = ""
    nodes_executed: int = 0
    nodes_skipped: int = 0
    nodes_failed: int = 0
    resume_at: datetime | None = None
    response: WebResponse | None = None
    path: list[str] = field(default_factory=list)


def run_to_pause(run: RunContext, after_call: AfterCall | None = None) -> RunResult:
    """Carry out calls until none is left. ``after_call`` is told of each entry and answers whether to go on."""
    scheduler = run.scheduler
    try:
        while (call := scheduler.next_call()) is not None:
            if run.is_canceled():
                return _result(run, "canceled")
            entry = execute_call(call, run)
            scheduler.record(entry)
            if after_call is not None and not after_call(call, entry) and not scheduler.stopped:
                return _result(run, "yielded")
    except Canceled:
        return _result(run, "canceled")
    except DomainError as error:
        return _result(run, "error", {"message": error.message, "kind": error.code})
    return _finished(run)


def output_of(run: RunContext, result: RunResult) -> ItemBatch:
    """The items that a run ended with."""
    if result.output_order is None:
        return ItemBatch()
    return run.scheduler.entries[result.output_order].first_output()


def _finished(run: RunContext) -> RunResult:
    entries = run.scheduler.entries
    last = entries[-1] if entries else None
    if last is not None and last.status == WAITING:
        return _result(run, "waiting")
    if last is not None and last.status == ERROR and not last.continued:
        return _result(run, "error", last.error, last.node_id)
    partial = any(entry.continued for entry in entries)
    return _result(run, "partial_success" if partial else "success")


def _result(run: RunContext, status: str, error: dict[str, Any] | None = None, failed_node: str = "") -> RunResult:
    entries = run.scheduler.entries
    last_output = next((e.execution_order for e in reversed(entries) if e.items_out), None)
    skipped = sum(entry.status == SKIPPED for entry in entries)
    return RunResult(
        status=status,
        output_order=last_output,
        error=error,
        failed_node=failed_node,
        nodes_executed=len(entries) - skipped,
        nodes_skipped=skipped,
        nodes_failed=sum(entry.status == ERROR for entry in entries),
        resume_at=entries[-1].wait_until if status == "waiting" else None,
        response=run.response,
        path=[entry.node_id for entry in entries],
    )
