"""Accepting a run: its row is on disk before anybody is told that it was accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model

from apps.workflows.constants import Environment, ExecutionStatus, Priority, TriggerMode
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.part import Part
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.journal_rows import entry_rows
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.execution.parts import part_payload
from apps.workflows.execution.writer import history
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution, ExecutionPayload
from exprsn.kernel.clock import monotonic, utc_now
from exprsn.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Start:
    """Everything that a new run needs. ``items`` is the trigger's output as plain data.

    ``journal`` are node runs of an earlier execution that this one takes over instead of running them again.
    ``part`` is what a partial run runs, ``partial`` how that is told: ``{start_node, end_node, source_execution}``.
    """

    organization_id: UUID
    workflow_id: UUID
    version_id: UUID
    trigger_mode: TriggerMode
    trigger_node: str
    items: Sequence[dict[str, Any]]
    environment: str = Environment.TESTING
    priority: str = Priority.NORMAL
    correlation_id: str = ""
    created_by: UUID | None = None
    retry_of_id: UUID | None = None
    retry_count: int = 0
    test_mode: bool = False
    dry_run: bool = False
    parent_id: UUID | None = None
    call_depth: int = 0
    awaited: bool = False
    journal: Sequence[JournalEntry] = ()
    part: Part | None = None
    partial: dict[str, Any] | None = None
    custom_data: dict[str, Any] = field(default_factory=dict)


# Is told the id of a run in the transaction that inserts it, and answers whether it may be accepted.
Take = Callable[[UUID], bool]


class RunRefused(Exception):
    """What the run is accepted for is gone by now: somebody else was first."""


def queue_run(start: Start, take: Take | None = None) -> Execution:
    """Insert the run as ``queued`` (in the caller's transaction if there is one) and send the hint on commit."""
    rows = queued_rows(start)
    execution = rows[0]
    assert isinstance(execution, Execution)
    _insert(execution, rows, take)
    send_hint(execution.id, execution.priority)
    execution_changed(execution)
    return execution


def queued_rows(start: Start) -> list[Model]:
    """The rows of a run that is accepted as ``queued``, the execution first. Whoever writes them sends the hint."""
    execution, rows = _rows(start)
    execution.status = ExecutionStatus.QUEUED
    execution.hinted_at = execution.created_at
    if start.journal:
        execution.journal_length = len(start.journal)
        rows += entry_rows(execution, graphs.get(start.version_id), start.journal)
    return rows


def begin_run(start: Start, take: Take | None = None) -> tuple[Execution, Lease]:
    """Insert the run as ``running``, owned by this process with fence 1."""
    execution, rows = _rows(start)
    started = monotonic()
    execution.status = ExecutionStatus.RUNNING
    execution.started_at = execution.created_at
    execution.fence = 1
    execution.owner = leases.owner
    execution.lease_until = execution.created_at + timedelta(seconds=settings.EXPRSN_LEASE_SECONDS)
    _insert(execution, rows, take)
    return execution, leases.hold(execution.id, 1, started)


def _insert(execution: Execution, rows: list[Model], take: Take | None) -> None:
    if not history.write(rows, None if take is None else partial(take, execution.id)):
        raise RunRefused


def _rows(start: Start) -> tuple[Execution, list[Model]]:
    now = utc_now()
    execution = Execution(
        id=new_id(),
        organization_id=start.organization_id,
        workflow_id=start.workflow_id,
        version_id=start.version_id,
        trigger_mode=start.trigger_mode,
        trigger_node=start.trigger_node,
        environment=start.environment,
        priority=start.priority,
        correlation_id=start.correlation_id,
        created_by=start.created_by,
        retry_of_id=start.retry_of_id,
        retry_count=start.retry_count,
        test_mode=start.test_mode,
        dry_run=start.dry_run,
        parent_id=start.parent_id,
        call_depth=start.call_depth,
        awaited=start.awaited,
        custom_data=start.custom_data,
        partial=start.partial,
        created_at=now,
        updated_at=now,
    )
    payload = ExecutionPayload(
        id=new_id(), organization_id=start.organization_id, execution_id=execution.id, kind="trigger"
    )
    payload.value = list(start.items)
    rows: list[Model] = [execution, payload]
    if start.part is not None:
        rows.append(part_payload(execution, start.part))
    return execution, rows
