"""Waitpoints: what a resting run waits for from outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel
from apps.workflows.constants import WaitKind, WaitStatus
from apps.workflows.models.packed import PackedJsonModel


class Waitpoint(OrganizationModel, TimestampedModel, PackedJsonModel):
    """One wait of one node run for a call, a form or a decision.

    Written in the transaction that puts the run down, answered at most once. ``settings`` are what whoever takes the
    answer has to know (methods and callers, fields of a form); ``value`` is what came. At ``until`` the run goes on
    without an answer; the execution's ``resume_at`` says the same, and that is what the sweep looks at.
    """

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="waitpoints")
    node_id = models.CharField(max_length=64)
    run_index = models.PositiveIntegerField(default=0)
    execution_order = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=WaitKind.choices)
    status = models.CharField(_("status"), max_length=9, choices=WaitStatus.choices, default=WaitStatus.OPEN)
    settings = models.JSONField(default=dict)
    until = models.DateTimeField(_("until"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("waitpoint")
        verbose_name_plural = _("waitpoints")
        indexes: ClassVar = [
            models.Index(fields=["execution", "-id"], name="waitpoint_by_execution"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.execution_id}"
