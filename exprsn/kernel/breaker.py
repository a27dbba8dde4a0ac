"""A circuit breaker: stop asking something that keeps failing, and find out carefully when it is back.

    closed ──5 failures in a row──▶ open ──30 s──▶ half open ──2 successes──▶ closed
                                     ▲─────────── 1 failure ──────┘

(after M. Nygard, "Release It!"). Pure but for the clock that is handed in; safe between threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from exprsn.kernel.clock import monotonic


class BreakerState(StrEnum):
    """Whether calls go through (closed), are refused (open), or are tried one by one (half open)."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class BreakerRecord:
    """All that there is to know of a breaker, to keep it elsewhere; times are those of its clock."""

    state: BreakerState = BreakerState.CLOSED
    count: int = 0
    since: float = 0.0
    trial_since: float | None = None


class Breaker:
    """Ask ``allows()`` before a call, then report ``succeeded()`` or ``failed()``."""

    def __init__(
        self,
        *,
        failures_to_open: int = 5,
        successes_to_close: int = 2,
        reset_seconds: float = 30.0,
        clock: Callable[[], float] = monotonic,
        record: BreakerRecord = BreakerRecord(),
    ) -> None:
        self._failures_to_open = failures_to_open
        self._successes_to_close = successes_to_close
        self._reset_seconds = reset_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._state = record.state
        self._count = record.count
        self._since = record.since
        self._trial_since = record.trial_since

    @property
    def state(self) -> BreakerState:
        """The state now; an open breaker whose time is over is half open."""
        with self._lock:
            return self._present_state()

    @property
    def record(self) -> BreakerRecord:
        """What a breaker is made of again with ``record``."""
        with self._lock:
            return BreakerRecord(self._present_state(), self._count, self._since, self._trial_since)

    def allows(self) -> bool:
        """Whether a call may be made now. Half open lets one trial through at a time."""
        with self._lock:
            state = self._present_state()
            if state is BreakerState.CLOSED:
                return True
            if state is BreakerState.OPEN:
                return False
            now = self._clock()
            # A trial that never reported (its caller died) must not block for ever.
            if self._trial_since is not None and now - self._trial_since < self._reset_seconds:
                return False
            self._trial_since = now
            return True

    def succeeded(self) -> None:
        """The call went well."""
        with self._lock:
            self._trial_since = None
            if self._present_state() is BreakerState.CLOSED:
                self._count = 0
            elif self._state is BreakerState.HALF_OPEN:
                self._count += 1
                if self._count >= self._successes_to_close:
                    self._enter(BreakerState.CLOSED)

    def failed(self) -> None:
        """The call failed."""
        with self._lock:
            self._trial_since = None
            state = self._present_state()
            if state is BreakerState.CLOSED:
                self._count += 1
                if self._count >= self._failures_to_open:
                    self._enter(BreakerState.OPEN)
            elif state is BreakerState.HALF_OPEN:
                self._enter(BreakerState.OPEN)

    def _present_state(self) -> BreakerState:
        if self._state is BreakerState.OPEN and self._clock() - self._since >= self._reset_seconds:
            self._enter(BreakerState.HALF_OPEN)
        return self._state

    def _enter(self, state: BreakerState) -> None:
        self._state = state
        self._count = 0
        self._since = self._clock()
