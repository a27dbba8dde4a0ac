"""The last look before something leaves for the outside world.

Whoever lets code have effects may have lost the right to them meanwhile: its lease ran out while the process was
stopped. It is asked again where the bytes leave, because everything before that may take long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_check: ContextVar[Callable[[], None] | None] = ContextVar("effect_check", default=None)


class EffectRefused(Exception):
    """Nothing may leave any more. No error of the one who wanted to act: whoever catches faults lets it through."""


@contextmanager
def effects_checked_by(check: Callable[[], None]) -> Iterator[None]:
    """Within the block ``check`` is asked before bytes leave; it raises ``EffectRefused`` when they must not."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


def require_effect() -> None:
    """Called by whatever writes to the outside world, right before it does. Raises ``EffectRefused``."""
    check = _check.get()
    if check is not None:
        check()
