"""Sortable row ids: UUID version 7 (RFC 9562, section 5.7; order within a millisecond by section 6.2, method 3)."""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_FRACTION = (1 << 12) - 1
_RANDOM = (1 << 62) - 1
# 60-bit ticks of a quarter of a microsecond: 48 bits of Unix milliseconds, 12 bits of their fraction.
_CLOCK_SET_BACK = 10 << 12
_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 12 bits of their fraction, 62 random bits.

    Ids that one process makes one after the other sort in that order, unless its clock is set back.
    """
    ticks = _next_ticks()
    noise = int.from_bytes(os.urandom(8), "big") & _RANDOM
    return UUID(int=(ticks >> 12) << 80 | _VERSION_7 | (ticks & _FRACTION) << 64 | _VARIANT | noise)


def first_id_at(moment: datetime) -> UUID:
    """The lowest id of this moment: ids that were made before sort below it, those made later above."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | _VERSION_7 | _VARIANT)


def _next_ticks() -> int:
    global _last
    now = (time.time_ns() << 12) // 1_000_000
    with _lock:
        _last = _last + 1 if 0 <= _last - now < _CLOCK_SET_BACK else now
        return _last
