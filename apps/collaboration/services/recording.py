"""Writing a batch into the log of a resource whose row is held."""

from __future__ import annotations

from typing import Any

from apps.collaboration.constants import SNAPSHOT_EVERY
from apps.collaboration.contracts import Base, Event, EventPage, Materialization, Operation, State
from apps.collaboration.engine.applying import apply_operations
from apps.collaboration.models import CollaborationDocument, CollaborationEvent
from apps.collaboration.registry import ResourceRow, resources
from apps.collaboration.selectors.events import event_data, events_of, find_document
from apps.collaboration.services.batches import Batch
from apps.core.public import publish_event
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict


class Recording:
    """One batch on its way into the log. The row's lock makes the numbers have no gap."""

    def __init__(self, resource_type: str, row: ResourceRow, batch: Batch) -> None:
        self.resource_type = resource_type
        self.resource = resources.get(resource_type)
        self.row = row
        self.batch = batch

    def write(self) -> EventPage:
        """Record what is new of the batch, and answer. The caller's transaction takes all of it back on a refusal."""
        document = find_document(self.resource_type, self.row, lock=True) or self._begun()
        repeated = self._repeated(document)
        fresh = self._fresh(repeated)
        if fresh:
            if self.batch.base is not None:
                _require_known(document, self.batch.base)
            self._record(document, fresh)
        return self._answer(document, repeated)

    def _begun(self) -> CollaborationDocument:
        document = CollaborationDocument(
            organization_id=self.row.organization_id,
            resource_type=self.resource_type,
            resource_id=self.row.id,
            schema_version=self.resource.schema_version,
        )
        document.snapshot_state = self.resource.load(self.row)
        document.save(force_insert=True)
        return document

    def _repeated(self, document: CollaborationDocument) -> list[Event]:
        ids = [operation.op_id for operation in self.batch.operations]
        rows = CollaborationEvent.objects.for_organization(document.organization_id)
        return [event_data(row) for row in rows.filter(document=document, op_id__in=ids)]

    def _fresh(self, repeated: list[Event]) -> list[Operation]:
        known = {event.op_id for event in repeated}
        fresh = {operation.op_id: operation for operation in reversed(self.batch.operations)}
        return [operation for operation in reversed(fresh.values()) if operation.op_id not in known]

    def _record(self, document: CollaborationDocument, fresh: list[Operation]) -> None:
        types = self.resource.types
        before = self.resource.load(self.row)
        state, olds = apply_operations(types, before, fresh, checked=self.batch.checked)
        replaced = any(types[operation.type].replaces for operation in fresh)
        rows = [self._row(document, *numbered) for numbered in zip(range(len(fresh)), fresh, olds, strict=True)]
        CollaborationEvent.plain.bulk_create(rows)
        self._advance(document, state, len(fresh), replaced=replaced)
        change = Materialization(state, replaced, self.batch.message)
        self.resource.materialize(self.row, self.batch.actor, change)
        self._announce(document)

    def _row(self, document: CollaborationDocument, index: int, operation: Operation, old: Any) -> CollaborationEvent:
        row = CollaborationEvent(
            organization_id=document.organization_id,
            document=document,
            seq=document.seq + index + 1,
            op_id=operation.op_id,
            actor_id=self.batch.actor.user_id,
            actor_kind=self.batch.kind,
            client_id=self.batch.client_id,
            type=operation.type,
            path=list(operation.path),
            timestamp=utc_now(),
            undo_of=operation.undo_of,
        )
        row.values = (old, operation.new)
        return row

    def _advance(self, document: CollaborationDocument, state: State, count: int, *, replaced: bool) -> None:
        fields = ["seq", "epoch", "updated_at"]
        document.seq += count
        document.epoch += replaced
        if document.seq - document.snapshot_seq >= SNAPSHOT_EVERY:
            document.snapshot_state, document.snapshot_seq = state, document.seq
            fields += ["snapshot", "snapshot_encoding", "snapshot_seq"]
        document.save(update_fields=fields)

    def _announce(self, document: CollaborationDocument) -> None:
        publish_event(
            "collaboration.changed",
            organization_id=document.organization_id,
            actor_id=self.batch.actor.user_id,
            payload={
                "resource_type": self.resource_type,
                "resource_id": str(self.row.id),
                "seq": document.seq,
                "epoch": document.epoch,
            },
        )

    def _answer(self, document: CollaborationDocument, repeated: list[Event]) -> EventPage:
        if self.batch.base is None:
            return EventPage(document.seq, document.epoch, tuple(repeated))
        after = self.batch.base.seq
        page = events_of(document, after)
        if page.has_more:
            message = "Too much has happened since. Load the document, apply your change to it and send it again."
            raise Conflict(message, code="base_too_old", params={"seq": document.seq, "epoch": document.epoch})
        earlier = sorted((event for event in repeated if event.seq <= after), key=lambda event: event.seq)
        return EventPage(page.seq, page.epoch, (*earlier, *page.events))


def _require_known(document: CollaborationDocument, base: Base) -> None:
    if base.epoch not in (None, document.epoch) or base.seq > document.seq:
        raise Conflict(
            "The document was replaced as a whole after you read it. Load it again and repeat your change.",
            code="epoch_changed",
            params={"seq": document.seq, "epoch": document.epoch},
        )
