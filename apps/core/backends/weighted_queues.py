"""Which queue a worker takes its next message from: by weight, so that the urgent go first and nobody starves.

Start-time fair queueing (P. Goyal et al., 1996): a message costs its queue the time 1/weight, and the queue whose next
message begins first is asked first. Of fifteen messages of full queues eight are critical, four high, two normal and
one low. A queue that was empty has saved nothing up. Each worker counts for itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from queue import Empty
from typing import Any

from kombu.transport import memory

from exprsn.kernel.clock import monotonic

WEIGHTS: Mapping[str, int] = {"critical": 8, "high": 4, "normal": 2, "low": 1, "plugins": 2, "maintenance": 2}
OTHER_WEIGHT = 2


class WeightedCycle:
    """A ``queue_order_strategy`` for kombu's transport over Redis."""

    def __init__(self, queues: Iterable[str] = ()) -> None:
        self._ends: dict[str, float] = {}
        self._now = 0.0
        self.update(queues)

    def update(self, queues: Iterable[str]) -> None:
        """The queues that the worker listens to; those it knew stay where they are."""
        self._ends = {queue: self._ends.get(queue, 0.0) for queue in sorted(queues)}

    def consume(self, count: int) -> list[str]:
        """The queues in the order in which they are to be asked."""
        return sorted(self._ends, key=lambda queue: (self._next_start(queue), -_weight(queue)))[:count]

    def rotate(self, last_used: str) -> str:
        """A message was taken from this queue."""
        if last_used in self._ends:
            self._now = self._next_start(last_used)
            self._ends[last_used] = self._now + 1 / _weight(last_used)
        return last_used

    def _next_start(self, queue: str) -> float:
        return max(self._now, self._ends[queue])


def _weight(queue: str) -> int:
    return WEIGHTS.get(queue, OTHER_WEIGHT)


class _Polling:
    """Asks the queues of a channel one after the other, in the weighted order."""

    def __init__(self, fetch: Callable[..., Any], queues: Sequence[str]) -> None:
        self._fetch = fetch
        self._queues = queues  # the channel's own list, which grows and shrinks
        self._cycle = WeightedCycle(queues)

    def get(self, callback: Callable[..., Any], **more: Any) -> Any:
        """Deliver one message; raises ``Empty`` when there is none."""
        self._cycle.update(self._queues)
        for queue in self._cycle.consume(len(self._queues)):
            try:
                delivered = self._fetch(queue, callback, **more)
            except Empty:
                continue
            self._cycle.rotate(queue)
            return delivered
        raise Empty

    def close(self) -> None:
        """There is nothing to close."""


class Channel(memory.Channel):
    """A channel of the memory transport whose queues have weights."""

    def _reset_cycle(self) -> None:
        self._cycle: Any = _Polling(self._get_and_deliver, self._active_queues)

    def _put(self, queue: str, message: Any, **more: Any) -> None:
        super()._put(queue, message, **more)
        MemoryTransport.arrived.set()

    def basic_ack(self, delivery_tag: Any, multiple: bool = False) -> None:
        """A message was taken, so the worker may have room for the next."""
        super().basic_ack(delivery_tag, multiple)
        MemoryTransport.arrived.set()


class MemoryTransport(memory.Transport):
    """The broker of the embedded worker, which is woken by a message instead of looking for one all the time."""

    Channel = Channel
    arrived = threading.Event()

    def drain_events(self, connection: Any, timeout: float | None = None, **more: Any) -> None:
        """Deliver one message within so many seconds; raises ``TimeoutError`` when none came."""
        ends = None if timeout is None else monotonic() + timeout
        look_every = float(self.polling_interval or 0)
        while True:
            self.arrived.clear()
            try:
                self._look(timeout)
            except Empty:
                left = look_every if ends is None else min(look_every, ends - monotonic())
                if left <= 0:
                    raise TimeoutError from None
                self.arrived.wait(left)
            else:
                return

    def _look(self, timeout: float | None) -> None:
        assert self.cycle is not None
        self.cycle.get(self._deliver, timeout=timeout)
