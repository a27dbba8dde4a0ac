"""Events on their way to durable subscribers."""

from __future__ import annotations

from django.db import models

from apps.core.models.bases import UuidModel


class OutboxEvent(UuidModel):
    """One event for one durable subscriber; deleted when delivered.

    Written in the transaction that publishes, only for types that have durable subscribers.
    ``organization_id`` is a plain id: the core knows no organizations.
    """

    event_id = models.UUIDField()
    subscriber = models.CharField(max_length=200)
    type = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    organization_id = models.UUIDField(db_index=True)
    actor_id = models.UUIDField(null=True)
    correlation_id = models.CharField(max_length=128, blank=True)
    payload = models.BinaryField()
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "core_outbox_event"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "subscriber"], name="core_outbox_once_each"),
        ]
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=models.Q(failed_at__isnull=True),
                name="core_outbox_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} → {self.subscriber}"
