"""A run made ready: its graph, what it knows, and where its journal left it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings

from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import SUCCESS, WAITING, JournalEntry
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.waiting import Resumed
from apps.workflows.execution.calls import LOOK_AGAIN_AFTER, call_outcomes, wake_resting_caller
from apps.workflows.execution.environment import expression_environment, workflow_facts
from apps.workflows.execution.journal_rows import TriggerItems, load_entries, mark_waits_over, trigger_source
from apps.workflows.execution.parts import stored_part
from apps.workflows.execution.real_ports import ports_for
from apps.workflows.execution.resume_links import resume_addresses
from apps.workflows.execution.waits import outcome_of, wake_answered
from apps.workflows.live.scheduler import LiveScheduler
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now


class StillWaiting(Exception):
    """The run was woken, but what it waits for has not happened.

    ``look_at``: when it is to be looked at again (None: somebody tells). ``look``: what it waits for may have happened
    by the time the run rests; then this wakes it.
    """

    def __init__(self, look_at: datetime | None, look: Callable[[], None]) -> None:
        super().__init__()
        self.look_at = look_at
        self.look = look


def prepare_run(
    execution: Execution,
    graph: Graph,
    items: TriggerItems | None,
    *,
    is_canceled: Callable[[], bool],
    before_effect: Callable[[NodeCall], None],
) -> tuple[RunContext, LiveScheduler]:
    """The run with its journal folded in. Raises ``StillWaiting``."""
    scheduler = LiveScheduler(graph, max_node_runs=settings.EXPRSN_MAX_NODE_RUNS)
    stored = items if items is not None else trigger_source(execution)
    part = stored_part(execution)
    if part is None:
        scheduler.begin(execution.trigger_node, ItemBatch.from_data(stored))
    else:
        scheduler.begin_part(part, execution.trigger_node, ItemBatch.from_data(stored))
    facts = workflow_facts(execution.workflow_id)
    run = RunContext(
        scheduler=scheduler,
        ports=ports_for(execution),
        execution_id=str(execution.id),
        mode=execution.trigger_mode,
        workflow_id=str(execution.workflow_id),
        workflow_name=facts.name,
        workflow_active=facts.active,
        timezone=graph.definition.settings.timezone or facts.timezone,
        variables=graph.definition.variables,
        environment=expression_environment(),
        use_pins=execution.trigger_mode in BY_HAND or execution.dry_run,
        dry_run=execution.dry_run,
        deadline=_deadline(execution, graph),
        custom_data=dict(execution.custom_data),
        is_canceled=is_canceled,
        before_effect=before_effect,
        resume_at=partial(resume_addresses, execution.id),
    )
    if execution.journal_length:
        _replay(execution, run)
    return run, scheduler


def _deadline(execution: Execution, graph: Graph) -> float | None:
    limit = graph.definition.settings.timeout_seconds
    if limit is None:
        return None
    now = utc_now()
    # Time that it was paused is none of its own; time that it waited is.
    gone = (now - (execution.started_at or now)).total_seconds() - execution.paused_seconds
    return monotonic() + limit - gone


def _replay(execution: Execution, run: RunContext) -> None:
    entries = load_entries(execution)
    if entries and entries[-1].runs_again:
        _take_outcome(execution, run, entries.pop())
    for entry in entries:
        if entry.status == WAITING:
            entry.status = SUCCESS  # it was queued again because its moment has come
        if entry.state is not None:
            run.states[entry.node_id] = entry.state
    run.scheduler.replay(entries)
    mark_waits_over(execution, before=len(entries))


def _take_outcome(execution: Execution, run: RunContext, entry: JournalEntry) -> None:
    """The node that waited runs again with what it waited for: the end of runs that it called, or an answer."""
    place = entry.node_id, entry.run_index
    if entry.wait is not None:
        answer = outcome_of(execution, entry.wait)
        if not isinstance(answer, Resumed):
            raise StillWaiting(answer, partial(wake_answered, execution.id, UUID(str(entry.wait["id"]))))
        run.resumed[place] = answer
        return
    outcomes = call_outcomes(execution, entry.calls)
    if outcomes is None:
        raise StillWaiting(utc_now() + LOOK_AGAIN_AFTER, partial(wake_resting_caller, execution.id))
    run.call_outcomes[place] = outcomes
