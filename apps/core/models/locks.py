"""Locks as database rows, for installations without Redis."""

from __future__ import annotations

from django.db import models


class LockRow(models.Model):
    """One named lock; ``fence`` grows with every acquisition of the name.

    Not bound to an organization: names are chosen by the product's own parts.
    """

    name = models.CharField(max_length=200, primary_key=True)
    holder = models.CharField(max_length=64, blank=True, default="")
    fence = models.BigIntegerField()
    acquired_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_lock"

    def __str__(self) -> str:
        return self.name
