"""Reading tables: lists with a bounded number of statements, never the documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.core.public import clean_text
from apps.decision_tables.access import TableKey, get_table, visible_tables
from apps.decision_tables.contracts import ColumnReference, TableColumns, TableReference
from apps.decision_tables.models import DecisionTable

MAX_LISTED = 500


def tables_for(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[DecisionTable]:
    """The tables an actor may see, narrowed by ``application`` and ``search``."""
    rows = visible_tables(actor).select_related("published")
    if filters.get("application"):
        rows = rows.filter(application=clean_text(str(filters["application"])))
    if filters.get("search"):
        text = clean_text(str(filters["search"]))
        rows = rows.filter(Q(name__icontains=text) | Q(label__icontains=text) | Q(description__icontains=text))
    return rows


def applications_of(actor: Actor) -> list[str]:
    """The applications that tables are grouped by, in their order."""
    named = visible_tables(actor).exclude(application="")
    return list(named.order_by("application").values_list("application", flat=True).distinct())


def tables_requiring(table: DecisionTable) -> QuerySet[DecisionTable]:
    """The tables whose draft or published version requires this one by its name."""
    rows = DecisionTable.objects.for_organization(table.organization_id).filter(deleted_at__isnull=True)
    # A JSON list holds its texts in quotes; contains is not offered by every database.
    quoted = f'"{table.name}"'
    named = Q(required_names__icontains=quoted) | Q(published__required_names__icontains=quoted)
    return rows.filter(named).exclude(id=table.id).order_by("name")


def list_tables(*, actor: Actor, search: str = "", limit: int = MAX_LISTED) -> list[TableReference]:
    """Tables to choose from, by name."""
    rows = tables_for(actor, {"search": search}).order_by("name")[: min(limit, MAX_LISTED)]
    return [
        TableReference(
            id=row.id,
            name=row.name,
            label=row.label,
            application=row.application,
            hit_policy=row.hit_policy,
            rule_count=row.rule_count,
            published_version=row.published.number if row.published else None,
        )
        for row in rows
    ]


def find_columns(*, actor: Actor, table: TableKey) -> TableColumns:
    """What a table takes and gives, as its draft says. Refused with ``table_not_found``."""
    row = get_table(actor, table, Permission.READ)
    inputs, outputs = (tuple(ColumnReference(**head) for head in side) for side in (row.inputs, row.outputs))
    return TableColumns(inputs, outputs)
