"""How long database statements take: every one is timed, the slow ones are logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from apps.core.services.metrics import OTHER, db_durations
from exprsn.kernel.clock import monotonic
from exprsn.kernel.tracing import NO_SPAN, begin_span, traceparent

logger = structlog.get_logger(__name__)
SLOW_SECONDS = 0.1
SHOWN = 500
_BY_OPERATION = {
    name: db_durations.labels(name)
    for name in ("select", "insert", "update", "delete", "savepoint", "release", "rollback", OTHER)
}


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run the statement and note its time. Its values are data of others and are never logged."""
    operation = sql[:10].lstrip("( \n").split(" ", 1)[0].lower()
    # Statements of nobody's request or run, as of the sweep, are no trace of their own.
    traced = begin_span(f"sql {operation}", kind="client") if traceparent() else NO_SPAN
    started = monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = monotonic() - started
        traced.end()
        _BY_OPERATION.get(operation, _BY_OPERATION[OTHER]).observe(seconds)
        if seconds > SLOW_SECONDS:
            logger.warning("slow_query", milliseconds=round(seconds * 1000), sql=sql[:SHOWN])


def time_statements(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Every new connection times its statements."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def watch() -> None:
    """Called once, when the apps are ready."""
    connection_created.connect(time_statements, dispatch_uid="query-times")
