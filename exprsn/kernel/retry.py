"""When to try again: a backoff is a value that says how long to wait before each further attempt."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exprsn.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits between attempts, in seconds.

    ``attempts``   how often it is tried in all, the first time included
    ``first``      the wait before the second attempt
    ``factor``     by how much each wait grows: 1 is a fixed wait, 2 doubles
    ``max_delay``  no wait is longer
    ``jitter``     which share of each wait is left to chance (0 none, 1 all of it), so that many who
                   failed together do not come back together
    """

    attempts: int = 3
    first: float = 1.0
    factor: float = 2.0
    max_delay: float = 60.0
    jitter: float = 0.0

    def __post_init__(self) -> None:
        right = (
            self.attempts >= 1
            and 0 <= self.first < float("inf")
            and 1 <= self.factor < float("inf")
            and 0 <= self.max_delay < float("inf")
            and 0 <= self.jitter <= 1
        )
        if not right:
            raise InvalidInput("This backoff makes no sense.", code="invalid_backoff")

    @classmethod
    def fixed(cls, attempts: int, delay: float) -> Backoff:
        """The same wait each time."""
        return cls(attempts=attempts, first=delay, factor=1.0, max_delay=delay)

    @classmethod
    def exponential(cls, attempts: int, first: float, *, max_delay: float = 60.0, jitter: float = 0.5) -> Backoff:
        """Waits that double, up to ``max_delay``."""
        return cls(attempts=attempts, first=first, max_delay=max_delay, jitter=jitter)

    def delay(self, failed: int, chance: Callable[[], float] = random.random) -> float:
        """The wait after the ``failed``-th failure (from 1). ``chance`` gives numbers from 0 to 1."""
        try:
            whole = min(self.first * self.factor ** (failed - 1), self.max_delay)
        except OverflowError:
            whole = self.max_delay
        return whole * (1 - self.jitter * chance())

    def delays(self, chance: Callable[[], float] = random.random) -> Iterator[float]:
        """One wait for each attempt after the first."""
        for failed in range(1, self.attempts):
            yield self.delay(failed, chance)
