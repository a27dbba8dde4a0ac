"""Seen calls: what has started a run of a workflow once and must not start another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class SeenCall(OrganizationModel, TimestampedModel):
    """A key of one trigger node and the run that was accepted for it, until ``expires_at``. ``key`` is a digest.

    Written in the transaction that accepts the run; the run may be gone before its key.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    execution_id = models.UUIDField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seen call")
        verbose_name_plural = _("seen calls")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "node_id", "key"], name="seen_call_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="seen_call_by_end")]

    def __str__(self) -> str:
        return f"{self.workflow_id} {self.node_id}"
