"""The one door for edits: held, checked, numbered, recorded, materialized, told — or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.constants import ActorKind
from apps.collaboration.contracts import Base, EventPage, Operation, State
from apps.collaboration.registry import ResourceRow, resources
from apps.collaboration.services.batches import Batch, require_small
from apps.collaboration.services.recording import Recording
from exprsn.kernel.ids import new_id


def submit(
    *,
    actor: Actor,
    resource_type: str,
    resource_id: UUID,
    operations: Sequence[Operation],
    base: Base,
    client_id: str = "",
    actor_kind: ActorKind | None = None,
) -> EventPage:
    """Apply a batch, all or nothing; answers every event behind what the sender had seen, their own included.

    Operations that were taken before, by their ``op_id``, are left out and answered with their first event.
    """
    resource = resources.get(resource_type)
    require_small(operations, resource.types)
    batch = Batch(tuple(operations), actor, client_id, actor_kind, base)
    with transaction.atomic():
        row = resource.open(actor, resource_id, Permission.WRITE, lock=True)
        return Recording(resource_type, row, batch).write()


def replace_document(
    *, actor: Actor, resource_type: str, row: ResourceRow, state: State, kind: str, message: str = ""
) -> EventPage:
    """Replace a whole document by one operation. The caller holds the row, and has checked right and state."""
    operation = Operation(op_id=new_id(), type=kind, path=(), new=state)
    batch = Batch((operation,), actor, checked=True, message=message)
    return Recording(resource_type, row, batch).write()
