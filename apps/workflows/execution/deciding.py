"""An approval decided, by a person or by its deadline: the row, and the answer that the run waits for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.workflows.constants import ApprovalStatus, DecisionWay
from apps.workflows.execution.waits import answer_wait, hold_execution
from apps.workflows.models import Approval
from exprsn.kernel.clock import utc_now


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided by whom. ``answers`` go to the run; ``kept`` are those that stay with the approval."""

    status: ApprovalStatus
    by_id: UUID | None
    by: str
    via: DecisionWay
    comment: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


def settle_approval(approval: Approval, verdict: Verdict) -> bool:
    """Within a transaction: decide, and let the run go on. False: it was decided before, or is asked no more."""
    execution = hold_execution(approval.execution_id)
    now = utc_now()
    changes = {
        "status": verdict.status,
        "decided_by_id": verdict.by_id,
        "decided_by_label": verdict.by,
        "decided_at": now,
        "decided_via": verdict.via,
        "comment": verdict.comment,
        "answers": verdict.kept,
        "deadline": None,
        "mail_at": None,
        "updated_at": now,
    }
    rows = Approval.objects.for_organization(approval.organization_id)
    if execution is None or not rows.filter(id=approval.id, status=ApprovalStatus.PENDING).update(**changes):
        return False
    answer = {
        "decision": verdict.status.value,
        "by": verdict.by,
        "at": now.isoformat(),
        "comment": verdict.comment,
        "form": verdict.answers,
    }
    answer_wait(execution, approval.waitpoint_id, answer)
    for name, value in changes.items():
        setattr(approval, name, value)
    return True
