"""Answers of runs that were finished by another process than the one whose caller waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.execution.outcome import RunOutcome
from apps.workflows.models import Execution, ExecutionPayload, NodeExecution
from apps.workflows.models.kept_batches import batch_from
from exprsn.kernel.ids import new_id


def response_data(response: WebResponse) -> dict[str, Any]:
    """A response as stored."""
    return {
        "status": response.status,
        "headers": dict(response.headers),
        "body": response.body,
        "is_text": response.is_text,
        "file": response.file,
    }


def response_payload(execution: Execution, response: WebResponse) -> ExecutionPayload:
    """The row that keeps a response for a caller who waits in another process."""
    payload = ExecutionPayload(
        id=new_id(), organization_id=execution.organization_id, execution_id=execution.id, kind="response"
    )
    payload.value = response_data(response)
    return payload


def stored_outcome(execution_id: UUID, *, wants_response: bool) -> RunOutcome | None:
    """The outcome so far, or None when the execution is gone."""
    row = (
        Execution.objects.for_system(reason="answer of a run that was handed over")
        .filter(id=execution_id)
        .values_list("status", "output_order")
        .first()
    )
    if row is None:
        return None
    status, output_order = row
    response = _stored_response(execution_id) if wants_response else None
    output = ItemBatch() if wants_response or output_order is None else node_output(execution_id, output_order)
    return RunOutcome(status, output.to_data(), response)


def node_output(execution_id: UUID, order: int) -> ItemBatch:
    """The items on the first filled output of one node run."""
    row = (
        NodeExecution.objects.for_system(reason="output of a run that was handed over")
        .filter(execution_id=execution_id, execution_order=order)
        .select_related("payload")
        .first()
    )
    if row is None or row.payload is None:
        return ItemBatch()
    outputs = row.payload.value.get(str(order), {}).get("outputs", {})
    return batch_from(row.organization_id, next((items for items in outputs.values() if items), []))


def _stored_response(execution_id: UUID) -> WebResponse | None:
    rows = ExecutionPayload.objects.for_system(reason="response of a run that was handed over")
    payload = rows.filter(execution_id=execution_id, kind="response").order_by("id").first()
    return None if payload is None else WebResponse(**payload.value)
