"""Which workers are there: each writes a row while it is connected to its broker."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from apps.core.models import WorkerRow
from apps.core.services.worker_rounds import WorkerRounds
from exprsn.kernel.clock import utc_now

BEAT_SECONDS = 10.0
SILENT_SECONDS = 35.0
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


class WorkerHeartbeat(WorkerRounds):
    """Part of every worker's consumer: it starts when the broker answers and stops when the broker is lost."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    thread_name = "worker-heartbeat"

    def rounds(self, parent: Any) -> None:
        """Say that this worker is there; take the row away at the end."""
        name = f"{parent.hostname}:{os.getpid()}"
        queues = [queue.name for queue in parent.task_consumer.queues] if parent.task_consumer else []
        self.go_round(worker_seen, name, queues)
        while self.pause(BEAT_SECONDS):
            self.go_round(worker_seen, name, queues)
        self.go_round(worker_gone, name)
