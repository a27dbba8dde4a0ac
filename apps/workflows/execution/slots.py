"""How many runs the accepting process carries out itself at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from exprsn.kernel.errors import Unavailable


class Slots:
    """A bounded number of places; none free is ``busy`` with a moment to come back after."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a place for the length of the block."""
        with self._lock:
            if self._taken >= settings.EXPRSN_SYNC_RUNS:
                raise Unavailable(
                    "All places for immediate runs are taken. Try again in a moment.",
                    code="busy",
                    params={"retry_after": 1},
                )
            self._taken += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1


sync_slots = Slots()
