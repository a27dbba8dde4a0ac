"""Reading approvals: the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can
from apps.workflows.access import asked_of, visible_approvals
from apps.workflows.constants import ApprovalStatus
from apps.workflows.models import Approval

ME = "me"


def approvals_for(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[Approval]:
    """The approvals an actor may see, newest first, without the items that are shown with them.

    Filters: ``status, workflow, execution``, and ``assigned`` (``me``: those that the actor may decide).
    """
    rows = visible_approvals(actor).select_related("workflow", "decided_by").prefetch_related("assignees__user")
    for field in ("status", "workflow", "execution"):
        if filters.get(field):
            rows = rows.filter(**{field: filters[field]})
    if filters.get("assigned") == ME:
        mine = Q(asked_of(actor))
        rows = rows.filter(mine | Q(for_everybody=True)) if can(actor, Permission.EXECUTE) else rows.filter(mine)
    return rows.defer("data", "answers").order_by("-id")


def decided(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """Those that are asked no more."""
    return rows.exclude(status=ApprovalStatus.PENDING)


def inbox_state(actor: Actor) -> str:
    """A word that changes whenever what the actor may decide does."""
    rows = approvals_for(actor, {"status": ApprovalStatus.PENDING, "assigned": ME})
    newest = rows.values_list("id", flat=True).first()
    return f"{newest}-{rows.count()}"
