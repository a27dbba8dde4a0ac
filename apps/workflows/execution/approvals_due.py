"""Approvals whose deadline is past or about which somebody is to be written to, for the sweep."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.accounts.contracts import Actor
from apps.accounts.public import audit
from apps.core.public import enqueue
from apps.workflows.constants import ApprovalStatus, DeadlineAction, DecisionWay
from apps.workflows.execution.approval_rows import assignee_rows
from apps.workflows.execution.deciding import Verdict, settle_approval
from apps.workflows.models import Approval, ApprovalAssignee
from exprsn.kernel.clock import utc_now

BATCH = 500
MAIL_TASK = "workflows.mail_approval"
_REASON = "approvals that are due"
_BY_ITSELF = {
    DeadlineAction.APPROVE: ApprovalStatus.APPROVED,
    DeadlineAction.REJECT: ApprovalStatus.REJECTED,
}


def approvals_due() -> int:
    """One round; answers how many were decided by their deadlines or given to others."""
    rows = Approval.objects.for_system(reason=_REASON).filter(status=ApprovalStatus.PENDING)
    now = utc_now()
    late = list(rows.filter(deadline__lte=now).order_by("deadline").values_list("id", flat=True)[:BATCH])
    to_tell = list(rows.filter(mail_at__lte=now).order_by("mail_at").values_list("id", flat=True)[:BATCH])
    for approval_id in to_tell:
        _tell(approval_id)
    return sum(_end(approval_id) for approval_id in late)


def _tell(approval_id: UUID) -> None:
    """Of several sweeps one sends the mail; what its task does not manage is left to the next reminder."""
    now = utc_now()
    rows = Approval.objects.for_system(reason=_REASON).filter(id=approval_id, status=ApprovalStatus.PENDING)
    with transaction.atomic():
        seconds = rows.values_list("remind_seconds", flat=True).first()
        following = None if seconds is None else now + timedelta(seconds=seconds)
        if rows.filter(mail_at__lte=now).update(mail_at=following, mails_sent=F("mails_sent") + 1):
            enqueue(MAIL_TASK, str(approval_id))


def _end(approval_id: UUID) -> bool:
    with transaction.atomic():
        rows = Approval.objects.for_system(reason=_REASON).filter(id=approval_id, deadline__lte=utc_now())
        approval = rows.filter(status=ApprovalStatus.PENDING).first()
        if approval is None:
            return False
        if approval.on_deadline == DeadlineAction.ESCALATE and approval.escalated_at is None:
            return _escalate(approval)
        status = _BY_ITSELF.get(DeadlineAction(approval.on_deadline), ApprovalStatus.EXPIRED)
        ended = settle_approval(approval, Verdict(status, None, "", DecisionWay.DEADLINE))
        if ended:
            _audit(approval, f"approval.{status.value}")
        return ended


def _escalate(approval: Approval) -> bool:
    """Ask others, who have as much time again. What they do not decide in time expires."""
    now = utc_now()
    rows = Approval.objects.for_organization(approval.organization_id)
    changed = rows.filter(id=approval.id, status=ApprovalStatus.PENDING, escalated_at=None).update(
        escalated_at=now,
        for_everybody=False,
        deadline=now + timedelta(seconds=approval.limit_seconds or 0),
        mail_at=now,
        mails_sent=0,
        updated_at=now,
    )
    if changed:
        assignees = ApprovalAssignee.objects.for_organization(approval.organization_id)
        assignees.filter(approval_id=approval.id).delete()
        ApprovalAssignee.objects.for_organization(approval.organization_id).bulk_create(
            assignee_rows(approval, approval.escalate_to)
        )
        _audit(approval, "approval.escalated")
    return bool(changed)


def _audit(approval: Approval, verb: str) -> None:
    audit(Actor.system(approval.organization_id, "deadline"), verb, "approval", approval.id, approval.title)
