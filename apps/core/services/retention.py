"""Forgetting what is older than it is to be kept: in rounds of small batches, by one process at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from apps.core.services.locks import LockBusy, lock
from exprsn.kernel.clock import monotonic

ROUND_SECONDS = 60.0
# Between two batches others get their turn.
PAUSE_SECONDS = 0.05


def forgetting_round(name: str, batches: Iterator[int], *, round_seconds: float = ROUND_SECONDS) -> int:
    """One round, for so many seconds at most; answers how many were deleted, 0 while another process is at it.

    ``name`` is that of the lock. ``batches`` deletes one when it is asked for the next, and answers how many it had.
    """
    deadline = monotonic() + round_seconds
    deleted = 0
    try:
        with lock(name, ttl=2 * round_seconds):
            while monotonic() < deadline and (count := next(batches, 0)):
                deleted += count
                time.sleep(PAUSE_SECONDS)
    except LockBusy:
        return 0
    return deleted
