"""A database connection that several threads use in turns, so that each need not have one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.core.services.fresh_connections import fresh_connections


class SharedConnection:
    """Opened by its first user. Whoever uses it sees to it that nobody else does at that moment."""

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Within the block this thread's statements go to the shared connection."""
        own = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self._opened()
        try:
            fresh_connections()
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = own

    def close(self) -> None:
        """Close it, if it is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> BaseDatabaseWrapper:
        if self._connection is None:
            self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
            self._connection.inc_thread_sharing()
        return self._connection
