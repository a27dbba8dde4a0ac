"""The cache in this process's memory, with deletion by pattern as the Redis one has it."""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.core.cache.backends.locmem import LocMemCache


class MemoryCache(LocMemCache):
    """Django's local-memory cache plus ``delete_pattern``."""

    def delete_pattern(self, pattern: str, version: int | None = None) -> int:
        """Delete all keys that match a shell-like pattern; returns how many."""
        wanted = self.make_key(pattern, version)
        with self._lock:  # type: ignore[attr-defined]  # private to Django, and not in its stubs
            found = [key for key in self._cache if fnmatchcase(key, wanted)]  # type: ignore[attr-defined]
            for key in found:
                self._delete(key)  # type: ignore[attr-defined]
        return len(found)
