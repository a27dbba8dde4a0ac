"""Taking back one's own edits."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.constants import MAX_UNDO_DISTANCE, ActorKind
from apps.collaboration.contracts import Base, EventPage
from apps.collaboration.engine.inverting import first_overlap, inverse
from apps.collaboration.models import CollaborationDocument, CollaborationEvent
from apps.collaboration.registry import resources
from apps.collaboration.selectors.events import find_document
from apps.collaboration.services.batches import Batch
from apps.collaboration.services.recording import Recording
from exprsn.kernel.errors import Conflict, NotAllowed, NotFound
from exprsn.kernel.ids import new_id


def undo(
    *,
    actor: Actor,
    resource_type: str,
    resource_id: UUID,
    seq: int,
    op_id: UUID | None = None,
    client_id: str = "",
    actor_kind: ActorKind | None = None,
) -> EventPage:
    """Take event ``seq`` back by its inverse, recorded as an event of its own, which the answer holds."""
    resource = resources.get(resource_type)
    with transaction.atomic():
        row = resource.open(actor, resource_id, Permission.WRITE, lock=True)
        document = find_document(resource_type, row, lock=True)
        event = _own_event(document, actor, seq)
        if not _is_repeated(event, op_id):
            _require_untouched(event, actor)
        operation = inverse(
            resource.types,
            op_id=op_id or new_id(),
            seq=seq,
            name=event.type,
            path=tuple(event.path),
            old=event.values[0],
        )
        base = Base(event.document.seq, event.document.epoch)
        batch = Batch((operation,), actor, client_id, actor_kind, base)
        return Recording(resource_type, row, batch).write()


def _own_event(document: CollaborationDocument | None, actor: Actor, seq: int) -> CollaborationEvent:
    event = None
    if document is not None:
        rows = CollaborationEvent.objects.for_organization(document.organization_id)
        event = rows.select_related("document").filter(document=document, seq=seq).first()
    if event is None:
        raise NotFound("This document has no event with that number.", code="event_not_found")
    if event.actor_id != actor.user_id:
        raise NotAllowed("Only who made an edit can take it back.", code="undo_not_yours")
    return event


def _is_repeated(event: CollaborationEvent, op_id: UUID | None) -> bool:
    """Whether this very undo was done before: then it is answered as it was, whatever has happened since."""
    rows = CollaborationEvent.objects.for_organization(event.organization_id)
    return op_id is not None and rows.filter(document=event.document, op_id=op_id, undo_of=event.seq).exists()


def _require_untouched(event: CollaborationEvent, actor: Actor) -> None:
    rows = CollaborationEvent.objects.for_organization(event.organization_id)
    others = rows.filter(document=event.document, seq__gt=event.seq)
    others = others.filter(~Q(actor_id=actor.user_id) if actor.user_id else Q(actor_id__isnull=False))
    later = list(others.order_by("seq").values_list("seq", "path")[: MAX_UNDO_DISTANCE + 1])
    overlap = first_overlap(tuple(event.path), ((seq, tuple(path)) for seq, path in later))
    if overlap is not None or len(later) > MAX_UNDO_DISTANCE:
        raise Conflict(
            "Somebody else has changed the same place since; taking your edit back would overwrite theirs.",
            code="undo_conflict",
            params={"path": event.path, "seq": overlap},
        )
