"""Taking tables out of the trash."""

from __future__ import annotations

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_trashed_table
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.announcing import announce, record
from apps.decision_tables.services.drafts import draft_of
from apps.decision_tables.services.requirements import require_no_cycle
from apps.decision_tables.services.tables import free_name, name_is_taken


def restore_table(*, actor: Actor, table: TableKey) -> DecisionTable:
    """Take a table out of the trash. A name that somebody took in the meantime is replaced by a free one."""
    with transaction.atomic():
        row = get_trashed_table(actor, table, Permission.WRITE, lock=True)
        if name_is_taken(row):
            row.name = free_name(row.organization_id, row.name)
        require_no_cycle(row, draft_of(row))
        row.deleted_at = None
        row.save(update_fields=["deleted_at", "name", "updated_at"])
        record(actor, "restored", row)
        announce(actor, "restored", row)
    return row
