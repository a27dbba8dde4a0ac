"""What a node asks people, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from apps.workflows.execution.journal_rows import clean, clean_json
from apps.workflows.models import Approval, ApprovalAssignee, Execution, Waitpoint
from apps.workflows.models.approval import MAX_TITLE
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import DomainError
from exprsn.kernel.ids import new_id
from exprsn.kernel.jsonvalue import JsonObject

MAX_ASSIGNEES = 100


def approval_rows(execution: Execution, waitpoint: Waitpoint, node_name: str, settings: JsonObject) -> list[Model]:
    """The question and whom it is for, from the settings that the approval node answers."""
    asked: Any = settings
    now = utc_now()
    assignees = asked["assignees"][:MAX_ASSIGNEES]
    approval = Approval(
        id=new_id(),
        organization_id=execution.organization_id,
        execution_id=execution.id,
        workflow_id=execution.workflow_id,
        waitpoint_id=waitpoint.id,
        node_id=waitpoint.node_id,
        node_name=clean(node_name)[:200],
        title=clean(asked["title"])[:MAX_TITLE],
        description=clean(asked["description"]),
        fields=clean_json(asked["fields"]),
        for_everybody=not assignees,
        deadline=_after(now, asked["limit_seconds"]),
        on_deadline=asked["on_deadline"],
        limit_seconds=asked["limit_seconds"],
        escalate_to=asked["escalate_to"],
        remind_seconds=asked["remind_seconds"],
        mail_at=now if assignees else None,
        created_at=now,
        updated_at=now,
    )
    approval.value = _fit(asked["items"])
    return [approval, *assignee_rows(approval, assignees)]


def _after(now: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else now + timedelta(seconds=seconds)


def _fit(items: Any) -> Any:
    """Items nested too deep to be kept are not shown; they stand in the data of the run or fail it by themselves."""
    probe = Approval()
    try:
        probe.value = items
    except DomainError:
        return []
    return items


def assignee_rows(approval: Approval, assignees: Sequence[Any]) -> list[ApprovalAssignee]:
    """Rows from ``{user}`` and ``{role}`` objects."""
    return [
        ApprovalAssignee(
            id=new_id(),
            organization_id=approval.organization_id,
            approval_id=approval.id,
            user_id=UUID(one["user"]) if "user" in one else None,
            role=one.get("role", ""),
        )
        for one in assignees
    ]
