"""Celery tasks: one call each."""

from __future__ import annotations

from celery import shared_task

from apps.pages.services.retention import forget_old_submissions


@shared_task(name="pages.forget_old_submissions")
def forget_submissions() -> None:
    """One round of retention."""
    forget_old_submissions()
