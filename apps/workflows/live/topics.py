"""Telling the hubs that an execution changed. Without a watcher each call is three looks into a dictionary."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core.live.bus import bus
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now

# Between journal writes of a run that is watched.
FLUSH_SECONDS = 0.05
# Pure, but what came before it must not stay unseen until it is done.
MAY_TAKE_LONG = frozenset({"code"})


def execution_topic(execution_id: UUID | str) -> str:
    """Everything that happens in one execution."""
    return f"execution:{execution_id}"


def workflow_topic(workflow_id: UUID | str) -> str:
    """Everything that happens in the executions of one workflow."""
    return f"workflow:{workflow_id}"


def organization_topic(organization_id: UUID | str) -> str:
    """Executions of an organization that begin, rest or end."""
    return f"organization:{organization_id}"


class LiveRun:
    """One execution as those see it who watch."""

    def __init__(self, execution: Execution) -> None:
        self._about = str(execution.id)
        self._close = (execution_topic(self._about), workflow_topic(execution.workflow_id))
        self._all = (*self._close, organization_topic(execution.organization_id))
        self._flushed_at = 0.0

    def is_watched(self) -> bool:
        """Whether anybody follows the single steps."""
        return any(bus.is_watched(topic) for topic in self._close)

    def needs_flush(self, call: NodeCall) -> bool:
        """Whether what has happened is to be journaled before this call, because somebody watches."""
        if not self.is_watched():
            return False
        kind = call.compiled.type
        waits = kind.capabilities.side_effect or kind.type in MAY_TAKE_LONG
        return waits or monotonic() - self._flushed_at >= FLUSH_SECONDS

    def flushed(self) -> None:
        """Rows were written."""
        self._flushed_at = monotonic()
        self._tell(self._close, {"about": self._about})

    def changed(self) -> None:
        """The execution itself changed: it began, rests, or is over."""
        self._tell(self._all, {"about": self._about})

    def node_started(self, call: NodeCall) -> None:
        """A node begins; the journal will say so when it is done."""
        if self.is_watched():
            node = call.compiled.node
            now = {
                "node_id": node.id,
                "node_name": node.name,
                "node_type": node.type,
                "execution_order": call.order,
                "run_index": call.run_index,
                "timestamp": utc_now().isoformat(),
            }
            self._tell(self._close, {"about": self._about, "now": now})

    def _tell(self, topics: tuple[str, ...], hint: dict[str, Any]) -> None:
        for topic in topics:
            bus.publish(topic, hint)


def execution_changed(execution: Execution) -> None:
    """Tell of it once the transaction is committed."""
    transaction.on_commit(partial(LiveRun(execution).changed))
