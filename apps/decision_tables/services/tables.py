"""Making, changing, copying and deleting tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.access import TableKey, as_id, get_table
from apps.decision_tables.contracts import DOCUMENT_MEMBERS
from apps.decision_tables.interchange.slugs import slug
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.models.table import MAX_NAME
from apps.decision_tables.services.announcing import announce, record
from apps.decision_tables.services.collaborating import replace_draft
from apps.decision_tables.services.documents import check_document
from apps.decision_tables.services.drafts import begin_draft, draft_of
from apps.decision_tables.services.etags import etag_of, require_fresh
from apps.decision_tables.services.requirements import require_no_cycle, require_unused
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput

EDITABLE = ("name", "label", "description", "application")
# Names that the API's own addresses have.
RESERVED = frozenset({"import", "templates", "feel"})


def create_table(
    *,
    actor: Actor,
    document: Mapping[str, Any] | None = None,
    name: str = "",
    label: str = "",
    description: str = "",
    application: str = "",
) -> DecisionTable:
    """A new table; without a document an empty one, without a name one that its label gives."""
    require(actor, Permission.WRITE)
    kept = check_document(document or {})
    shown = label or name.replace("-", " ").replace("_", " ").capitalize() or str(_("Decision table"))
    with transaction.atomic():
        table = DecisionTable(
            organization_id=actor.organization_id,
            name=name or free_name(actor.organization_id, shown),
            label=shown,
            description=description,
            application=application,
            created_by_id=actor.user_id,
            updated_by_id=actor.user_id,
        )
        _require_free_name(table)
        require_no_cycle(table, kept)
        begin_draft(table, kept)
        record(actor, "created", table)
        announce(actor, "created", table)
    return table


def update_table(
    *, actor: Actor, table: TableKey, changes: Mapping[str, Any], expected_etags: Collection[str] | None = None
) -> DecisionTable:
    """Change what is given: fields of the row, and members of the document by one edit."""
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        if expected_etags is not None:
            require_fresh(etag_of(row), expected_etags)
        _change_row(row, changes, actor)
        members = {name: changes[name] for name in DOCUMENT_MEMBERS if name in changes}
        if members:
            _save(row, check_document({**draft_of(row), **members}), actor)
    return row


def save_document(
    *,
    actor: Actor,
    table: TableKey,
    document: Mapping[str, Any],
    changes: Mapping[str, Any] | None = None,
    expected_etags: Collection[str] | None = None,
) -> DecisionTable:
    """Replace the whole draft by one edit, and change fields of the row along with it."""
    kept = check_document(document)
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        if expected_etags is not None:
            require_fresh(etag_of(row), expected_etags)
        _change_row(row, changes or {}, actor)
        _save(row, kept, actor)
    return row


def delete_table(*, actor: Actor, table: TableKey) -> None:
    """Move a table to the trash; refused with ``table_in_use`` while others require it."""
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        require_unused(row)
        row.deleted_at = utc_now()
        row.save(update_fields=["deleted_at", "updated_at"])
        record(actor, "deleted", row)
        announce(actor, "deleted", row)


def copy_table(*, actor: Actor, table: TableKey, name: str = "", label: str = "") -> DecisionTable:
    """A copy of the draft under a free name."""
    source = get_table(actor, table, Permission.READ)
    return create_table(
        actor=actor,
        document=draft_of(source),
        name=name or free_name(actor.organization_id, f"{source.name[: MAX_NAME - 10]}-copy"),
        label=label or _("%(label)s (copy)") % {"label": source.label[:180]},
        description=source.description,
        application=source.application,
    )


def free_name(organization_id: UUID, label: str) -> str:
    """A name for this label that no table of the organization has."""
    base = slug(label)[: MAX_NAME - 6].strip("-_") or "table"
    rows = DecisionTable.objects.for_organization(organization_id).filter(deleted_at__isnull=True)
    taken = {*rows.filter(name__startswith=base).values_list("name", flat=True), *RESERVED}
    if base not in taken and as_id(base) is None:
        return base
    return next(name for number in range(2, len(taken) + 4) if (name := f"{base}-{number}") not in taken)


def name_is_taken(table: DecisionTable) -> bool:
    """Whether another table of the organization has this one's name."""
    rows = DecisionTable.objects.for_organization(table.organization_id).filter(deleted_at__isnull=True)
    return rows.filter(name=table.name).exclude(id=table.id).exists()


def _require_free_name(table: DecisionTable) -> None:
    if table.name in RESERVED or as_id(table.name) is not None:
        message = "This name cannot be used, because addresses of the API have it. Choose another one."
        raise InvalidInput(message, code="name_reserved", errors={"name": [message]})
    if name_is_taken(table):
        raise Conflict(
            "Another decision table of your organization has this name. Choose another one.",
            code="table_name_taken",
            errors={"name": ["This name is taken."]},
        )


def _change_row(row: DecisionTable, changes: Mapping[str, Any], actor: Actor) -> None:
    changed = {
        field: (getattr(row, field), changes[field])
        for field in EDITABLE
        if field in changes and changes[field] != getattr(row, field)
    }
    if not changed:
        return
    if "name" in changed:
        require_unused(row)
    for field, (_old, new) in changed.items():
        setattr(row, field, new)
    if "name" in changed:
        _require_free_name(row)
    row.updated_by_id = actor.user_id
    row.save(update_fields=[*changed, "updated_by", "updated_at"])
    record(actor, "updated", row, changed)
    announce(actor, "updated", row)


def _save(row: DecisionTable, document: dict[str, Any], actor: Actor) -> None:
    replace_draft(row, document, actor=actor)
    record(actor, "saved", row)
