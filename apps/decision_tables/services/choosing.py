"""Which version of a table is meant: the published one, the draft, or one by its number."""

from __future__ import annotations

from typing import Literal, TypeAlias

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, require
from apps.decision_tables.contracts import DRAFT, PUBLISHED
from apps.decision_tables.models import DecisionTable, DecisionTableVersion
from apps.decision_tables.services.compiled import Ready, ready_draft, ready_version
from apps.decision_tables.services.documents import Document, upgraded
from apps.decision_tables.services.drafts import draft_of
from exprsn.kernel.errors import Conflict, NotFound

VersionKey: TypeAlias = Literal["draft", "published"] | int
# No database counts further.
MAX_NUMBER = 2_147_483_647


def find_version(table: DecisionTable, number: int) -> DecisionTableVersion:
    """The version of a number, or ``version_not_found``; its document is read when it is asked for."""
    rows = DecisionTableVersion.objects.for_organization(table.organization_id).select_related("author")
    version = rows.filter(table=table, number=number).first() if 0 < number <= MAX_NUMBER else None
    if version is None:
        raise NotFound("This decision table has no version of that number.", code="version_not_found")
    version.table = table
    return version


def document_of(table: DecisionTable, version: VersionKey) -> Document:
    """The document of a version. Refused with ``version_not_found`` and ``not_published``."""
    if version == DRAFT:
        return draft_of(table)
    if version != PUBLISHED:
        return upgraded(find_version(table, int(version)).document.value)
    if table.published is None:
        raise not_published(table)
    return upgraded(table.published.document.value)


def choose(actor: Actor, table: DecisionTable, version: VersionKey) -> Ready:
    """What answers. A table that was never published is evaluated as a draft, for people who may write; the product
    itself, as in a run of a workflow, has to ask for the draft by name.
    """
    if version not in (DRAFT, PUBLISHED):
        return ready_version(table, find_version(table, int(version)))
    if table.published is not None and version == PUBLISHED:
        return ready_version(table, table.published)
    by_itself = actor.kind == "system" and version == PUBLISHED
    if table.published is None and (by_itself or not can(actor, Permission.WRITE)):
        raise not_published(table)
    require(actor, Permission.WRITE)
    return ready_draft(table)


def not_published(table: DecisionTable) -> Conflict:
    """The refusal to evaluate what was never published."""
    return Conflict(
        f"The decision table “{table.name}” has not been published yet. Publish it first.",
        code="not_published",
        params={"table": table.name},
    )
