"""Tables that require others: no circle may be saved, and what is required is not taken away."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from apps.decision_tables.engine.graph import requirement_order
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.selectors.tables import tables_requiring
from apps.decision_tables.services.documents import Document, facts_of
from exprsn.kernel.errors import Conflict

MAX_NAMED = 20


def require_no_cycle(table: DecisionTable, document: Document) -> None:
    """Refuse a document by which the table would require itself, over others too (``requirement_cycle``)."""
    names = facts_of(document).required_names
    if not names:
        return
    known: dict[str, list[str]] = {table.name: names}
    wanted = set(names) - {table.name}
    while wanted:
        found = _required_by(table.organization_id, wanted)
        known |= {name: found.get(name, []) for name in wanted}
        wanted = {name for required in found.values() for name in required} - set(known)
    requirement_order(table.name, lambda name: known.get(name, []))


def _required_by(organization_id: UUID, names: set[str]) -> Mapping[str, list[str]]:
    """Name → what the draft and the published version of the table require."""
    rows = DecisionTable.objects.for_organization(organization_id).filter(deleted_at__isnull=True, name__in=names)
    told = rows.values_list("name", "required_names", "published__required_names")
    return {name: sorted({*draft, *(published or ())}) for name, draft, published in told}


def require_unused(table: DecisionTable) -> None:
    """Refuse to rename or delete what other tables require (``table_in_use``)."""
    names = list(tables_requiring(table).values_list("name", flat=True)[:MAX_NAMED])
    if names:
        raise Conflict(
            f"Other tables require this one: {', '.join(names)}. Change what they require first.",
            code="table_in_use",
            params={"used_by": names},
        )
