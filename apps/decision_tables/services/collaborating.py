"""Decision tables as shared documents: the document is the draft, and the draft is written nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.contracts import Materialization, OperationType, State
from apps.collaboration.public import replace_document
from apps.decision_tables.access import get_table
from apps.decision_tables.contracts import SCHEMA_VERSION
from apps.decision_tables.engine.operations.types import TABLE_OPERATIONS
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.announcing import announce
from apps.decision_tables.services.documents import require_small
from apps.decision_tables.services.drafts import draft_of, save_draft
from apps.decision_tables.services.requirements import require_no_cycle

TABLE = "decision_table"


class TableResource:
    """How tables are opened, read and written by edits."""

    schema_version = SCHEMA_VERSION
    types: Mapping[str, OperationType] = TABLE_OPERATIONS

    def open(self, actor: Actor, resource_id: UUID, permission: Permission, *, lock: bool) -> DecisionTable:
        """The table, by the one rule of who may find it."""
        return get_table(actor, resource_id, permission, lock=lock)

    def load(self, row: DecisionTable) -> State:
        """The draft."""
        return draft_of(row)

    def materialize(self, row: DecisionTable, actor: Actor, change: Materialization) -> None:
        """Make the state the draft."""
        require_small(change.state)
        require_no_cycle(row, change.state)
        save_draft(row, change.state, actor)
        announce(actor, "updated", row)


def replace_draft(table: DecisionTable, document: State, *, actor: Actor, message: str = "") -> None:
    """Replace the draft by one operation. The caller holds the table and has checked the document."""
    replace_document(
        actor=actor, resource_type=TABLE, row=table, state=document, kind="document_replaced", message=message
    )
