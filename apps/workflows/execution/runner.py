"""Carrying out a run that this process owns: journal, lease, fence, hand-over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from django.db import Error
from django.db.models import Model

from apps.core.public import hint_outbox, update_rows
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus, TriggerMode
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.journal import WAITING, JournalEntry
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.engine.run import RunResult, output_of, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.execution.calls import called_rows, callers_of
from apps.workflows.execution.error_runs import error_run_rows
from apps.workflows.execution.events import rows_about_end
from apps.workflows.execution.finishing import forget_data, forget_waiting_row, is_data_of, keeps_data, row_changes
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.intents import Intents, asks, doubt_about
from apps.workflows.execution.journal_rows import TriggerItems, changes_payload, entry_rows, log_rows, refuse_unfit
from apps.workflows.execution.lanes import locked, wake
from apps.workflows.execution.leases import Lease, LeaseLost, leases
from apps.workflows.execution.measures import node_settled, run_in_logs, run_settled
from apps.workflows.execution.outcome import RunOutcome
from apps.workflows.execution.pauses import at_rest, paused_in_doubt, paused_instead
from apps.workflows.execution.preparing import StillWaiting, prepare_run
from apps.workflows.execution.side_by_side import SideBySide
from apps.workflows.execution.stored_answers import response_payload
from apps.workflows.execution.waits import wait_rows, without_waits
from apps.workflows.execution.whole_retries import whole_retry_rows
from apps.workflows.execution.writer import history
from apps.workflows.live.topics import LiveRun
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now
from exprsn.kernel.correlation import bind_correlation_id
from exprsn.kernel.effects import effects_checked_by
from exprsn.kernel.errors import DomainError

logger = structlog.get_logger(__name__)
# Somebody may wait for what a respond node says.
_AWAITED = frozenset({TriggerMode.WEBHOOK, TriggerMode.FORM})


def _may_be_awaited(execution: Execution) -> bool:
    is_test_call = execution.trigger_mode == TriggerMode.TEST and not execution.dry_run
    return is_test_call or execution.trigger_mode in _AWAITED


def execute_held_run(
    execution: Execution,
    lease: Lease,
    *,
    items: TriggerItems | None = None,
    caller_waits: bool = False,
    slice_seconds: float | None = None,
    on_response: Callable[[WebResponse], None] | None = None,
) -> RunOutcome:
    """Carry out a run whose lease is held, until it ends, waits, or its time slice is over.

    ``items`` are the trigger's if they are at hand. ``caller_waits``: whoever called takes the answer for
    the webhook's caller from the outcome; otherwise it is stored for a caller who waits in another process.
    ``on_response`` is told of each answer for that caller as it is given.
    """
    with bind_correlation_id(execution.correlation_id), run_in_logs(execution):
        try:
            return _Runner(execution, lease, slice_seconds, caller_waits, on_response).carry_out(items)
        except LeaseLost:
            logger.warning("lease_lost", execution_id=str(execution.id))
            return RunOutcome(ExecutionStatus.QUEUED, handed_over=True)
        finally:
            leases.release(lease)


@dataclass(slots=True)
class _Runner:
    execution: Execution
    lease: Lease
    slice_seconds: float | None
    caller_waits: bool
    on_response: Callable[[WebResponse], None] | None = None
    started: float = field(default_factory=monotonic)
    pending: list[JournalEntry] = field(default_factory=list)
    logged: int = 0
    log_orders: list[int] = field(default_factory=list)
    response_stored: bool = False
    stores_response: bool = False
    refused: JournalEntry | None = None
    graph: Graph | None = None
    rerun: int | None = None  # the node run that waited for others and is journaled anew
    to_hint: list[Execution] = field(default_factory=list)
    live: LiveRun = field(init=False)
    intents: Intents = field(init=False)

    def __post_init__(self) -> None:
        self.live = LiveRun(self.execution)
        self.intents = Intents(self.execution, self.lease)

    def carry_out(self, items: TriggerItems | None) -> RunOutcome:
        execution = self.execution
        self.stores_response = not self.caller_waits and _may_be_awaited(execution)
        try:
            self.graph = graph = graphs.get(execution.version_id)
            if self.lease.pausing.is_set():
                return self._pause(at_rest(ExecutionStatus.QUEUED))
            self.intents.load(graph)
            doubt = self.intents.in_doubt()
            if doubt is not None:
                return self._pause(paused_in_doubt(doubt_about(doubt, graph)))
            run, scheduler = prepare_run(
                execution, graph, items, is_canceled=self._is_canceled, before_effect=self._before_effect
            )
            run.stand_in = self.intents.decided
            run.on_response = self.on_response or run.on_response
            self.rerun = len(scheduler.entries) if run.call_outcomes or run.resumed else None
            self.live.changed()
            scheduler.before = lambda call: self._before(graph, run, call)
            with effects_checked_by(self._require_lease):
                result = run_to_pause(run, lambda call, entry: self._after(graph, run, call, entry), self._aside(run))
            return self._settle(graph, run, result)
        except (LeaseLost, Error):
            raise  # the sweep gives the run to somebody
        except StillWaiting as early:
            return self._rest(early)
        except DomainError as error:
            return self._fail_whole(error)
        except Exception as error:  # a run that fails each time must not be taken over for ever
            logger.error("run_failed_by_a_fault", execution_id=str(execution.id), exc_info=error)
            fault = "The run failed in a way that it should not. The log of the server has the details."
            return self._fail_whole(DomainError(fault, code="internal_error"))

    def _aside(self, run: RunContext) -> SideBySide | None:
        """Dry runs and runs of a part go one by one: what they tell is in the order of the nodes."""
        one_by_one = run.dry_run or run.scheduler.part is not None or not run.scheduler.graph.goes_at_once
        return None if one_by_one else SideBySide()

    def _is_canceled(self) -> bool:
        return self.lease.canceled.is_set()

    def _before_effect(self, call: NodeCall) -> None:
        """Past the local deadline somebody else may own the run: renew, or stop before the effect."""
        if asks(call):
            self.intents.begin(call)
        self._require_lease()

    def _require_lease(self) -> None:
        if not self.lease.is_safe():
            leases.renew()
            if not self.lease.is_safe():
                raise LeaseLost

    def _before(self, graph: Graph, run: RunContext, call: NodeCall) -> None:
        if self.pending and self.live.needs_flush(call):
            self._flush(graph, run)
        self.live.node_started(call)

    def _after(self, graph: Graph, run: RunContext, call: NodeCall, entry: JournalEntry) -> bool:
        self.pending.append(entry)
        node_settled(call.compiled.type.type, entry)
        self._attribute(run, entry.execution_order)
        save = graph.definition.settings.save_progress
        effect = call.compiled.type.capabilities.side_effect
        answers_elsewhere = self.stores_response and run.response is not None and not self.response_stored
        # A node run that waits is written when the run is put down, so that what it waits for cannot be earlier.
        if entry.status != WAITING and (effect or save == "every_node" or answers_elsewhere):
            self._flush(graph, run)
        if run.is_over_time():
            limit = graph.definition.settings.timeout_seconds
            raise DomainError(f"The workflow ran longer than its {limit:g} seconds.", code="execution_timeout")
        if self.lease.pausing.is_set():
            return False
        return self.slice_seconds is None or monotonic() - self.started < self.slice_seconds

    def _rows(self, graph: Graph, run: RunContext) -> list[Model]:
        rows: list[Model] = called_rows(self.execution, self.pending)
        rows += wait_rows(self.execution, graph, self.pending)
        if self.pending:
            self.to_hint += [row for row in rows if isinstance(row, Execution)]
            rows.extend(self._entry_rows(graph))
        self._attribute(run, len(run.scheduler.entries))
        rows.extend(log_rows(self.execution, run.logs[self.logged :], self.log_orders[self.logged :], self.logged))
        if self.stores_response and run.response is not None and not self.response_stored:
            rows.append(response_payload(self.execution, run.response))
            self.response_stored = True
        self.logged = len(run.logs)
        return rows

    def _attribute(self, run: RunContext, order: int) -> None:
        """The lines since the last time were written during this node run."""
        self.log_orders += [order] * (len(run.logs) - len(self.log_orders))

    def _entry_rows(self, graph: Graph) -> list[Model]:
        try:
            return entry_rows(self.execution, graph, self.pending)
        except DomainError:
            self.refused = self.refused or refuse_unfit(self.pending)
            return entry_rows(self.execution, graph, self.pending)

    def _flush(self, graph: Graph, run: RunContext) -> None:
        """Journal what happened so far; the fence in the same transaction refuses a former owner."""
        rows = self._rows(graph, run)
        length = self.execution.journal_length + len(self.pending)
        self._write(rows, {"journal_length": length})
        self.execution.journal_length = length
        self.pending = []
        self.live.flushed()
        if self.refused is not None:
            raise DomainError("The run cannot go on.", code=str((self.refused.error or {})["kind"]))

    def _write(self, rows: list[Model], changes: dict[str, Any], *, keep: bool = True) -> None:
        lease, execution = self.lease, self.execution
        woken: list[Execution] = []
        # Whoever goes on with a limit counts under its lock, which is taken before the rows of runs.
        leaves = execution.lane is not None and changes.get("status", "running") != ExecutionStatus.RUNNING

        def guard() -> bool:
            lanes = locked([execution.lane]) if execution.lane is not None and leaves else []
            held = {"id": lease.execution_id, "fence": lease.fence, "status": ExecutionStatus.RUNNING}
            if not update_rows(Execution, changes, held):
                return False
            if rows and self.rerun is not None:
                forget_waiting_row(execution, self.rerun)
            ends = changes.get("status") in FINAL_STATUSES
            self.intents.forget(self.pending, all_of_them=ends)
            if not keep:
                forget_data(execution)
            # The list is made anew each time: a batch of writes that fails is tried again, each by itself.
            woken[:] = callers_of(execution) if ends else []
            woken.extend(each for lane in lanes for each in wake(lane))
            return True

        if not history.write(rows, guard, alone=leaves):
            lease.lost = True
            raise LeaseLost
        if rows:
            self.rerun = None
        for each in [*self.to_hint, *woken]:
            send_hint(each.id, each.priority)
        self.to_hint = []

    def _rest(self, early: StillWaiting) -> RunOutcome:
        """Woken too early: what it waits for has not happened."""
        now = utc_now()
        changes = {"owner": "", "lease_until": None, "updated_at": now, "status": ExecutionStatus.WAITING}
        self._write([], {**changes, "resume_at": early.look_at})
        # What it waits for may have happened between the look and the write.
        early.look()
        return RunOutcome(ExecutionStatus.WAITING, handed_over=True)

    def _pause(self, changes: dict[str, Any]) -> RunOutcome:
        """Put the run down before its next call; everything before is journaled."""
        self._write([], changes)
        self.live.changed()
        return RunOutcome(ExecutionStatus.PAUSED, handed_over=True)

    def _settle(self, graph: Graph, run: RunContext, result: RunResult) -> RunOutcome:
        waiting = self.pending[-1] if self.pending and self.pending[-1].status == WAITING else None
        if waiting is not None and result.status != "waiting":
            waiting.starts, waiting.wait_for = [], None
        rows = self._rows(graph, run)
        if run.changes:
            rows.append(changes_payload(self.execution, run.changes))
        if self.refused is not None:
            rows = without_waits(rows)
            failed = result.nodes_failed + 1
            result = replace(
                result, status="error", error=self.refused.error, failed_node=self.refused.node_id, nodes_failed=failed
            )
        changes = row_changes(self.execution, result)
        changes["journal_length"] = self.execution.journal_length + len(self.pending)
        if waiting is not None and waiting.calls:
            changes["pending_children"] = len(waiting.calls)
        if waiting is not None and waiting.wait and result.status == "waiting":
            changes["resume_at"] = waiting.wait_until  # None: whoever answers wakes it
        if self.lease.pausing.is_set() and result.status in {"yielded", "waiting"}:
            changes = paused_instead(changes)
        self._end(rows, changes)
        if self.execution.status == ExecutionStatus.QUEUED:
            send_hint(self.execution.id, self.execution.priority)
        handed_over = result.status in {"yielded", "waiting"}
        output = [] if handed_over else self._output(run, result)
        return RunOutcome(self.execution.status, output, run.response, handed_over)

    def _output(self, run: RunContext, result: RunResult) -> list[dict[str, Any]]:
        """What it ended with; not of a batch on disk for which nobody waits."""
        batch = output_of(run, result)
        return batch.to_data() if self.caller_waits or batch.spilled is None else []

    def _fail_whole(self, error: DomainError) -> RunOutcome:
        """The version cannot be run at all."""
        result = RunResult("error", error={"message": error.message, "kind": error.code})
        self._end([], row_changes(self.execution, result))
        return RunOutcome(ExecutionStatus.ERROR)

    def _end(self, rows: list[Model], changes: dict[str, Any]) -> None:
        """Write that the run ended, waits or is handed over, and tell whoever is to know."""
        execution, graph, status = self.execution, self.graph, str(changes["status"])
        keep = True
        if graph is not None and status in FINAL_STATUSES:
            keep = keeps_data(execution, graph, status, answer_is_awaited=self.stores_response)
            if not keep:
                rows = [row for row in rows if not is_data_of(row, execution)]
        if graph is not None and status == ExecutionStatus.ERROR:
            node = graph.node(changes["failed_node"]).name if changes["failed_node"] else ""
            wanted = graph.definition.settings
            told = whole_retry_rows(execution, wanted.retry) or error_run_rows(
                execution, changes["error"], node, wanted.error_workflow
            )
            self.to_hint += [row for row in told if isinstance(row, Execution) and row.hinted_at is not None]
            rows = [*rows, *told]
        told_of = rows_about_end(execution, changes) if status in FINAL_STATUSES else []
        self._write([*rows, *told_of], changes, keep=keep)
        if told_of:
            hint_outbox()
        for name, value in changes.items():
            setattr(execution, name, value)
        run_settled(execution, changes)
        self.live.changed()
