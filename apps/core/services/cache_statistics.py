"""Hits and misses of the cache by kind, counted here and added up in the cache itself."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass

from apps.core.services.cache_store import CacheStore
from exprsn.kernel.clock import monotonic

FLUSH_SECONDS = 2.0
_KINDS = "s:kinds"


@dataclass(frozen=True, slots=True)
class KindStatistics:
    """How one kind of cached thing fared since the last reset, over all processes."""

    hits: int
    misses: int

    @property
    def total_requests(self) -> int:
        """Hits and misses."""
        return self.hits + self.misses

    @property
    def hit_rate(self) -> float:
        """Share of hits from 0 to 1; 0 when nothing was asked for."""
        return self.hits / self.total_requests if self.total_requests else 0.0


class Statistics:
    """Counts in memory; every two seconds the counts move to the cache, where all processes' add up."""

    def __init__(self, store: CacheStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._pending: Counter[tuple[str, str]] = Counter()
        self._flushed = monotonic()

    def count(self, kind: str, *, hits: int = 0, misses: int = 0) -> None:
        """Note requests of one kind."""
        with self._lock:
            self._pending[kind, "hits"] += hits
            self._pending[kind, "misses"] += misses
            due = monotonic() - self._flushed >= FLUSH_SECONDS
        if due:
            self.flush()

    def flush(self) -> None:
        """Add the pending counts to the shared ones."""
        with self._lock:
            pending, self._pending = self._pending, Counter()
            self._flushed = monotonic()
        for (kind, outcome), count in pending.items():
            if count:
                self._store.increase(f"s:{kind}:{outcome}", count)
        known = set(self._store.get(_KINDS) or ())
        kinds = {kind for kind, _ in pending}
        if not kinds <= known:
            self._store.set_many({_KINDS: sorted(known | kinds)}, None)

    def read(self) -> dict[str, KindStatistics]:
        """The counts of every kind."""
        self.flush()
        kinds = self._store.get(_KINDS) or []
        keys = [f"s:{kind}:{outcome}" for kind in kinds for outcome in ("hits", "misses")]
        found = self._store.get_many(keys)
        return {
            kind: KindStatistics(int(found.get(f"s:{kind}:hits", 0)), int(found.get(f"s:{kind}:misses", 0)))
            for kind in kinds
        }

    def reset(self) -> None:
        """Begin at 0."""
        with self._lock:
            self._pending = Counter()
        self._store.delete_pattern("s:*")
