"""How long what runs in this context may still take; whoever waits for something outside asks here.

A limit is not handed down through every call: the one who sets it and the one who waits are far apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

from exprsn.kernel.clock import monotonic
from exprsn.kernel.errors import DomainError

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class DeadlinePassed(DomainError):
    """There is no time left for what was about to begin."""

    default_code: ClassVar[str] = "deadline_passed"


@contextmanager
def time_limit(*seconds: float | None) -> Iterator[None]:
    """What runs within may take this long, the least of several; a limit that is nearer stays. None sets none."""
    now = monotonic()
    limits = [now + each for each in seconds if each is not None]
    outer = _deadline.get()
    token = _deadline.set(min(limits if outer is None else [outer, *limits], default=None))
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float | None:
    """Seconds until the limit; 0 or less past it, None without one."""
    ends = _deadline.get()
    return None if ends is None else ends - monotonic()


def is_late() -> bool:
    """Whether the limit has passed."""
    left = seconds_left()
    return left is not None and left <= 0


def within(seconds: float) -> float:
    """This time-out, or what is left if that is less. Raises ``DeadlinePassed`` when nothing is."""
    left = seconds_left()
    if left is None:
        return seconds
    if left <= 0:
        raise DeadlinePassed("There is no time left.")
    return min(seconds, left)
