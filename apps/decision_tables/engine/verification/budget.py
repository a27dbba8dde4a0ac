"""Time that a verification may take."""

from __future__ import annotations

from time import perf_counter


class OutOfTime(Exception):
    """The work is not finished, and there is no time left."""


class Deadline:
    """A moment at which work ends. ``spend`` is cheap enough for the innermost loops."""

    def __init__(self, seconds: float) -> None:
        self.began = perf_counter()
        self.ends = self.began + seconds

    def spend(self) -> None:
        """Raise ``OutOfTime`` when there is none left."""
        if perf_counter() > self.ends:
            raise OutOfTime

    def part(self, share: float) -> Deadline:
        """A deadline for a part of the work: this share of what is left."""
        return Deadline((self.ends - perf_counter()) * share)

    @property
    def elapsed_ms(self) -> float:
        """How long the work has taken so far."""
        return round((perf_counter() - self.began) * 1000, 1)
