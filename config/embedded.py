"""The embedded worker: a Celery worker and the sweep as threads of the serving process."""

from __future__ import annotations

import threading
import time

import structlog
from celery.worker import WorkController
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from apps.core.public import drain_outbox
from apps.workflows.execution.sweep import sweep
from config.celery import app

logger = structlog.get_logger(__name__)
STOP_SECONDS = 15.0
FORGET_SECONDS = 3600.0
FIRST_RETENTION_SECONDS = 60.0
RETENTION_SECONDS = 600.0


class EmbeddedWorker:
    """Started when the server starts, stopped when it stops. The rows survive both."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._worker: WorkController | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the worker and the sweep; returns at once."""
        self._worker = app.WorkController(
            pool_cls="threads",
            concurrency=settings.EXPRSN_EMBEDDED_WORKER_THREADS,
            queues=list(settings.EXPRSN_QUEUES),
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            loglevel="WARNING",
        )
        for name, run in (("embedded-worker", self._worker.start), ("sweep", self._sweep)):
            thread = threading.Thread(target=run, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Finish what runs and stop both."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.stop()
        for thread in self._threads:
            thread.join(STOP_SECONDS)

    def _sweep(self) -> None:
        forget_at = time.monotonic() + FORGET_SECONDS
        retention_at = time.monotonic() + FIRST_RETENTION_SECONDS
        while not self._stopping.wait(settings.EXPRSN_SWEEP_SECONDS):
            try:
                close_old_connections()
                sweep()
                drain_outbox()
                if time.monotonic() >= forget_at:
                    forget_at = time.monotonic() + FORGET_SECONDS
                    app.tasks["core.forget_expired"]()
                if time.monotonic() >= retention_at:
                    retention_at = time.monotonic() + RETENTION_SECONDS
                    app.tasks["workflows.forget_old_executions"].apply_async(queue="maintenance")
                    app.tasks["pages.forget_old_submissions"].apply_async(queue="maintenance")
            except DatabaseError as error:
                logger.warning("sweep_failed", error=str(error))
        connection.close()
