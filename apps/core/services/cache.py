"""The cache that all apps use.

Keys are ``kind:rest``; the kind is what statistics are kept by. Values are anything that can be pickled.
Entries may carry tags ``(entity, id)``: ``invalidate(entity, id)`` empties all entries with that tag at once,
however many there are, because an entry is only good while its tags' stamps are those it was stored with.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from apps.core.services.cache_statistics import KindStatistics, Statistics
from apps.core.services.cache_store import CacheStore
from apps.core.services.metrics import Bounded, cache_requests
from exprsn.kernel.ids import new_id

DEFAULT_TTL = 3600.0
_bounded_kind = Bounded()
_STAMP_TTL = 30 * 24 * 3600.0
_PRODUCING_SECONDS = 30.0
_PATIENCE_SECONDS = 5.0
_POLL_SECONDS = 0.02
_LONGEST_KEY = 180
_PLAIN_KEY = re.compile(r"[!-~]+")
Tag = tuple[str, UUID | str | int]
Stamps = tuple[tuple[str, str], ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    stamps: Stamps
    took: float
    expires: float


class CacheService:
    """See the module. One instance, ``cache``, is what everybody uses."""

    def __init__(self, store: CacheStore | None = None, chance: Callable[[], float] = random.random) -> None:
        self._store = store or CacheStore()
        self._statistics = Statistics(self._store)
        self._chance = chance

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default``."""
        return self.get_many([key]).get(key, default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values that exist, by key."""
        wanted = list(keys)
        found = self._read(wanted)
        for key in wanted:
            self._count(key, hit=key in found)
        return {key: entry.value for key, entry in found.items()}

    def set(self, key: str, value: Any, ttl: float = DEFAULT_TTL, *, tags: Iterable[Tag] = ()) -> None:
        """Store for ``ttl`` seconds."""
        self.set_many({key: value}, ttl, tags=tags)

    def set_many(self, values: Mapping[str, Any], ttl: float = DEFAULT_TTL, *, tags: Iterable[Tag] = ()) -> None:
        """Store several, all with the same life and tags."""
        self._write(values, ttl, self.stamps(tags), took=0.0)

    def set_stamped(self, key: str, value: Any, ttl: float, stamps: Stamps) -> None:
        """Store what was made after ``stamps`` were taken; an invalidation in between makes it void."""
        self._write({key: value}, ttl, stamps, took=0.0)

    def delete(self, key: str) -> bool:
        """Delete one; whether there was one."""
        return self._store.delete(_stored(key))

    def delete_pattern(self, pattern: str) -> int:
        """Delete all whose key matches a shell-like pattern such as ``page:*``; returns how many."""
        return self._store.delete_pattern(f"c:{pattern}")

    def wrap(self, key: str, producer: Callable[[], T], ttl: float = DEFAULT_TTL, *, tags: Iterable[Tag] = ()) -> T:
        """The cached value, else what ``producer`` makes, which is then cached.

        Of many who miss at the same time one produces and the rest wait for it. Shortly before an entry ends
        one caller makes it anew while the others still get the old one (XFetch: A. Vattani et al., 2015).
        """
        entry = self._read([key]).get(key)
        self._count(key, hit=entry is not None)
        if entry is not None and not self._is_nearly_over(entry):
            return entry.value  # type: ignore[no-any-return]
        if not self._store.add(f"l:{_stored(key)}", 1, _PRODUCING_SECONDS):
            entry = entry or self._wait_for(key)
            if entry is not None:
                return entry.value  # type: ignore[no-any-return]
        try:
            # Between the miss and the lock somebody else may have produced it and let go of the lock.
            fresh = self._read([key]).get(key) if entry is None else None
            if fresh is not None:
                return fresh.value  # type: ignore[no-any-return]
            return self._produce(key, producer, ttl, tags)
        finally:
            self._store.delete(f"l:{_stored(key)}")

    def invalidate(self, entity: str, id: UUID | str | int) -> None:
        """Empty every entry with this tag, now and again when the transaction at hand is committed."""
        self._stamp_anew(entity, id)
        if transaction.get_connection().in_atomic_block:
            # Until the commit others still read, and may cache, the old rows.
            transaction.on_commit(lambda: self._stamp_anew(entity, id))

    def statistics(self) -> dict[str, KindStatistics]:
        """Hits and misses by kind, over all processes."""
        return self._statistics.read()

    def reset_statistics(self) -> None:
        """Begin counting at 0."""
        self._statistics.reset()

    def _stamp_anew(self, entity: str, id: UUID | str | int) -> None:
        self._store.set_many({f"t:{entity}:{id}": str(new_id())}, _STAMP_TTL)

    def _count(self, key: str, *, hit: bool) -> None:
        kind = _kind(key)
        self._statistics.count(kind, hits=int(hit), misses=int(not hit))
        cache_requests.labels(_bounded_kind(kind), "hit" if hit else "miss").inc()

    def _read(self, keys: list[str]) -> dict[str, _Entry]:
        raw = self._store.get_many([_stored(key) for key in keys])
        entries = {key: raw[_stored(key)] for key in keys if isinstance(raw.get(_stored(key)), _Entry)}
        wanted = {name for entry in entries.values() for name, _ in entry.stamps}
        stamps = self._store.get_many(sorted(wanted))
        return {
            key: entry
            for key, entry in entries.items()
            if all(stamps.get(name) == stamp for name, stamp in entry.stamps)
        }

    def _write(self, values: Mapping[str, Any], ttl: float, stamps: Stamps, took: float) -> None:
        expires = time.time() + ttl
        entries = {_stored(key): _Entry(value, stamps, took, expires) for key, value in values.items()}
        self._store.set_many(entries, ttl)

    def stamps(self, tags: Iterable[Tag]) -> Stamps:
        """The present state of tags, to be taken before what they stand for is read."""
        names = [f"t:{entity}:{id}" for entity, id in tags]
        known = self._store.get_many(names)
        for name in names:
            if name not in known:
                made = str(new_id())
                known[name] = made if self._store.add(name, made, _STAMP_TTL) else self._store.get(name)
        return tuple((name, str(known[name])) for name in names)

    def _produce(self, key: str, producer: Callable[[], T], ttl: float, tags: Iterable[Tag]) -> T:
        # Stamps first: what is invalidated while it is produced must not look fresh afterwards.
        stamps = self.stamps(tags)
        started = time.monotonic()
        value = producer()
        self._write({key: value}, ttl, stamps, took=time.monotonic() - started)
        return value

    def _is_nearly_over(self, entry: _Entry) -> bool:
        return time.time() - entry.took * math.log(max(self._chance(), 1e-9)) >= entry.expires

    def _wait_for(self, key: str) -> _Entry | None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            entry = self._read([key]).get(key)
            if entry is not None:
                return entry
            if not self._store.get(f"l:{_stored(key)}"):
                return None
        return None


def _kind(key: str) -> str:
    return key.partition(":")[0][:40]


def _stored(key: str) -> str:
    if len(key) <= _LONGEST_KEY and _PLAIN_KEY.fullmatch(key):
        return f"c:{key}"
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    return f"c:{re.sub('[^!-~]', '_', key[:100])}:{digest}"


cache = CacheService()
