"""What happens around every task: the correlation id travels along, and the task is counted and timed.

Workers log as everything else does.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from celery import signals

from apps.core.services.metrics import task_durations, tasks
from exprsn.kernel.clock import monotonic
from exprsn.kernel.correlation import bind_correlation_id, correlation_id
from exprsn.kernel.tracing import origins, span

HEADER = "exprsn_correlation_id"
ORIGINS = "exprsn_origins"


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """That somebody listens here keeps Celery from giving the root logger a level and handlers of its own."""


@signals.before_task_publish.connect
def send_correlation_id(headers: dict[str, Any] | None = None, body: Any = None, **_: Any) -> None:
    """The id of whoever sends a task goes into its message, and of what it is about where that was asked for."""
    if headers is None:
        return
    if correlation_id():
        headers.setdefault(HEADER, correlation_id())
    known = origins.of(body[0]) if isinstance(body, tuple) else {}
    if known:
        headers[ORIGINS] = known


@signals.task_prerun.connect
def begin_task(task: Any = None, **_: Any) -> None:
    """The task's lines carry the sender's id, or one of their own; a task run in place keeps the present one."""
    stack = ExitStack()
    if not (task.request.is_eager and correlation_id()):
        stack.enter_context(bind_correlation_id(str(getattr(task.request, HEADER, None) or "")))
        origins.learn(getattr(task.request, ORIGINS, None) or {})
        stack.enter_context(span(f"task {task.name}", kind="consumer"))
    task.request.exprsn_begun = (monotonic(), stack)


@signals.task_postrun.connect
def end_task(task: Any = None, state: str | None = None, **_: Any) -> None:
    """Count it; what comes next in this thread has nothing to do with it."""
    begun = getattr(task.request, "exprsn_begun", None)
    if begun is None:
        return
    started, stack = begun
    task_durations.labels(task.name).observe(monotonic() - started)
    tasks.labels(task.name, (state or "unknown").lower()).inc()
    stack.close()
