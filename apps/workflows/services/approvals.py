"""Deciding approvals on behalf of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import actor_of_member, audit
from apps.pages.contracts.fields import read_fields
from apps.pages.public import checked_answers, without_secrets
from apps.workflows.access import get_approval, may_decide
from apps.workflows.constants import ApprovalStatus, DecisionWay
from apps.workflows.execution.deciding import Verdict, settle_approval
from apps.workflows.models import Approval
from apps.workflows.services.approval_links import approval_and_user
from exprsn.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound

DECISIONS = {"approve": ApprovalStatus.APPROVED, "reject": ApprovalStatus.REJECTED}
MAX_COMMENT = 5_000


def decide_approval(
    *,
    actor: Actor,
    approval_id: UUID,
    decision: str,
    comment: str = "",
    form: Mapping[str, Any] | None = None,
    via: DecisionWay = DecisionWay.API,
) -> Approval:
    """Approve or reject, and let the run go on. The answers of the form are asked for an approval only.

    Raises ``already_decided``, ``approval_closed``, ``form_values_invalid``, and ``permission_denied`` for who
    is not asked.
    """
    approval = get_approval(actor, approval_id)
    _require_asked(actor, approval)
    _require_open(approval)
    if decision not in DECISIONS or len(comment) > MAX_COMMENT or "\x00" in comment:
        told = f"Decide approve or reject, with a comment of at most {MAX_COMMENT} characters."
        raise InvalidInput(told, code="invalid_decision", errors={"decision": [told]})
    status = DECISIONS[decision]
    fields = read_fields(approval.fields)
    answers = checked_answers(fields, form or {}) if status == ApprovalStatus.APPROVED else {}
    kept = without_secrets(fields, answers)
    verdict = Verdict(status, actor.user_id, actor.label, via, comment.strip(), answers, kept)
    with transaction.atomic():
        if not settle_approval(approval, verdict):
            approval.refresh_from_db(fields=["status", "decided_by_label"])
            _require_open(approval)
        audit(actor, f"approval.{status.value}", "approval", approval.id, approval.title)
    return approval


def linked_approval(token: str, ip: str = "") -> tuple[Actor, Approval]:
    """Who a link of a mail was sent to, and the approval. Raises ``approval_not_found``, also for who is asked no
    more."""
    approval_id, user_id = approval_and_user(token)
    found = Approval.objects.for_system(reason="link of a mail").filter(id=approval_id)
    organization_id = found.values_list("organization_id", flat=True).first()
    actor = None if organization_id is None else actor_of_member(organization_id, user_id, ip)
    if actor is None:
        raise NotFound("What this link was for is there no more.", code="approval_not_found")
    approval = get_approval(actor, approval_id)
    _require_asked(actor, approval)
    return actor, approval


def _require_asked(actor: Actor, approval: Approval) -> None:
    if not may_decide(actor, approval):
        raise NotAllowed("This is for others to decide. Ask those whom it is assigned to.")


def _require_open(approval: Approval) -> None:
    if approval.status == ApprovalStatus.CANCELED:
        raise Conflict("The run that asked has ended; nothing is left to decide.", code="approval_closed")
    if approval.status != ApprovalStatus.PENDING:
        who = f" by {approval.decided_by_label}" if approval.decided_by_label else ""
        raise Conflict(
            f"This was decided already{who}: {approval.status}.",
            code="already_decided",
            params={"status": approval.status},
        )
