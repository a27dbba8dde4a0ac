"""Writing drafts. Called for a first draft and by ``collaborating``; all other changes of a draft are operations."""

from __future__ import annotations

from apps.accounts.contracts import Actor
from apps.decision_tables.models import DecisionTable, TableDocument
from apps.decision_tables.services.documents import Document, facts_of, upgraded

OF_DRAFT = ("hit_policy", "aggregation", "inputs", "outputs", "rule_count", "required_names")


def draft_of(table: DecisionTable) -> Document:
    """The draft of a table."""
    document: Document = upgraded(table.document.value)
    return document


def begin_draft(table: DecisionTable, document: Document) -> None:
    """Save a new table with its first draft."""
    _tell(table, document)
    table.save(force_insert=True)
    row = TableDocument(table=table, organization_id=table.organization_id)
    row.value = document
    row.save(force_insert=True)


def save_draft(table: DecisionTable, document: Document, actor: Actor) -> None:
    """Make ``document`` the draft; behind a version it is on the way to the next one. The caller holds the row."""
    _tell(table, document)
    table.draft_number = table.last_number + 1
    table.revision += 1
    table.updated_by_id = actor.user_id
    table.save(update_fields=[*OF_DRAFT, "draft_number", "revision", "updated_by", "updated_at"])
    row = table.document
    row.value = document
    row.save(update_fields=["encoding", "data"])


def _tell(table: DecisionTable, document: Document) -> None:
    facts = facts_of(document)
    for name in OF_DRAFT:
        setattr(table, name, getattr(facts, name))
