"""First answers to requests that were sent with an ``Idempotency-Key``."""

from __future__ import annotations

from django.db import models

from apps.core.models.bases import UuidModel


class IdempotencyRecord(UuidModel):
    """A key within a scope (caller, method and path), and what was answered first.

    ``status`` is null while the first request is at work; ``locked_until`` bounds how long that is believed.
    """

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    locked_until = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.BinaryField(default=b"")
    body = models.BinaryField(default=b"")

    class Meta:
        db_table = "core_idempotency_record"
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="core_idempotency_scope_key"),
        ]

    def __str__(self) -> str:
        return self.key
