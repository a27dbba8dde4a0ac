"""Tasks of the core."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import task_prerun

from apps.core.services.breakers import forget_old_breakers
from apps.core.services.database_locks import DatabaseLocks
from apps.core.services.files import delete_unused_files
from apps.core.services.fresh_connections import fresh_connections
from apps.core.services.idempotency import forget_expired
from apps.core.services.outbox import DRAIN_TASK, drain_outbox
from apps.core.services.rates import forget_old_rates
from apps.core.services.workers import forget_silent_workers


@task_prerun.connect
def look_after_connections(task: Any = None, **_: Any) -> None:
    """Before a task: a connection that is too old or broken is replaced, a good one is kept."""
    if not task.request.is_eager:
        fresh_connections()


@shared_task(name=DRAIN_TASK, ignore_result=True)
def drain_outbox_task() -> None:
    """Deliver waiting events."""
    drain_outbox()


@shared_task(name="core.forget_expired", ignore_result=True)
def forget_expired_task() -> None:
    """Delete answers that nobody may ask for again, and rows of locks, workers, rates and breakers long gone."""
    forget_expired()
    DatabaseLocks().forget_old()
    forget_silent_workers()
    forget_old_rates()
    forget_old_breakers()


@shared_task(name="core.delete_unused_files", ignore_result=True)
def delete_unused_files_task() -> None:
    """Delete stored bytes to which nothing refers any more."""
    delete_unused_files()
