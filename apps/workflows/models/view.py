"""How a person looks at a workflow: place, zoom and panels of the designer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel
from apps.workflows.models.packed import PackedJsonModel


class WorkflowView(OrganizationModel, TimestampedModel, PackedJsonModel):
    """What one person's designer showed last of one workflow: ``{x, y, zoom, panels}``. No part of the workflow."""

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("view of a workflow")
        verbose_name_plural = _("views of workflows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "user"], name="workflow_view_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.workflow_id}"
