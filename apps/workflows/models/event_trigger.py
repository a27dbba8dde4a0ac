"""Event triggers: which events of the platform start active workflows. A row exists while its workflow is active."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class EventTrigger(OrganizationModel, TimestampedModel):
    """An event type that a node of an active workflow hears. ``filter`` is an expression over the event, or empty."""

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="event_triggers")
    version = models.ForeignKey("workflows.WorkflowVersion", models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    event_type = models.CharField(_("event"), max_length=100)
    filter = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("event trigger")
        verbose_name_plural = _("event triggers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "node_id", "event_type"], name="event_trigger_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "event_type"], name="event_trigger_by_type")]

    def __str__(self) -> str:
        return f"{self.event_type} → {self.workflow_id}"
