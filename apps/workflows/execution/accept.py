"""Accepting a run: its row is on disk before anybody is told that it was accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Model

from apps.workflows.constants import Environment, ExecutionStatus, Priority, TriggerMode
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.definition import WorkflowSettings
from apps.workflows.engine.items import Item
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.part import Part
from apps.workflows.execution.concurrency import Entry, TooManyExecutions, lane_of, settings_of_version
from apps.workflows.execution.file_uses import uses_of_items
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.journal_rows import TriggerItems, entry_rows, trigger_payload
from apps.workflows.execution.lanes import ensure
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.execution.parts import part_payload
from apps.workflows.execution.writer import history
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now
from exprsn.kernel.ids import new_id
from exprsn.kernel.jsonvalue import JsonObject

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """Everything that a new run needs. ``items`` is the trigger's output as plain data, or as a batch.

    ``journal`` are node runs of an earlier execution that this one takes over instead of running them again.
    ``part`` is what a partial run runs, ``partial`` how that is told: ``{start_node, end_node, source_execution}``.
    ``priority``: empty is the workflow's. ``settings`` are those of the version, from whoever has read them anyway; a
    run by hand without them has no limit and no priority of its own.
    """

    organization_id: UUID
    workflow_id: UUID
    version_id: UUID
    trigger_mode: TriggerMode
    trigger_node: str
    items: TriggerItems
    environment: str = Environment.TESTING
    priority: str = ""
    correlation_id: str = ""
    created_by: UUID | None = None
    retry_of_id: UUID | None = None
    retry_count: int = 0
    test_mode: bool = False
    dry_run: bool = False
    parent_id: UUID | None = None
    call_depth: int = 0
    event_depth: int = 0
    awaited: bool = False
    journal: Sequence[JournalEntry] = ()
    part: Part | None = None
    partial: dict[str, Any] | None = None
    custom_data: dict[str, Any] = field(default_factory=dict)
    settings: WorkflowSettings | None = None
    is_automatic: bool = False


# Is told the id of a run in the transaction that inserts it, and answers whether it may be accepted.
Take = Callable[[UUID], bool]


class RunRefused(Exception):
    """What the run is accepted for is gone by now: somebody else was first."""


class RunQueued(Exception):
    """The run was accepted, but there is no place for it yet: a worker begins it when there is one."""

    def __init__(self, execution: Execution) -> None:
        super().__init__(str(execution.id))
        self.execution = execution


def queue_run(start: Start, take: Take | None = None) -> Execution:
    """Insert the run as ``queued`` (in the caller's transaction if there is one) and send the hint on commit.

    Raises ``TooManyExecutions`` where the workflow refuses runs over its limit. One that has to be left until there
    is a place is not hinted.
    """
    execution, rows, entry = _queued(start)
    _insert(execution, rows, take, entry)
    if execution.hinted_at is not None:
        send_hint(execution.id, execution.priority)
    execution_changed(execution)
    return execution


def queue_unless_full(start: Start, take: Take | None = None) -> Execution | None:
    """As ``queue_run`` for what starts by itself: a run that the workflow refuses is left out, and the log says so."""
    try:
        return queue_run(start, take)
    except TooManyExecutions:
        logger.warning("run_left_out", workflow_id=str(start.workflow_id), trigger_mode=str(start.trigger_mode))
        return None


def queued_rows(start: Start) -> list[Model]:
    """The rows of a run that is accepted as ``queued``, the execution first. Whoever writes them sends the hint.

    A limit of the workflow refuses none of these: they wait for their turn.
    """
    _, rows, entry = _queued(start)
    if entry is not None:
        ensure(entry.lane)
    return rows


def _queued(start: Start) -> tuple[Execution, list[Model], Entry | None]:
    execution, rows, entry = _rows(start)
    execution.status = ExecutionStatus.QUEUED
    execution.hinted_at = execution.created_at
    if start.journal:
        execution.journal_length = len(start.journal)
        rows += entry_rows(execution, graphs.get(start.version_id), start.journal)
    return execution, rows, entry


def begin_run(start: Start, take: Take | None = None) -> tuple[Execution, Lease]:
    """Insert the run as ``running``, owned by this process with fence 1.

    Raises ``RunQueued`` for one that was accepted but has to wait for a place, ``TooManyExecutions`` as above.
    """
    started = monotonic()  # before the moment from which the others count the lease
    execution, rows, entry = _rows(start)
    execution.status = ExecutionStatus.RUNNING
    execution.started_at = execution.created_at
    execution.fence = 1
    execution.owner = leases.owner
    execution.lease_until = execution.created_at + timedelta(seconds=settings.EXPRSN_LEASE_SECONDS)
    _insert(execution, rows, take, entry)
    if execution.status == ExecutionStatus.QUEUED:
        raise RunQueued(execution)
    return execution, leases.hold(execution.id, 1, started)


def _insert(execution: Execution, rows: list[Model], take: Take | None, entry: Entry | None) -> None:
    if entry is not None:
        _insert_in_lane(execution, rows, take, entry)
    elif not history.write(rows, None if take is None else partial(take, execution.id)):
        raise RunRefused


def _insert_in_lane(execution: Execution, rows: list[Model], take: Take | None, entry: Entry) -> None:
    def enter() -> bool:
        return entry.look() and (take is None or take(execution.id)) and entry.go()

    if not history.write(rows, enter, alone=True):
        raise TooManyExecutions if entry.refused else RunRefused
    for canceled in entry.canceled:
        leases.cancel_locally(canceled.id)
        send_hint(canceled.id, canceled.priority)


def _settings_of(start: Start) -> WorkflowSettings | None:
    if start.settings is not None or start.trigger_mode in BY_HAND:
        return start.settings  # what is run by hand may be a draft, which is not to be kept
    return settings_of_version(start.version_id)


def _rows(start: Start) -> tuple[Execution, list[Model], Entry | None]:
    now = utc_now()
    wanted = _settings_of(start)
    execution = Execution(
        id=new_id(),
        organization_id=start.organization_id,
        workflow_id=start.workflow_id,
        version_id=start.version_id,
        trigger_mode=start.trigger_mode,
        trigger_node=start.trigger_node,
        environment=start.environment,
        priority=start.priority or (wanted.priority if wanted is not None else Priority.NORMAL),
        correlation_id=start.correlation_id,
        created_by=start.created_by,
        retry_of_id=start.retry_of_id,
        retry_count=start.retry_count,
        test_mode=start.test_mode,
        dry_run=start.dry_run,
        parent_id=start.parent_id,
        call_depth=start.call_depth,
        event_depth=start.event_depth,
        awaited=start.awaited,
        custom_data=start.custom_data,
        partial=start.partial,
        is_automatic=start.is_automatic,
        created_at=now,
        updated_at=now,
    )
    payload = trigger_payload(execution, start.items)
    rows: list[Model] = [execution, payload, *uses_of_items(execution, start.items, start.journal)]
    if start.part is not None:
        rows.append(part_payload(execution, start.part))
    return execution, rows, None if wanted is None else _entry_of(execution, wanted, start)


def _first_json(items: TriggerItems) -> JsonObject:
    if not items:
        return {}
    first = items[0]
    return first.json if isinstance(first, Item) else first["json"]


def _entry_of(execution: Execution, wanted: WorkflowSettings, start: Start) -> Entry | None:
    found = lane_of(execution, wanted, _first_json(start.items))
    if found is None:
        return None
    lane, limit = found
    execution.lane = lane.id
    return Entry(execution, lane, limit.on_limit)
