"""Verifying tables: what is kept, or a document that is sent along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.contracts import DRAFT, empty_document
from apps.decision_tables.engine.verification.verifying import verify_document
from apps.decision_tables.services.choosing import VersionKey, document_of
from apps.decision_tables.services.documents import require_fitting


def verify_table(
    *, actor: Actor, table: TableKey, document: Mapping[str, Any] | None = None, version: VersionKey = DRAFT
) -> dict[str, Any]:
    """``{status, checks, findings, elapsed_ms, truncated}``; what makes a document no table is among the findings."""
    row = get_table(actor, table, Permission.READ)
    if document is not None:
        require_fitting(document)
    chosen = document_of(row, version) if document is None else {**empty_document(), **document}
    return verify_document(chosen).as_json()
