"""Workers that were heard from."""

from __future__ import annotations

from django.db import models

from apps.core.models.bases import UuidModel


class WorkerRow(UuidModel):
    """One worker process; it writes ``seen_at`` every few seconds while it hears its broker."""

    name = models.CharField(max_length=200, unique=True)
    queues = models.JSONField(default=list)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_worker"

    def __str__(self) -> str:
        return self.name
