"""Static data: what a workflow and its nodes remember from one run to the next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class WorkflowStaticData(OrganizationModel, TimestampedModel):
    """The data of one scope: ``key`` is empty for the whole workflow, else a node's id. ``version`` counts writes."""

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="static_data")
    key = models.CharField(max_length=64, blank=True, default="")
    data = models.JSONField(default=dict)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("static data")
        verbose_name_plural = _("static data")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "key"], name="static_data_scope_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.workflow_id} {self.key}"


class StaticDataChange(OrganizationModel):
    """A change that a run made, so that it is not made twice; goes with its execution."""

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of static data")
        verbose_name_plural = _("changes of static data")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["execution", "key"], name="static_change_once"),
        ]

    def __str__(self) -> str:
        return self.key
