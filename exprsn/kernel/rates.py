"""How often something may be called: so many times in any stretch of so many seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from exprsn.kernel.errors import InvalidInput

# Moments that are kept for one rate; a higher rate is counted over a shorter stretch.
MAX_KEPT = 100
MAX_CALLS = 1_000_000
_RATE = re.compile(r"([1-9]\d{0,6})/(s|sec|min|h)")
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class CallRate:
    """At most ``calls`` in any ``seconds``."""

    calls: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> CallRate:
        """``10/s``, ``60/min`` or ``1000/h``. Raises ``InvalidInput`` ``invalid_rate``."""
        found = _RATE.fullmatch(text.strip())
        if found is None or int(found[1]) > MAX_CALLS:
            raise InvalidInput(f"A rate looks like 10/s, 60/min or 1000/h, not {text[:50]!r}.", code="invalid_rate")
        calls, seconds = int(found[1]), _SECONDS[found[2]]
        parts = ceil(calls / MAX_KEPT)
        return cls(calls // parts, seconds * (calls // parts) / calls)

    def next_moment(self, taken: Sequence[float], now: float) -> float:
        """When the next call may go. ``taken`` are the moments that calls were given before, in their order."""
        if len(taken) < self.calls:
            return now
        return max(now, taken[-self.calls] + self.seconds)
