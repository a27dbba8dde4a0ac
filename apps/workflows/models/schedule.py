"""Schedules: when active workflows start by themselves. A row exists exactly while its workflow is active."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class Schedule(OrganizationModel, TimestampedModel):
    """The rules of one schedule node and the next moment they name.

    ``missed_runs`` says what becomes of moments that nobody was there for: ``skip | once | all``, of the last at most
    ``missed_limit``. A moment that is up to ``grace_seconds`` late was not missed.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="schedules")
    version = models.ForeignKey("workflows.WorkflowVersion", models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    rules = models.JSONField(default=list)
    timezone = models.CharField(max_length=64, default="UTC")
    next_run_at = models.DateTimeField(_("next run"), null=True)
    last_run_at = models.DateTimeField(_("last run"), null=True)
    missed_runs = models.CharField(_("missed times"), max_length=8, default="once")
    missed_limit = models.PositiveSmallIntegerField(default=10)
    grace_seconds = models.PositiveIntegerField(default=60)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "node_id"], name="schedule_node_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["next_run_at"], name="schedule_due")]

    def __str__(self) -> str:
        return f"{self.workflow_id} at {self.next_run_at}"
