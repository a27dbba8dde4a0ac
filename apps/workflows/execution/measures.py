"""What is measured about runs, and the log line that each leaves behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import structlog
from django.db.models import Count, Min
from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily

from apps.core.public import METRICS
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus, Priority
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.execution.traces import node_ended, run_in_traces, run_rests
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
_RUN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)

executions = Counter("workflow_executions_total", "Runs that ended.", ("status", "mode"), registry=METRICS)
execution_durations = Histogram(
    "workflow_execution_duration_seconds", "From start to end.", ("status",), buckets=_RUN, registry=METRICS
)
node_durations = Histogram(
    "workflow_node_duration_seconds", "Runs of nodes.", ("type",), buckets=_RUN, registry=METRICS
)
taken_over = Counter(
    "workflow_executions_taken_over_total", "Runs taken from processes that fell silent.", registry=METRICS
)

forgotten = Counter("workflow_executions_forgotten_total", "Runs older than they are to be kept.", registry=METRICS)


# Finding a measure by its labels takes a lock and checks; these few are found once.
_ended = lru_cache(256)(executions.labels)
_length_of = lru_cache(64)(execution_durations.labels)
_duration_of = lru_cache(1024)(node_durations.labels)


def run_settled(execution: Execution, changes: Mapping[str, Any]) -> None:
    """Count a run that ended with these changes and say so; one that waits or is handed over has not ended."""
    status, milliseconds = str(changes["status"]), changes.get("total_duration_ms") or 0
    run_rests(status)
    if status not in FINAL_STATUSES:
        return
    _ended(status, str(execution.trigger_mode)).inc()
    _length_of(status).observe(milliseconds / 1000)
    logger.info("execution_finished", status=status, milliseconds=milliseconds)


def node_settled(node_type: str, entry: JournalEntry) -> None:
    """Time one run of a node."""
    node_ended(entry)
    _duration_of(node_type).observe(entry.duration_ms / 1000)


@contextmanager
def run_in_logs(execution: Execution) -> Iterator[None]:
    """Every line within the block names the run, its workflow and its organization; traces show it as a span."""
    with (
        structlog.contextvars.bound_contextvars(
            organization=str(execution.organization_id),
            workflow=str(execution.workflow_id),
            execution=str(execution.id),
        ),
        run_in_traces(execution),
    ):
        yield


def queue_figures() -> list[GaugeMetricFamily]:
    """How many runs wait for a worker, and for how long the oldest has."""
    rows = Execution.objects.for_system(reason="metrics").filter(status=ExecutionStatus.QUEUED)
    found = {row["priority"]: row for row in rows.values("priority").annotate(n=Count("id"), oldest=Min("created_at"))}
    length = GaugeMetricFamily("workflow_queue_length", "Runs that wait for a worker.", labels=["priority"])
    age = GaugeMetricFamily("workflow_queue_oldest_seconds", "How long the oldest of them waits.", labels=["priority"])
    now = utc_now()
    for priority in Priority.values:
        row = found.get(priority)
        length.add_metric([priority], row["n"] if row else 0)
        age.add_metric([priority], max(0.0, (now - row["oldest"]).total_seconds()) if row else 0.0)
    return [length, age]
