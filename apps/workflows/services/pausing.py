"""Pausing executions and letting them go on, on behalf of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import dumps
from apps.workflows.access import get_execution
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus
from apps.workflows.engine.items import ItemBatch
from apps.workflows.execution.hints import send_hint
from apps.workflows.execution.intents import DONE, FAIL
from apps.workflows.execution.journal_rows import load_entries
from apps.workflows.execution.leases import leases
from apps.workflows.execution.pauses import at_rest, over
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import EffectIntent, Execution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput, TooLarge

AGAIN = "again"
DECISIONS = (AGAIN, DONE, FAIL)
MAX_OUTPUT_BYTES = 1024 * 1024
_SOON = frozenset({ExecutionStatus.QUEUED, ExecutionStatus.WAITING})


def pause_execution(*, actor: Actor, execution_id: UUID) -> Execution:
    """Pause: at once when nobody works on it, else after the step that runs. It keeps what it waits for.

    Raises ``execution_not_pausable`` for one that has ended or is paused. Asked twice it is the same.
    """
    with transaction.atomic():
        execution = get_execution(actor, execution_id, Permission.EXECUTE, lock=True)
        if execution.status in FINAL_STATUSES or execution.status == ExecutionStatus.PAUSED:
            told = "An execution that has ended or is paused already cannot be paused."
            raise Conflict(told, code="execution_not_pausable")
        changes: dict[str, Any] = {"pause_requested": True}
        if execution.status in _SOON:
            changes = at_rest(execution.status)
        by = str(actor.user_id) if actor.user_id else None
        changes["pause"] = {"reason": "person", "since": utc_now().isoformat(), "by": by}
        _save(execution, changes)
        audit(actor, "execution.paused", "execution", execution.id, execution.workflow.name)
    leases.pause_locally(execution.id, pausing=execution.pause_requested)
    return execution


def resume_execution(
    *, actor: Actor, execution_id: UUID, decision: str = "", output: Sequence[dict[str, Any]] | None = None
) -> Execution:
    """Let a paused execution go on where it was; what it waited for and what is late by now is looked at then.

    One in doubt needs a ``decision``: ``again`` makes the call once more with the same idempotency key, ``done``
    takes it as made, with ``output`` or else what came in as its items, ``fail`` as failed. Raises
    ``execution_not_paused``, ``decision_needed``, ``nothing_in_doubt``.
    """
    with transaction.atomic():
        execution = get_execution(actor, execution_id, Permission.EXECUTE, lock=True)
        is_paused = execution.status == ExecutionStatus.PAUSED
        if not is_paused and not execution.pause_requested:
            raise Conflict("This execution is not paused.", code="execution_not_paused")
        _decide(execution, decision, output)
        changes = over(execution, utc_now())
        if is_paused:
            changes |= _goes_on_as(execution)
        _save(execution, changes)
        if execution.status == ExecutionStatus.QUEUED:
            send_hint(execution.id, execution.priority)
        decided = {"decision": ("", decision)} if decision else None
        audit(actor, "execution.resumed", "execution", execution.id, execution.workflow.name, decided)
    leases.pause_locally(execution.id, pausing=False)
    return execution


def _save(execution: Execution, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(execution, name, value)
    execution.save(update_fields=[*changes, "updated_at"])
    execution_changed(execution)


def _goes_on_as(execution: Execution) -> dict[str, Any]:
    """Queued, unless it waits for a moment that has not come. Whether an answer has come is seen when it runs."""
    now = utc_now()
    if execution.paused_from == ExecutionStatus.WAITING:
        entries = load_entries(execution)
        rests = bool(entries) and not entries[-1].runs_again
        if rests and execution.resume_at is not None and execution.resume_at > now:
            return {"status": ExecutionStatus.WAITING}
    return {"status": ExecutionStatus.QUEUED, "resume_at": None, "hinted_at": now}


def _decide(execution: Execution, decision: str, output: Sequence[dict[str, Any]] | None) -> None:
    pause = execution.pause or {}
    doubtful = pause.get("reason") == "doubt"
    if decision and not doubtful:
        told = "Nothing is in doubt in this execution, so there is nothing to decide."
        raise InvalidInput(told, code="nothing_in_doubt", errors={"decision": [told]})
    if output is not None and decision != DONE:
        told = "Items are taken only for a call that counts as done."
        raise InvalidInput(told, errors={"output": [told]})
    if not doubtful:
        return
    if decision not in DECISIONS:
        told = f"It is not known whether the step had its effect. Decide: {', '.join(DECISIONS)}."
        raise InvalidInput(told, code="decision_needed", errors={"decision": [told]})
    items = None if output is None else _checked(output)
    rows = EffectIntent.objects.for_organization(execution.organization_id).filter(
        execution_id=execution.id, node_id=pause["node"], run_index=pause["run_index"]
    )
    if decision == AGAIN:
        rows.delete()
    else:
        rows.update(decision=decision, output=items)


def _checked(output: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    for at, item in enumerate(output):
        if not isinstance(item.get("json"), dict):
            told = "An item has an object under json."
            raise InvalidInput(told, errors={f"output[{at}].json": [told]})
    items = [{"json": item["json"]} for item in output]
    if len(dumps(items)) > MAX_OUTPUT_BYTES:
        raise TooLarge(f"The items may have at most {MAX_OUTPUT_BYTES} bytes.", code="output_too_large")
    return ItemBatch.from_data(items).to_data()
