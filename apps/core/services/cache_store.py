"""The cache's storage, which may be away: then everything is a miss, and one log line says so."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import structlog
from django.core.cache import caches
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError

from exprsn.kernel.breaker import Breaker, BreakerState

logger = structlog.get_logger(__name__)
ALIAS = "service"
_AWAY = (RedisError, ConnectionInterrupted, OSError)
# What an older or newer version of the product stored may not be readable any more.
_UNREADABLE = (pickle.PickleError, AttributeError, ImportError, EOFError, IndexError)
T = TypeVar("T")


class CacheStore:
    """Django's cache ``service`` without its errors. A breaker spares us waiting for one that is away."""

    def __init__(self, breaker: Breaker | None = None) -> None:
        self._breaker = breaker or Breaker(failures_to_open=2, successes_to_close=1, reset_seconds=5)

    def get(self, key: str) -> Any:
        """The value, or None."""
        return self._ask(lambda: caches[ALIAS].get(key), None)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values that exist."""
        wanted = list(keys)
        return self._ask(lambda: caches[ALIAS].get_many(wanted), {}) if wanted else {}

    def set_many(self, values: Mapping[str, Any], ttl: float | None) -> None:
        """Store values for ``ttl`` seconds."""
        self._ask(lambda: caches[ALIAS].set_many(dict(values), ttl), None)

    def add(self, key: str, value: Any, ttl: float | None) -> bool:
        """Store unless there is one already; True when stored, and when the cache is away."""
        return bool(self._ask(lambda: caches[ALIAS].add(key, value, ttl), True))

    def delete(self, key: str) -> bool:
        """Delete; whether there was one."""
        return bool(self._ask(lambda: caches[ALIAS].delete(key), False))

    def delete_pattern(self, pattern: str) -> int:
        """Delete all keys that match a shell-like pattern."""
        # Both of our backends have it, Django's interface does not.
        backend: Any = caches[ALIAS]
        return int(self._ask(lambda: backend.delete_pattern(pattern), 0) or 0)

    def increase(self, key: str, by: int) -> None:
        """Add to a counter, which begins at 0 and never expires."""

        def add() -> None:
            if not caches[ALIAS].add(key, by, None):
                caches[ALIAS].incr(key, by)

        self._ask(add, None)

    def _ask(self, operation: Callable[[], T], otherwise: T) -> T:
        if not self._breaker.allows():
            return otherwise
        try:
            found = operation()
        except _UNREADABLE:
            found = otherwise
        except _AWAY as error:
            before = self._breaker.state
            self._breaker.failed()
            if before is BreakerState.CLOSED and self._breaker.state is BreakerState.OPEN:
                logger.warning("cache_away", error=type(error).__name__)
            return otherwise
        self._breaker.succeeded()
        return found
