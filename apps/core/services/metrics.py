"""Metrics for Prometheus. Labels are bounded: route names, node types, codes; never ids or raw paths.

Counters and histograms are counted where things happen, in this process's memory or, with
``EXPRSN_METRICS_DIR``, in files that all processes of a machine add up. What is true of the whole
installation (queue, workers) is read when somebody asks, by the functions in ``metric_sources``.
"""

from __future__ import annotations

import os

import structlog
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from apps.core.registry import metric_sources
from apps.core.services.request_spans import route_found
from apps.core.services.workers import workers_alive

logger = structlog.get_logger(__name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_VALUES = 100
OTHER = "other"
METRICS = CollectorRegistry()
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_ROUTE = ("method", "route", "status_code")

http_requests = Counter("http_requests_total", "HTTP requests answered.", _ROUTE, registry=METRICS)
http_durations = Histogram("http_request_duration_seconds", "Time to answer.", _ROUTE, registry=METRICS)
db_durations = Histogram(
    "db_query_duration_seconds", "Time of database statements.", ("operation",), buckets=_FAST, registry=METRICS
)
errors = Counter("errors_total", "Refusals and faults of the HTTP API.", ("code",), registry=METRICS)
cache_requests = Counter("cache_requests_total", "Requests to the cache.", ("kind", "result"), registry=METRICS)
sandbox_calls = Counter("sandbox_calls_total", "Runs of code.", ("language", "result"), registry=METRICS)
sandbox_durations = Histogram("sandbox_call_duration_seconds", "Time of code.", ("language",), registry=METRICS)
tasks = Counter("celery_tasks_total", "Tasks carried out by workers.", ("task", "state"), registry=METRICS)
task_durations = Histogram("celery_task_duration_seconds", "Time of tasks.", ("task",), registry=METRICS)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Note one answered request; unheard-of methods share a label."""
    labels = (method if method in _METHODS else OTHER, route, str(status))
    route_found(labels[0], route)
    http_requests.labels(*labels).inc()
    http_durations.labels(*labels).observe(seconds)


class Bounded:
    """Keeps a label to the first hundred values that come; those after are ``other``."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, value: str) -> str:
        if value in self._seen:
            return value
        if len(self._seen) >= MOST_VALUES:
            return OTHER
        self._seen.add(value)
        return value


class _Sources(Collector):
    """What the apps know at this moment; a database that is away costs its figures, not the rest."""

    def collect(self) -> list[GaugeMetricFamily]:
        found: list[GaugeMetricFamily] = []
        up = GaugeMetricFamily("metrics_source_up", "Whether a source of figures answered.", labels=["source"])
        for name, source in metric_sources.items():
            try:
                found.extend(source())
                up.add_metric([name], 1)
            except DatabaseError as error:
                logger.warning("metrics_source_failed", source=name, error=str(error))
                up.add_metric([name], 0)
        return [*found, up]

    def describe(self) -> list[GaugeMetricFamily]:
        return []


def exposition() -> bytes:
    """All metrics in the text format."""
    counted = METRICS
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(_installation)


def _workers() -> list[GaugeMetricFamily]:
    return [GaugeMetricFamily("celery_workers", "Workers that were heard from lately.", value=len(workers_alive()))]


metric_sources.register("workers", _workers)
_installation = CollectorRegistry()
_installation.register(_Sources())
ProcessCollector(registry=METRICS)
PlatformCollector(registry=METRICS)
