"""Spans of runs and of their nodes. The run of a worker is linked to the request that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from apps.workflows.engine.journal import ERROR, JournalEntry
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.models import Execution
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.tracing import NO_SPAN, Attribute, Span, begin_span, is_tracing, origins, span

_run: ContextVar[Span] = ContextVar("run_span", default=NO_SPAN)
_node: ContextVar[Span] = ContextVar("node_span", default=NO_SPAN)


@contextmanager
def run_in_traces(execution: Execution) -> Iterator[None]:
    """A span around a run, or a slice of one."""
    if not is_tracing():
        yield
        return
    attributes = {
        "exprsn.execution_id": str(execution.id),
        "exprsn.workflow_id": str(execution.workflow_id),
        "exprsn.organization_id": str(execution.organization_id),
        "exprsn.correlation_id": correlation_id(),
        "exprsn.trigger_mode": str(execution.trigger_mode),
    }
    with span("workflow run", attributes=attributes, links=origins.take(str(execution.id))) as begun:
        run, node = _run.set(begun), _node.set(NO_SPAN)
        try:
            yield
        finally:
            # A node that a fault or a lost lease cut off has not been told as ended.
            _node.get().end()
            _node.reset(node)
            _run.reset(run)


def node_begins(call: NodeCall) -> None:
    """What happens from now on happens inside of this node."""
    if is_tracing():
        _node.get().end()
        kind, node = call.compiled.type.type, call.compiled.node.id
        about: dict[str, Attribute] = {"exprsn.node_type": kind, "exprsn.node_id": node}
        about["exprsn.run_index"] = call.run_index
        _node.set(begin_span(f"node {kind}", attributes=about))


def node_ended(entry: JournalEntry) -> None:
    """The node has run."""
    if is_tracing():
        ended = _node.get()
        ended.note({"exprsn.status": entry.status, "exprsn.execution_order": entry.execution_order})
        if entry.status == ERROR:
            ended.fail(str((entry.error or {}).get("kind", "node_failed")))
        ended.end()
        _node.set(NO_SPAN)


def run_rests(status: str) -> None:
    """How the run, or this slice of it, ended."""
    _run.get().note({"exprsn.status": status})
    if status == ERROR:
        _run.get().fail("run_failed")
