"""Log lines of an execution."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel
from apps.workflows.constants import LogLevel


class ExecutionLog(OrganizationModel):
    """One line: when, how much it matters, what, from which node.

    ``execution_order`` is the node run during which it was written, ``line`` its place among the lines of one process;
    together they order the log exactly. Lines from before these fields were kept have no order.
    """

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="logs")
    timestamp = models.DateTimeField()
    level = models.CharField(_("level"), max_length=8, choices=LogLevel.choices)
    message = models.TextField()
    node_id = models.CharField(max_length=64, blank=True)
    node_name = models.CharField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict)
    execution_order = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("execution log line")
        verbose_name_plural = _("execution log lines")
        indexes: ClassVar = [models.Index(fields=["execution", "id"], name="execution_log_by_execution")]

    def __str__(self) -> str:
        return self.message[:80]
