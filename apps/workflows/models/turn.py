"""Turns: what throttle and debounce nodes remember, shared by all runs of a workflow."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel


class TurnGate(OrganizationModel, TimestampedModel):
    """One key of one node; whoever takes or looks at its turns holds this row. ``key`` is a digest."""

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="+")
    node_id = models.CharField(max_length=64)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("gate of turns")
        verbose_name_plural = _("gates of turns")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "node_id", "key"], name="turn_gate_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["updated_at"], name="turn_gate_used")]

    def __str__(self) -> str:
        return f"{self.workflow_id} {self.node_id}"


class Turn(OrganizationModel):
    """One turn of a gate, ``at`` a time. ``superseded``: a later one took its place before it came.

    ``ticket`` is the idempotency key of the node run that it belongs to.
    """

    gate = models.ForeignKey(TurnGate, models.CASCADE, related_name="turns")
    ticket = models.CharField(max_length=200)
    at = models.DateTimeField()
    superseded = models.BooleanField(default=False)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints: ClassVar = [models.UniqueConstraint(fields=["gate", "ticket"], name="turn_ticket_once")]
        indexes: ClassVar = [
            models.Index(fields=["gate", "at"], name="turn_by_time"),
            models.Index(fields=["expires_at"], name="turn_by_end"),
        ]

    def __str__(self) -> str:
        return self.ticket
