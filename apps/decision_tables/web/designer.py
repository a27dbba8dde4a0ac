"""The designer's page: the shell around the island, and what the island begins with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, signed_in
from apps.decision_tables.access import get_table
from apps.decision_tables.models import DecisionTable


@require_GET
@signed_in
def designer_page(request: HttpRequest, actor: Actor, table: str) -> HttpResponse:
    """A decision table in its grid."""
    row = get_table(actor, table, Permission.READ)
    props = {
        "table": table_facts(row),
        "person": {"id": str(actor.user_id), "name": actor.label},
        "rights": {
            "write": can(actor, Permission.WRITE),
            "run": can(actor, Permission.EXECUTE),
            "publish": can(actor, Permission.PUBLISH),
        },
        "baseUrl": request.build_absolute_uri("/")[:-1],
    }
    return render(request, "decision_tables/designer.html", {"table": row, "props": props})


def table_facts(table: DecisionTable) -> dict[str, Any]:
    """What the designer knows of the row; the document it reads itself."""
    return {
        "id": str(table.id),
        "name": table.name,
        "label": table.label,
        "description": table.description,
        "application": table.application,
        "version": table.draft_number,
        "published_version": table.published.number if table.published else None,
    }
