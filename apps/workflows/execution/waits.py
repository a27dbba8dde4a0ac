"""Runs that wait for something from outside: their rows, the one answer, and waking them.

A waitpoint is written in the transaction that puts its run down, and answered in the transaction that queues the run
again. So an answer neither comes too early nor is lost or taken twice, whoever dies. Whoever writes holds the row of
the execution first, then that of the waitpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from apps.workflows.constants import ApprovalStatus, ExecutionStatus, WaitKind, WaitStatus
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.waiting import Resumed
from apps.workflows.execution.approval_rows import approval_rows
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.journal_rows import clean_json
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Approval, ApprovalAssignee, Execution, Waitpoint
from apps.workflows.models.packed import pack
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id
from exprsn.kernel.jsonvalue import JsonObject

_REASON = "a run that waits"


def wait_rows(execution: Execution, graph: Graph, entries: Sequence[JournalEntry]) -> list[Model]:
    """The rows of what these node runs wait for from now on; their ids are noted in the entries."""
    rows: list[Model] = []
    for entry in entries:
        wait_for = entry.wait_for
        if wait_for is None:
            continue
        waitpoint = Waitpoint(
            id=new_id(),
            organization_id=execution.organization_id,
            execution_id=execution.id,
            node_id=entry.node_id,
            run_index=entry.run_index,
            execution_order=entry.execution_order,
            kind=wait_for.kind,
            settings={} if wait_for.kind == WaitKind.APPROVAL else clean_json(wait_for.settings),
            until=wait_for.until,
        )
        waitpoint.value = None
        rows.append(waitpoint)
        if wait_for.kind == WaitKind.APPROVAL:
            rows += approval_rows(execution, waitpoint, graph.node(entry.node_id).name, wait_for.settings)
        entry.wait = {"id": str(waitpoint.id), "kind": wait_for.kind}
        entry.wait_for = None
    return rows


def without_waits(rows: Sequence[Model]) -> list[Model]:
    """The rows of a run that will not wait after all."""
    return [row for row in rows if not isinstance(row, Waitpoint | Approval | ApprovalAssignee)]


def hold_execution(execution_id: UUID) -> Execution | None:
    """The row of a run, held until the transaction ends: before any of its waitpoints is changed."""
    rows = Execution.objects.for_system(reason=_REASON).select_for_update(of=("self",))
    return rows.filter(id=execution_id).first()


def answer_wait(execution: Execution, waitpoint_id: UUID, value: Any) -> bool:
    """Within a transaction that holds the execution: give the answer and queue the run. False: it was answered
    before, or nobody waits any more."""
    encoding, data = pack(value)
    now = utc_now()
    rows = Waitpoint.objects.for_organization(execution.organization_id)
    changed = rows.filter(id=waitpoint_id, status=WaitStatus.OPEN).update(
        status=WaitStatus.ANSWERED, answered_at=now, updated_at=now, encoding=encoding, data=data
    )
    if changed:
        _queue(execution)
    return bool(changed)


def _queue(execution: Execution) -> None:
    """A run that was paused while it waited goes on with its answer when the pause is over."""
    rows = Execution.objects.for_organization(execution.organization_id).filter(id=execution.id)
    changed = rows.filter(status=ExecutionStatus.WAITING).update(
        status=ExecutionStatus.QUEUED, resume_at=None, hinted_at=utc_now()
    )
    if changed:
        execution.status, execution.resume_at = ExecutionStatus.QUEUED, None
        send_hint(execution.id, execution.priority)
        execution_changed(execution)
        return
    paused = rows.filter(status=ExecutionStatus.PAUSED, paused_from=ExecutionStatus.WAITING)
    paused.update(paused_from=ExecutionStatus.QUEUED, resume_at=None)


def outcome_of(execution: Execution, wait: JsonObject) -> Resumed | datetime | None:
    """How a wait ended, for the run that was woken; if it has not ended, when it does at the latest."""
    rows = Waitpoint.objects.for_organization(execution.organization_id).filter(id=str(wait["id"]))
    waitpoint = rows.first()
    if waitpoint is not None and waitpoint.status == WaitStatus.OPEN:
        now = utc_now()
        if waitpoint.until is None or waitpoint.until > now:
            return waitpoint.until
        # An answer may come at this very moment: then it counts.
        rows.filter(status=WaitStatus.OPEN).update(status=WaitStatus.TIMED_OUT, updated_at=now)
        waitpoint = rows.first()
    if waitpoint is None or waitpoint.status != WaitStatus.ANSWERED:
        return Resumed(timed_out=True)
    return Resumed(waitpoint.value)


def wake_answered(execution_id: UUID, waitpoint_id: UUID) -> None:
    """Queue a run that rests although its answer has come."""
    with transaction.atomic():
        execution = hold_execution(execution_id)
        rows = Waitpoint.objects.for_system(reason=_REASON)
        if execution is not None and rows.filter(id=waitpoint_id, status=WaitStatus.ANSWERED).exists():
            _queue(execution)


def end_waits(execution: Execution) -> None:
    """Within the transaction that ends a run from outside: nobody is waited for any more."""
    now = utc_now()
    waits = Waitpoint.objects.for_organization(execution.organization_id).filter(execution_id=execution.id)
    if not waits.filter(status=WaitStatus.OPEN).update(status=WaitStatus.CANCELED, updated_at=now):
        return
    approvals = Approval.objects.for_organization(execution.organization_id).filter(execution_id=execution.id)
    approvals.filter(status=ApprovalStatus.PENDING).update(
        status=ApprovalStatus.CANCELED, mail_at=None, deadline=None, updated_at=now
    )
