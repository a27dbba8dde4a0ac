"""Which workers are there: each writes a row while it is connected to its broker."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import structlog
from celery import bootsteps
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction

from apps.core.models import WorkerRow
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
BEAT_SECONDS = 10.0
SILENT_SECONDS = 35.0
STOP_SECONDS = 5.0
_KEPT = timedelta(days=1)


def worker_seen(name: str, queues: Iterable[str]) -> None:
    """Say that the worker of this name is there."""
    now = utc_now()
    if WorkerRow.objects.filter(name=name).update(seen_at=now):
        return
    try:
        with transaction.atomic():
            WorkerRow.objects.create(name=name, queues=sorted(queues), started_at=now, seen_at=now)
    except IntegrityError:
        pass  # said by another thread at the same moment


def worker_gone(name: str) -> None:
    """Say that the worker has stopped."""
    WorkerRow.objects.filter(name=name).delete()


def workers_alive() -> list[WorkerRow]:
    """Those that were heard from lately."""
    return list(WorkerRow.objects.filter(seen_at__gt=utc_now() - timedelta(seconds=SILENT_SECONDS)).order_by("name"))


def forget_silent_workers() -> int:
    """Delete rows of workers that died long ago; returns how many."""
    return WorkerRow.objects.filter(seen_at__lt=utc_now() - _KEPT).delete()[0]


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Part of every worker's consumer: it starts when the broker answers and stops when the broker is lost."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, parent: Any) -> None:
        """Begin to say that this worker is there."""
        name = f"{parent.hostname}:{os.getpid()}"
        queues = [queue.name for queue in parent.task_consumer.queues] if parent.task_consumer else []
        self._stopping.clear()
        self._thread = threading.Thread(target=self._beat, args=(name, queues), name="worker-heartbeat", daemon=True)
        self._thread.start()

    def stop(self, parent: Any) -> None:
        """Stop, and take the row away."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
            self._thread = None

    def shutdown(self, parent: Any) -> None:
        self.stop(parent)

    def terminate(self, parent: Any) -> None:
        self.stop(parent)

    def _beat(self, name: str, queues: list[str]) -> None:
        _say(worker_seen, name, queues)
        while not self._stopping.wait(BEAT_SECONDS):
            _say(worker_seen, name, queues)
        _say(worker_gone, name)
        connection.close()


def _say(say: Any, *arguments: Any) -> None:
    try:
        close_old_connections()
        say(*arguments)
    except DatabaseError as error:
        logger.warning("worker_heartbeat_failed", error=str(error))
