"""How many rounds of tests one process carries out at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from exprsn.kernel.errors import Conflict

AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def test_slot() -> Iterator[None]:
    """Hold a place for the length of the block. Refused with ``tests_busy`` when all are taken."""
    if not _places.acquire(blocking=False):
        message = "Other tests are being run. Try again in a moment."
        raise Conflict(message, code="tests_busy", params={"retry_after": 2})
    try:
        yield
    finally:
        _places.release()
