"""A scheduler that says which node is about to run: to watchers, and in traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.workflows.engine.scheduler import NodeCall, Scheduler
from apps.workflows.engine.slots import Arrival
from apps.workflows.execution.traces import node_begins


@dataclass(slots=True)
class LiveScheduler(Scheduler):
    """``before`` is told of each call, once it is set: not while a journal is replayed."""

    before: Callable[[NodeCall], None] | None = None

    def next_call(self) -> NodeCall | None:
        # Not super(): a dataclass with slots is made anew, and the method would not find its class.
        call = Scheduler.next_call(self)
        if call is not None and self.before is not None:
            self.before(call)
            node_begins(call)
        return call

    def start(self, arrival: Arrival) -> NodeCall:
        call = Scheduler.start(self, arrival)
        if self.before is not None:
            self.before(call)
        return call
