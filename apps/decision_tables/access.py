"""The only way to get a decision table on behalf of somebody: scope and role in one step."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.models import DecisionTable
from exprsn.kernel.errors import NotFound

# The id of a table, or its name.
TableKey = UUID | str


def visible_tables(actor: Actor) -> QuerySet[DecisionTable]:
    """The tables that the actor may find; those in the trash are left out."""
    return _in_scope(actor).filter(deleted_at__isnull=True)


def trashed_tables(actor: Actor) -> QuerySet[DecisionTable]:
    """The tables in the trash that the actor might find if they were not there."""
    return _in_scope(actor).filter(deleted_at__isnull=False)


def _in_scope(actor: Actor) -> QuerySet[DecisionTable]:
    require(actor, Permission.READ)
    return DecisionTable.objects.for_organization(actor.organization_id)


def get_table(actor: Actor, table: TableKey, permission: Permission, *, lock: bool = False) -> DecisionTable:
    """One table by id or name, or ``table_not_found``; with ``lock`` its row is held until the transaction ends."""
    return _one(visible_tables(actor), actor, table, permission, lock=lock)


def get_trashed_table(actor: Actor, table: TableKey, permission: Permission, *, lock: bool = False) -> DecisionTable:
    """One table of the trash, by name the one that was deleted last; or ``table_not_found``."""
    return _one(trashed_tables(actor).order_by("-deleted_at"), actor, table, permission, lock=lock)


def _one(
    rows: QuerySet[DecisionTable], actor: Actor, table: TableKey, permission: Permission, *, lock: bool
) -> DecisionTable:
    rows = rows.select_related("published")
    if lock:
        rows = rows.select_for_update(of=("self",))
    key = as_id(table)
    found = (rows.filter(name=table) if key is None else rows.filter(id=key)).first()
    if found is None:
        raise NotFound("There is no decision table of this name or id in your organization.", code="table_not_found")
    require(actor, permission)
    return found


def as_id(table: TableKey) -> UUID | None:
    """The id that a key is; None for a name."""
    if isinstance(table, UUID):
        return table
    try:
        return UUID(table)
    except ValueError:
        return None
