"""The bus: carries hints that something changed from whoever changes it to the hubs that watch.

A hint may be lost; what it speaks of is in the database, where the hub looks. Publishing never waits: without
a watcher it is a look into a dictionary, with one the hint goes to another thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings

from apps.core.live.interest import Interest
from apps.core.live.redis_bus import RedisLine

Hint = dict[str, Any]
# Called in any thread; must not wait. The topic is empty when hints may have been lost.
Listener = Callable[[str, Hint], None]
HERE = "here"


class Bus:
    """Hints within this process and, with a line, to the others."""

    def __init__(self, line: RedisLine | None = None) -> None:
        self.interest = line.interest if line else Interest()
        self._line = line
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()
        if line is not None:
            line.hear = self._tell

    def is_watched(self, topic: str) -> bool:
        """Whether anybody watches: to be asked before anything is computed."""
        if self._line is not None:
            self._line.ensure_started(listens=bool(self._listeners))
        return self.interest.is_watched(topic)

    def publish(self, topic: str, hint: Hint) -> bool:
        """Tell those who watch; false when nobody does."""
        if not self.is_watched(topic):
            return False
        if self._line is not None:
            self._line.send(topic, hint)
        else:
            self._tell(topic, hint)
        return True

    def listen(self, listener: Listener) -> None:
        """A hub wants to hear."""
        with self._lock:
            self._listeners = (*self._listeners, listener)
        if self._line is not None:
            self._line.ensure_started(listens=True)

    def leave(self, listener: Listener) -> None:
        """A hub has closed."""
        with self._lock:
            self._listeners = tuple(known for known in self._listeners if known != listener)

    def watch(self, topic: str) -> None:
        """A hub of this process watches; said again every few seconds."""
        if self._line is not None:
            self._line.announce(topic)
        else:
            self.interest.note(topic, HERE)

    def unwatch(self, topic: str) -> None:
        """No hub of this process watches any more."""
        if self._line is not None:
            self._line.withdraw(topic)
        else:
            self.interest.forget(topic, HERE)

    def stop(self) -> None:
        """End the threads of the line; they start again when they are needed."""
        if self._line is not None:
            self._line.stop()

    def _tell(self, topic: str, hint: Hint) -> None:
        for listener in self._listeners:
            listener(topic, hint)


bus = Bus(RedisLine(settings.REDIS_URL) if settings.REDIS_URL else None)
