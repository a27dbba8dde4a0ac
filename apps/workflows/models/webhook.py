"""Webhooks: the routes of active workflows. A row exists exactly while its workflow is active."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class Webhook(OrganizationModel, TimestampedModel):
    """A (method, path) of an active workflow, unique in the installation.

    ``path`` is as written (``orders/:id``); ``route`` has every parameter replaced by ``:``, which makes
    two paths that differ only in parameter names the same route. ``settings`` are the trigger node's
    parameters that the receiver needs, copied when the workflow was activated.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="webhooks")
    version = models.ForeignKey("workflows.WorkflowVersion", models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    method = models.CharField(_("method"), max_length=10)
    path = models.CharField(_("path"), max_length=300)
    route = models.CharField(max_length=300)
    segments = models.PositiveSmallIntegerField()
    has_parameters = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["method", "route"], name="webhook_route_unique"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["method", "segments"],
                condition=models.Q(has_parameters=True),
                name="webhook_with_parameters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} /webhook/{self.path}"
