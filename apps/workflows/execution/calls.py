"""Runs that start other runs: their rows, what they came to, and waking the one that waits for them.

A called run is accepted in the transaction that journals the call, and its end counts down the caller's
``pending_children`` in the transaction that ends it. So neither is lost nor done twice, whoever dies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Model

from apps.core.models import FileUse
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus, TriggerMode
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.node_type import CallOutcome, CallStart
from apps.workflows.execution.accept import Start, queued_rows
from apps.workflows.execution.file_uses import uses_of_items
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.stored_answers import node_output
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.jsonvalue import JsonObject

# What wakes a caller is the end of what it called; this is for ends that nobody told of.
LOOK_AGAIN_AFTER = timedelta(minutes=5)


def called_rows(caller: Execution, entries: Sequence[JournalEntry]) -> list[Model]:
    """The rows of all runs that these node runs ask for; their ids are noted in the entries."""
    rows: list[Model] = []
    for entry in entries:
        awaited = entry.status == ExecutionStatus.WAITING
        for start in entry.starts:
            made = queued_rows(_start(caller, start, awaited=awaited))
            entry.calls.append(str(made[0].pk))
            rows += made
        entry.starts = []
    return rows


def _start(caller: Execution, start: CallStart, *, awaited: bool) -> Start:
    return Start(
        organization_id=caller.organization_id,
        workflow_id=UUID(start.target.workflow_id),
        version_id=UUID(start.target.version_id),
        trigger_mode=TriggerMode.WORKFLOW,
        trigger_node=start.target.trigger_node,
        items=start.items,
        environment=caller.environment,
        priority=caller.priority,
        correlation_id=caller.correlation_id,
        created_by=caller.created_by,
        test_mode=caller.test_mode,
        parent_id=caller.id,
        call_depth=caller.call_depth + 1,
        event_depth=caller.event_depth,
        awaited=awaited,
    )


def call_outcomes(caller: Execution, calls: Sequence[str]) -> list[CallOutcome] | None:
    """What the called runs came to, in the order of the calls; None while one of them has not ended."""
    rows = Execution.objects.for_organization(caller.organization_id).filter(id__in=calls)
    found = {str(row.id): row for row in rows.select_related("workflow")}
    if any(row.status not in FINAL_STATUSES for row in found.values()):
        return None
    outcomes = [_outcome(call, found.get(call)) for call in calls]
    # What they put out may refer to files that would go with them.
    FileUse.objects.bulk_create([use for outcome in outcomes for use in uses_of_items(caller, outcome.output)])
    return outcomes


def _outcome(call: str, row: Execution | None) -> CallOutcome:
    if row is None:
        error: JsonObject = {"message": "The called run was deleted before it ended.", "kind": "execution_not_found"}
        return CallOutcome(call, "", ExecutionStatus.CANCELED, ItemBatch(), error)
    output = ItemBatch() if row.output_order is None else node_output(row.id, row.output_order)
    return CallOutcome(call, row.workflow.name, row.status, output, row.error)


def callers_of(ended: Execution) -> list[Execution]:
    """Within the transaction that ends a run: tell the caller who waits for it. Answers it if it can go on now."""
    if not ended.awaited or ended.parent_id is None:
        return []
    rows = Execution.objects.for_system(reason="a called run ended").filter(id=ended.parent_id)
    if not rows.filter(pending_children__gt=0).update(pending_children=F("pending_children") - 1):
        return []
    caller = wake_caller(ended.parent_id)
    return [] if caller is None else [caller]


def wake_caller(caller_id: UUID) -> Execution | None:
    """Queue a caller that rests although everything it waits for has ended. Whoever gets it sends the hint."""
    rows = Execution.objects.for_system(reason="wake a caller").filter(id=caller_id)
    resting = rows.filter(status=ExecutionStatus.WAITING, pending_children=0)
    changed = resting.update(status=ExecutionStatus.QUEUED, resume_at=None, hinted_at=utc_now())
    return rows.only("id", "priority").get() if changed else None


def wake_resting_caller(caller_id: UUID) -> None:
    """The same with the hint: the last of those that it waits for may have ended while it was put down."""
    late = wake_caller(caller_id)
    if late is not None:
        send_hint(late.id, late.priority)
