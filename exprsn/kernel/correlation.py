"""The correlation id of what is being done now, through requests, runs and outgoing calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from exprsn.kernel.ids import new_id

MAX_LENGTH = 128
_current: ContextVar[str] = ContextVar("correlation_id", default="")


def correlation_id() -> str:
    """The current id; empty outside of any."""
    return _current.get()


def sane_correlation_id(offered: str) -> str:
    """The id that a client offered if it is 1–128 visible ASCII characters, else a new one."""
    if 0 < len(offered) <= MAX_LENGTH and all("!" <= character <= "~" for character in offered):
        return offered
    return str(new_id())


@contextmanager
def bind_correlation_id(offered: str) -> Iterator[str]:
    """Within the block everything carries this id (or a new one)."""
    chosen = sane_correlation_id(offered)
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)
