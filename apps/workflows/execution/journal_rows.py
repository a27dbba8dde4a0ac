"""The journal in the database: rows from entries, and entries from rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models

from apps.core.public import new_row
from apps.workflows.constants import NodeStatus
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry, merge_journal
from apps.workflows.engine.run_context import Change
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution
from apps.workflows.models.kept_batches import batch_data, batch_from
from apps.workflows.models.packed import pack
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import DomainError
from exprsn.kernel.ids import new_id

MAX_MESSAGE = 8_000
# Plain data, or a batch where there are many.
TriggerItems = Sequence[dict[str, Any]] | ItemBatch


def entry_rows(execution: Execution, graph: Graph, entries: Sequence[JournalEntry]) -> list[models.Model]:
    """One payload row with the data of all entries, and one row for each entry."""
    payload = _payload(execution, "journal")
    files: list[UUID] = []
    keep = partial(batch_data, execution.organization_id, files)
    payload.value = {str(entry.execution_order): entry.to_data(keep) for entry in entries}
    payload.files = files
    rows: list[models.Model] = [payload]
    rows.extend(_node_row(execution, graph, entry, payload.id) for entry in entries)
    return rows


def _payload(execution: Execution, kind: str) -> ExecutionPayload:
    values = {"id": new_id(), "organization_id": execution.organization_id, "execution_id": execution.id, "kind": kind}
    return new_row(ExecutionPayload, values)  # the rest is set with its value


def changes_payload(execution: Execution, changes: Sequence[Change]) -> ExecutionPayload:
    """What a dry run would have changed outside."""
    payload = _payload(execution, "changes")
    payload.value = [change.to_data() for change in changes]
    return payload


def refuse_unfit(entries: Sequence[JournalEntry]) -> JournalEntry | None:
    """Make an error of each entry whose data is too deep to be kept; answers the first of them."""
    refused = None
    for entry in entries:
        try:
            pack(entry.to_data(_in_memory))
        except DomainError as error:
            entry.outputs, entry.state = {}, None
            entry.status, entry.continued = NodeStatus.ERROR, False
            entry.error = {"message": error.message, "kind": error.code, "retryable": False}
            refused = refused or entry
    return refused


def _in_memory(batch: ItemBatch) -> Any:
    """Items on disk were fit to be written there."""
    return batch.to_data() if batch.spilled is None else None


def _node_row(execution: Execution, graph: Graph, entry: JournalEntry, payload_id: UUID) -> NodeExecution:
    node = graph.node(entry.node_id)
    values = {
        "id": new_id(),
        "organization_id": execution.organization_id,
        "execution_id": execution.id,
        "payload_id": payload_id,
        "node_id": node.id,
        "node_name": clean(node.name),
        "node_type": node.type,
        "status": entry.status,
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
        "duration_ms": entry.duration_ms,
        "execution_order": entry.execution_order,
        "run_index": entry.run_index,
        "retry_count": entry.retry_count,
        "items_in": entry.items_in,
        "items_out": sum(len(batch) for batch in entry.outputs.values()),
        "error": clean_json(entry.error),
    }
    return new_row(NodeExecution, values)


def log_rows(execution: Execution, lines: Sequence[Any], orders: Sequence[int], first: int) -> list[ExecutionLog]:
    """Rows of log lines; ``orders``: the node run that each belongs to, ``first``: the number of the first line."""
    return [
        ExecutionLog(
            id=new_id(),
            organization_id=execution.organization_id,
            execution_id=execution.id,
            timestamp=line.timestamp or utc_now(),
            level=line.level,
            message=clean(line.message)[:MAX_MESSAGE],
            node_id=line.node_id,
            node_name=clean(line.node_name),
            metadata=clean_json(line.metadata) or {},
            execution_order=order,
            line=first + at,
        )
        for at, (line, order) in enumerate(zip(lines, orders, strict=True))
    ]


def load_entries(execution: Execution) -> list[JournalEntry]:
    """The journal of an execution so far, in order."""
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    data: dict[str, dict[str, Any]] = {}
    for payload in rows.filter(execution_id=execution.id, kind="journal").order_by("id"):
        merge_journal(data, payload.value)
    batch_of = partial(batch_from, execution.organization_id)
    return [JournalEntry.from_data(data[order], batch_of) for order in sorted(data, key=int)]


def trigger_items(execution: Execution) -> list[dict[str, Any]]:
    """The items that started an execution, as plain data however many they are."""
    items = trigger_source(execution)
    return items.to_data() if isinstance(items, ItemBatch) else list(items)


def trigger_source(execution: Execution) -> TriggerItems:
    """The items that started an execution."""
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    payload = rows.filter(execution_id=execution.id, kind="trigger").first()
    return trigger_batch(payload) if payload else [{"json": {}}]


def trigger_payload(execution: Execution, items: TriggerItems) -> ExecutionPayload:
    """The row that keeps what starts an execution."""
    organization_id, files = execution.organization_id, list[UUID]()
    payload = _payload(execution, "trigger")
    payload.value = batch_data(organization_id, files, items) if isinstance(items, ItemBatch) else list(items)
    payload.files = files
    return payload


def trigger_batch(payload: ExecutionPayload) -> TriggerItems:
    """The items of such a row: a list, or a batch in a file."""
    value = payload.value
    return value if isinstance(value, list) else batch_from(payload.organization_id, value)


def mark_waits_over(execution: Execution, before: int) -> None:
    """The node runs that waited, of the first ``before`` ones, have gone on."""
    rows = NodeExecution.objects.for_organization(execution.organization_id)
    rows.filter(execution_id=execution.id, status=NodeStatus.WAITING, execution_order__lt=before).update(
        status=NodeStatus.SUCCESS, finished_at=utc_now()
    )


def clean(text: str) -> str:
    """Text that every database takes: no NUL, no lone surrogate."""
    return text.replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")


def clean_json(value: Any) -> Any:
    """JSON whose texts every database takes."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): clean_json(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(member) for member in value]
    return value
