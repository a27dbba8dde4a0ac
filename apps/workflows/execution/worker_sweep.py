"""Every worker sweeps: whoever is left finds the runs of those that died, whatever became of broker and beat."""

from __future__ import annotations

import random
import threading
from typing import Any

import structlog
from celery import bootsteps
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from apps.workflows.execution.sweep import sweep, sweep_interval

logger = structlog.get_logger(__name__)
STOP_SECONDS = 5.0
# Workers that were started together do not stay in step.
SPREAD = (0.8, 1.0)


class WorkerSweep(bootsteps.StartStopStep):
    """Part of every worker of its own process; the embedded one sweeps together with its other rounds."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def include_if(self, parent: Any) -> bool:
        return not settings.EXPRSN_EMBEDDED_WORKER

    def start(self, parent: Any) -> None:
        """Begin to sweep, in a thread."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="worker-sweep", daemon=True)
        self._thread.start()

    def stop(self, parent: Any) -> None:
        """End after the round under way."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
            self._thread = None

    def terminate(self, parent: Any) -> None:
        self.stop(parent)

    def _run(self) -> None:
        while not self._stopping.wait(sweep_interval().total_seconds() * random.uniform(*SPREAD)):  # noqa: S311 - no secret
            try:
                close_old_connections()
                sweep()
            except DatabaseError as error:
                logger.warning("sweep_failed", error=str(error))
            except Exception:
                # One row that cannot be dealt with must not end the rounds for all others.
                logger.exception("sweep_broke_off")
        connection.close()
