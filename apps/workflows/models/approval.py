"""Approvals: what people are asked to decide, and whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel
from apps.workflows.constants import ApprovalStatus, DeadlineAction, DecisionWay
from apps.workflows.models.packed import PackedJsonModel

MAX_TITLE = 300


class Approval(OrganizationModel, TimestampedModel, PackedJsonModel):
    """One question to people, asked by a node run that rests until it is decided.

    ``value`` are the items that are shown with it. ``for_everybody``: whoever may run workflows decides; otherwise
    those in ``assignees``. ``mail_at`` is when the next mail is due (the first tells of the question, later ones
    remind every ``remind_seconds``). When ``deadline`` is past, ``on_deadline`` happens; ``limit_seconds`` is how
    long that was from the beginning, and how long those have whom an escalation asks.
    """

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="approvals")
    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="approvals")
    waitpoint = models.OneToOneField("workflows.Waitpoint", models.CASCADE, related_name="approval")
    node_id = models.CharField(max_length=64)
    node_name = models.CharField(max_length=200)
    title = NameField(_("title"), max_length=MAX_TITLE)
    description = models.TextField(_("description"), blank=True)
    fields = models.JSONField(default=list)
    status = models.CharField(_("status"), max_length=8, choices=ApprovalStatus.choices, default=ApprovalStatus.PENDING)
    for_everybody = models.BooleanField(default=False)
    deadline = models.DateTimeField(_("deadline"), null=True)
    on_deadline = models.CharField(max_length=8, choices=DeadlineAction.choices, default=DeadlineAction.ERROR)
    limit_seconds = models.PositiveIntegerField(null=True)
    escalate_to = models.JSONField(default=list)
    escalated_at = models.DateTimeField(_("escalated"), null=True)
    remind_seconds = models.PositiveIntegerField(null=True)
    mail_at = models.DateTimeField(null=True)
    mails_sent = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by_label = models.CharField(_("decided by"), max_length=254, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_via = models.CharField(max_length=8, choices=DecisionWay.choices, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes: ClassVar = [
            models.Index(fields=["organization", "status", "-id"], name="approval_by_organization"),
            # The sweep looks at what is open only; partial indexes keep its cost flat.
            models.Index(fields=["deadline"], condition=models.Q(status="pending"), name="approval_deadline"),
            models.Index(fields=["mail_at"], condition=models.Q(status="pending"), name="approval_mail"),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalAssignee(OrganizationModel):
    """Somebody, or everybody with a role, who is asked to decide."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="assignees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("assignee of an approval")
        verbose_name_plural = _("assignees of approvals")

    def __str__(self) -> str:
        return self.role or str(self.user_id)
