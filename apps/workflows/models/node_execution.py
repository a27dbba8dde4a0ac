"""Node executions: one row for each run of a node within an execution."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel
from apps.workflows.constants import NodeStatus


class NodeExecution(OrganizationModel):
    """One run of one node. Its items are in ``payload`` under the key ``execution_order``."""

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="node_executions")
    payload = models.ForeignKey("workflows.ExecutionPayload", models.SET_NULL, null=True, related_name="+")
    node_id = models.CharField(max_length=64)
    node_name = models.CharField(max_length=200)
    node_type = models.CharField(max_length=100)
    status = models.CharField(_("status"), max_length=10, choices=NodeStatus.choices)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    duration_ms = models.FloatField(default=0)
    execution_order = models.PositiveIntegerField()
    run_index = models.PositiveIntegerField(default=0)
    retry_count = models.PositiveIntegerField(default=0)
    items_in = models.PositiveIntegerField(default=0)
    items_out = models.PositiveIntegerField(default=0)
    error = models.JSONField(null=True)

    class Meta:
        verbose_name = _("node execution")
        verbose_name_plural = _("node executions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["execution", "execution_order"], name="node_execution_order_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.node_name} #{self.execution_order}"
