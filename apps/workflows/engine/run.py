"""Running a graph to its end, its next wait, or a reason to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.workflows.engine.context import Canceled
from apps.workflows.engine.executor import execute_call
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import ERROR, SKIPPED
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.engine.side_by_side import AfterCall, Aside, carry_out_side_by_side
from exprsn.kernel.errors import DomainError


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


def run_to_pause(run: RunContext, after_call: AfterCall | None = None, aside: Aside | None = None) -> RunResult:
    """Carry out calls until none is left. ``after_call`` is told of each entry and answers whether to go on.

    ``aside``: where calls run beside each other, if the workflow's mode or one of its nodes asks for that; without
    it one runs after the other.
    """
    try:
        if aside is not None and run.scheduler.graph.goes_at_once:
            paused = carry_out_side_by_side(run, aside, after_call)
        else:
            paused = _one_by_one(run, after_call)
    except Canceled:
        return _result(run, "canceled")
    except DomainError as error:
        return _result(run, "error", {"message": error.message, "kind": error.code})
    return _finished(run) if paused == "over" or run.scheduler.stopped else _result(run, paused)


def _one_by_one(run: RunContext, after_call: AfterCall | None) -> str:
    scheduler = run.scheduler
    while (call := scheduler.next_call()) is not None:
        if run.is_canceled():
            return "canceled"
        entry = execute_call(call, run)
        scheduler.record(entry)
        if after_call is not None and not after_call(call, entry) and not scheduler.stopped:
            return "yielded"
    return "over"


def output_of(run: RunContext, result: RunResult) -> ItemBatch:
    """The items that a run ended with."""
    if result.output_order is None:
        return ItemBatch()
    return run.scheduler.entries[result.output_order].first_output()


def _finished(run: RunContext) -> RunResult:
    scheduler = run.scheduler
    failure = scheduler.failure
    if failure is not None:
        return _result(run, "error", failure.error, failure.node_id)
    if scheduler.stopped:
        return _result(run, "waiting")
    partial = any(entry.continued or entry.status == ERROR for entry in scheduler.entries)
    return _result(run, "partial_success" if partial else "success")


def _result(run: RunContext, status: str, error: dict[str, Any] | None = None, failed_node: str = "") -> RunResult:
    entries = run.scheduler.entries
    order = _order(run.scheduler)
    skipped = sum(entry.status == SKIPPED for entry in entries)
    return RunResult(
        status=status,
        output_order=_last_output(run.scheduler, order),
        error=error,
        failed_node=failed_node,
        nodes_executed=len(entries) - skipped,
        nodes_skipped=skipped,
        nodes_failed=sum(entry.status == ERROR for entry in entries),
        resume_at=entries[-1].wait_until if status == "waiting" else None,
        response=run.response,
        path=[entries[at].node_id for at in order],
    )


def _order(scheduler: Scheduler) -> Sequence[int]:
    """The places in the journal of what has run, in the order of ``sequential``."""
    return list(scheduler.official()) if scheduler.graph.goes_at_once else range(len(scheduler.entries))


def _last_output(scheduler: Scheduler, order: Sequence[int]) -> int | None:
    """What ran before the end of the run, in the order of ``sequential``: what ran ahead of a failure is not in it."""
    end = None if scheduler.failure is None else scheduler.failure.execution_order
    before = order if end is None else order[: order.index(end) + 1]
    return next((at for at in reversed(before) if scheduler.entries[at].items_out), None)
