"""Lanes: what runs that share a limit stand in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from apps.core.models import OrganizationModel


class Lane(OrganizationModel):
    """The limit of one workflow, or of one value of its ``concurrency_key``; the row is the lock for counting.

    ``id`` is made of the workflow and the value, so that a run knows its lane without asking. ``whole``: runs keep
    their place while they wait. ``parked``: some of the queued runs may be left for a place to become free.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="+")
    limit = models.PositiveIntegerField()
    whole = models.BooleanField(default=False)
    parked = models.BooleanField(default=False)
    touched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["touched_at"], name="lane_touched"),
            models.Index(fields=["touched_at"], condition=models.Q(parked=True), name="lane_parked"),
        ]

    def __str__(self) -> str:
        return str(self.id)
