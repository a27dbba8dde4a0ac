"""Listenings: for a short time a draft's webhook takes one call, so that people can try it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class Listening(OrganizationModel, TimestampedModel):
    """The draft of a workflow waits for a call of ``/webhook-test/{path}`` until ``expires_at``.

    One for each workflow, and one for each route in the installation. ``taken``: its call has come;
    ``execution_id`` is the run that it started (which may be gone by now). ``path`` and ``route`` as of a webhook.
    """

    workflow = models.OneToOneField("workflows.Workflow", models.CASCADE, related_name="listening")
    node_id = models.CharField(max_length=64)
    methods = models.JSONField(default=list)
    path = models.CharField(_("path"), max_length=300)
    route = models.CharField(max_length=300)
    segments = models.PositiveSmallIntegerField()
    has_parameters = models.BooleanField(default=False)
    expires_at = models.DateTimeField(_("open until"))
    taken = models.BooleanField(default=False)
    execution_id = models.UUIDField(null=True)
    created_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("listening for a test call")
        verbose_name_plural = _("listenings for test calls")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["route"], name="listening_route_unique"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], name="listening_by_end"),
        ]

    def __str__(self) -> str:
        return f"/webhook-test/{self.path}"
