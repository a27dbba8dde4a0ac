"""Celery tasks: one call each."""

from __future__ import annotations

from celery import shared_task

from apps.decision_tables.services.usage import forget_old_statistics


@shared_task(name="decision_tables.forget_old_statistics")
def forget_statistics() -> None:
    """One round of retention."""
    forget_old_statistics()
