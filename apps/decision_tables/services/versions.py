"""Versions of a table: kept, read, compared and brought back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.engine.diffs import diff_tables
from apps.decision_tables.models import DecisionTable, DecisionTableVersion, TableVersionDocument
from apps.decision_tables.services.announcing import record
from apps.decision_tables.services.choosing import VersionKey, document_of, find_version
from apps.decision_tables.services.collaborating import replace_draft
from apps.decision_tables.services.documents import Document, check_document, facts_of, upgraded
from apps.decision_tables.services.drafts import draft_of
from apps.decision_tables.services.etags import etag_of, require_fresh

MAX_MESSAGE = 200


def versions_of(*, actor: Actor, table: TableKey) -> QuerySet[DecisionTableVersion]:
    """The versions of a table, without their documents."""
    row = get_table(actor, table, Permission.READ)
    rows = DecisionTableVersion.objects.for_organization(row.organization_id).filter(table=row)
    return rows.select_related("author", "table")


def read_version(*, actor: Actor, table: TableKey, number: int) -> DecisionTableVersion:
    """One version with its document. Refused with ``version_not_found``."""
    return find_version(get_table(actor, table, Permission.READ), number)


def compare_versions(*, actor: Actor, table: TableKey, old: VersionKey, new: VersionKey) -> dict[str, Any]:
    """What changed: ``{from, to, columns, rules, settings}``; each side is a number, the draft or what is published."""
    row = get_table(actor, table, Permission.READ)
    return {"from": old, "to": new, **diff_tables(document_of(row, old), document_of(row, new))}


def keep_version(*, actor: Actor, table: TableKey, message: str = "") -> DecisionTableVersion:
    """Keep the draft as a version without publishing it."""
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        version = version_of_draft(row, draft_of(row), actor, message)
        record(actor, "version_kept", row, {"version": (None, version.number), "message": ("", version.message)})
    return version


def restore_version(
    *, actor: Actor, table: TableKey, number: int, expected_etags: Collection[str] | None = None
) -> DecisionTable:
    """Make an earlier version the draft again, by one edit; what is published stays.

    A draft that is no version yet is kept as one first, so that nothing is lost.
    """
    with transaction.atomic():
        row = get_table(actor, table, Permission.WRITE, lock=True)
        if expected_etags is not None:
            require_fresh(etag_of(row), expected_etags)
        wanted = check_document(upgraded(find_version(row, number).document.value))
        if row.draft_number > row.last_number and row.last_number:
            version_of_draft(row, draft_of(row), actor, f"Before v{number} was restored")
        replace_draft(row, wanted, actor=actor, message=f"Restored from v{number}")
        record(actor, "version_restored", row, {"version": (None, number)})
    return row


def version_of_draft(
    row: DecisionTable, document: Document, actor: Actor, message: str = "", *, tests_overridden: bool = False
) -> DecisionTableVersion:
    """The version that says what the draft says: the newest one if nothing was changed since, else a new one.

    The caller holds the table.
    """
    if row.draft_number == row.last_number and not tests_overridden:
        newest = find_version(row, row.last_number)
        if message in ("", newest.message):
            return newest
    facts = facts_of(document)
    version = DecisionTableVersion(
        organization_id=row.organization_id,
        table=row,
        number=row.last_number + 1,
        message=message[:MAX_MESSAGE],
        hit_policy=facts.hit_policy,
        rule_count=facts.rule_count,
        required_names=facts.required_names,
        tests_overridden=tests_overridden,
        author_id=actor.user_id,
    )
    version.save(force_insert=True)
    kept = TableVersionDocument(version=version, organization_id=row.organization_id)
    kept.value = document
    kept.save(force_insert=True)
    row.last_number = row.draft_number = version.number
    row.save(update_fields=["last_number", "draft_number", "updated_at"])
    return version
