"""Named locks over all processes: in Redis or in the database, as ``EXPRSN_LOCKS`` says.

A lock ends by itself after ``ttl`` seconds, so a holder may lose it without noticing. What two must not do
carries the ``fence``: it grows with every acquisition, and whoever stores a result refuses an older one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.core.services.database_locks import DatabaseLocks
from apps.core.services.lock_types import ActiveLock, Held
from apps.core.services.redis_locks import RedisLocks
from exprsn.kernel.errors import Conflict
from exprsn.kernel.ids import new_id

_POLL_SECONDS = 0.05


class LockBusy(Conflict):
    """Somebody else holds the lock."""

    default_code = "lock_busy"


class LockStore(Protocol):
    """Where locks are kept. ``holder`` is unique to one acquisition."""

    def acquire(self, name: str, holder: str, ttl: float) -> Held | None:
        """The lock, or None while another holder's has not expired."""
        ...

    def renew(self, name: str, holder: str, ttl: float) -> datetime | None:
        """The new end; None when the lock is not this holder's any more."""
        ...

    def release(self, name: str, holder: str) -> bool:
        """Give up; False when the lock was not this holder's any more."""
        ...

    def active(self) -> list[ActiveLock]:
        """All locks that have not expired, by name."""
        ...


@dataclass(slots=True)
class Lock:
    """A lock that is held. ``fence`` grows with every acquisition of the name."""

    name: str
    holder: str
    fence: int
    expires_at: datetime
    ttl: float

    def renew(self) -> bool:
        """Hold it for another ``ttl`` seconds; False when it was lost."""
        expires_at = lock_store().renew(self.name, self.holder, self.ttl)
        if expires_at is None:
            return False
        self.expires_at = expires_at
        return True


@lru_cache(maxsize=4)
def _store(kind: str) -> LockStore:
    if kind == "redis":
        return RedisLocks(settings.REDIS_URL)
    if kind == "database":
        return DatabaseLocks()
    raise ImproperlyConfigured(f"EXPRSN_LOCKS must be redis or database, not {kind!r}.")


def lock_store() -> LockStore:
    """The store that the settings name."""
    return _store(settings.EXPRSN_LOCKS)


@contextmanager
def lock(name: str, ttl: float = 30, wait: float = 0) -> Iterator[Lock]:
    """Hold the lock ``name`` within the block, for at most ``ttl`` seconds.

    Waits up to ``wait`` seconds, then raises ``LockBusy``. Take it outside of transactions: with locks in
    the database, one taken inside is seen by others only after the commit.
    """
    holder = str(new_id())
    deadline = time.monotonic() + wait
    held = lock_store().acquire(name, holder, ttl)
    while held is None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise LockBusy("Somebody else is at this right now. Try again in a moment.", params={"lock": name})
        time.sleep(min(_POLL_SECONDS, left))
        held = lock_store().acquire(name, holder, ttl)
    try:
        yield Lock(name, holder, held.fence, held.expires_at, ttl)
    finally:
        lock_store().release(name, holder)


def active_locks() -> list[ActiveLock]:
    """All locks that are held now: key, holder, acquired at, expires at."""
    return lock_store().active()
