"""Mails about approvals: best effort, after the row; what goes wrong is logged, and the next reminder tries again."""

from __future__ import annotations

from smtplib import SMTPException
from uuid import UUID

import structlog
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from apps.accounts.contracts import Member
from apps.accounts.public import members_asked
from apps.workflows.constants import ApprovalStatus
from apps.workflows.models import Approval
from apps.workflows.services.approval_links import link_for

logger = structlog.get_logger(__name__)


def mail_assignees(approval_id: UUID) -> int:
    """Write to those who are to decide; answers how many mails were handed over."""
    rows = Approval.objects.for_system(reason="mail about an approval").filter(status=ApprovalStatus.PENDING)
    approval = rows.filter(id=approval_id).select_related("workflow", "organization").first()
    if approval is None:
        return 0
    assignees = list(approval.assignees.all())
    members = members_asked(
        approval.organization_id,
        [one.user_id for one in assignees if one.user_id is not None],
        [one.role for one in assignees if one.role],
    )
    sent = 0
    try:
        with get_connection() as connection:
            for member in members:
                sent += bool(connection.send_messages([_message(approval, member)]))
    except (SMTPException, OSError) as error:
        logger.warning("approval_mail_failed", approval=str(approval.id), sent=sent, error=str(error))
    return sent


def _message(approval: Approval, member: Member) -> EmailMessage:
    with translation.override(member.locale):
        title = " ".join(approval.title.split())
        is_first = approval.mails_sent <= 1
        subject = _("To decide: %(title)s") if is_first else _("Still to decide: %(title)s")
        context = {"approval": approval, "member": member, "link": link_for(approval.id, member.user_id)}
        body = render_to_string("workflows/approval_mail.txt", context)
        return EmailMessage(subject % {"title": title}, body, to=[member.email])
