"""Test cases of workflows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel
from apps.workflows.models.packed import PackedJsonModel


class WorkflowTest(OrganizationModel, TimestampedModel, PackedJsonModel):
    """One test of a workflow; its value is ``{trigger_items, now, mocks, assertions}``.

    ``last_result`` is what its last run came to, in short: ``{status, at, duration_ms, version, failures, message}``.
    It is written without ``updated_at``: a run is no change of the test.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="tests")
    name = NameField(_("name"), max_length=200)
    description = models.CharField(_("description"), max_length=500, blank=True)
    trigger_node = models.CharField(max_length=64, blank=True)
    position = models.PositiveIntegerField(default=0)
    assertion_count = models.PositiveSmallIntegerField(default=0, editable=False)
    last_result = models.JSONField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("test of a workflow")
        verbose_name_plural = _("tests of workflows")
        indexes: ClassVar = [
            models.Index(fields=["workflow", "position", "id"], name="workflow_test_by_position"),
        ]

    def __str__(self) -> str:
        return self.name
