"""Hints: messages that wake a worker for queued runs. One may be lost; the row is the truth and the sweep finds it.

A message costs more CPU than many a run. So the first hint goes out at once, and those that follow it
closely share a message, whose runs the worker carries out side by side.
"""

from __future__ import annotations

import atexit
import time
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction

from apps.core.public import enqueue
from apps.workflows.execution.gatherer import Gatherer
from exprsn.kernel.tracing import origins

RUN_TASK = "workflows.run_executions"
GATHER_SECONDS = 0.015
MAX_GATHERED = 10_000
Hint = tuple[str, str]


def send_hint(execution_id: UUID, priority: str) -> None:
    """Wake a worker for this run once the transaction is committed."""
    origins.note(str(execution_id))
    transaction.on_commit(partial(hints.put, str(execution_id), priority))


class HintSender(Gatherer[Hint]):
    """Gathers the hints of this process and sends them by one thread."""

    thread_name = "hint-sender"
    stop_seconds = 5.0

    def put(self, execution_id: str, priority: str) -> None:
        """Send soon."""
        if current_app.conf.task_always_eager:
            enqueue(RUN_TASK, execution_id, queue=priority)
            return
        self._hand_over((execution_id, priority))

    def _run(self) -> None:
        stopping = False
        while not stopping:
            gathered, stopping = self._gather(MAX_GATHERED)
            _send(gathered)
            if not stopping:
                time.sleep(GATHER_SECONDS)


def _send(gathered: Sequence[Hint]) -> None:
    by_priority: dict[str, list[str]] = defaultdict(list)
    for execution_id, priority in gathered:
        by_priority[priority].append(execution_id)
    size = settings.EXPRSN_RUN_BATCH
    for priority, ids in by_priority.items():
        for start in range(0, len(ids), size):
            enqueue(RUN_TASK, *ids[start : start + size], queue=priority)


hints = HintSender()
atexit.register(hints.stop)
