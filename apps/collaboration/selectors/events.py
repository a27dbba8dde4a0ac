"""Reading shared documents: their log and their state."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.constants import MAX_EVENTS, MAX_EVENTS_BYTES
from apps.collaboration.contracts import DocumentView, Event, EventPage, State
from apps.collaboration.engine.applying import fold
from apps.collaboration.models import CollaborationDocument, CollaborationEvent
from apps.collaboration.registry import ResourceRow, resources

FIRST_EPOCH = 1


def find_document(resource_type: str, row: ResourceRow, *, lock: bool = False) -> CollaborationDocument | None:
    """The log's head of a resource, without its snapshot; none before the first edit."""
    documents = CollaborationDocument.objects.for_organization(row.organization_id)
    if lock:
        documents = documents.select_for_update()
    return documents.filter(resource_type=resource_type, resource_id=row.id).defer("snapshot").first()


def events_of(document: CollaborationDocument, after: int, limit: int = MAX_EVENTS) -> EventPage:
    """The events behind ``after``, at most ``limit`` of them and no more than one answer should hold."""
    rows = CollaborationEvent.objects.for_organization(document.organization_id)
    rows = rows.filter(document=document, seq__gt=after).order_by("seq")[: limit + 1]
    found: list[Event] = []
    size = 0
    for row in rows.iterator(chunk_size=50):
        size += len(row.data)
        if found and (len(found) == limit or size > MAX_EVENTS_BYTES):
            return EventPage(document.seq, document.epoch, tuple(found), has_more=True)
        found.append(event_data(row))
    return EventPage(document.seq, document.epoch, tuple(found))


def list_events(*, actor: Actor, resource_type: str, resource_id: UUID, after: int, limit: int) -> EventPage:
    """The log of a resource that the actor may read."""
    row = resources.get(resource_type).open(actor, resource_id, Permission.READ, lock=False)
    document = find_document(resource_type, row)
    return EventPage(0, FIRST_EPOCH, ()) if document is None else events_of(document, after, limit)


def read_document(*, actor: Actor, resource_type: str, resource_id: UUID) -> DocumentView:
    """State and number of a resource that the actor may read, of one moment."""
    resource = resources.get(resource_type)
    with transaction.atomic():
        # Held, because an edit between two reads would make the number too small for the state.
        row = resource.open(actor, resource_id, Permission.READ, lock=True)
        document = find_document(resource_type, row)
        seq, epoch = (document.seq, document.epoch) if document else (0, FIRST_EPOCH)
        return DocumentView(seq, epoch, resource.load(row))


def folded_state(document: CollaborationDocument) -> State:
    """The state that snapshot and log say: what replays and checks go by."""
    types = resources.get(document.resource_type).types
    rows = CollaborationEvent.objects.for_organization(document.organization_id)
    rows = rows.filter(document=document, seq__gt=document.snapshot_seq).order_by("seq")
    log = ((row.type, tuple(row.path), row.values[1]) for row in rows.iterator(chunk_size=50))
    return fold(types, document.snapshot_state, log)


def event_data(row: CollaborationEvent) -> Event:
    """A recorded edit as plain data."""
    old, new = row.values
    return Event(
        seq=row.seq,
        op_id=row.op_id,
        type=row.type,
        path=list(row.path),
        old=old,
        new=new,
        actor=row.actor_id,
        actor_kind=row.actor_kind,
        client_id=row.client_id,
        timestamp=row.timestamp,
        undo_of=row.undo_of,
    )
