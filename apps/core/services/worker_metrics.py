"""A worker's own ``/metrics``: workers have no HTTP server otherwise."""

from __future__ import annotations

import threading
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import structlog
from celery import bootsteps
from django.conf import settings

from apps.core.services.metrics_access import worker_application

logger = structlog.get_logger(__name__)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a line for every scrape tells nobody anything."""


class WorkerMetrics(bootsteps.StartStopStep):
    """Part of every worker: serves its metrics at ``EXPRSN_WORKER_METRICS_PORT``; 0 serves none."""

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._server: Any = None

    def start(self, parent: Any) -> None:
        """Listen, in a thread. A port that is taken costs the metrics, not the worker."""
        if not settings.EXPRSN_WORKER_METRICS_PORT:
            return
        try:
            port = settings.EXPRSN_WORKER_METRICS_PORT
            self._server = make_server("0.0.0.0", port, worker_application, handler_class=_Quiet)  # noqa: S104
        except OSError as error:
            logger.warning("worker_metrics_port_taken", error=str(error))
            return
        threading.Thread(target=self._server.serve_forever, name="worker-metrics", daemon=True).start()

    def stop(self, parent: Any) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def terminate(self, parent: Any) -> None:
        self.stop(parent)
