"""The line between processes: hints and announcements over Redis.

Two threads for each process, made when first needed and anew after a fork: one sends, one listens. Redis that
is away costs nothing but hints; the hubs look at the database by themselves, and again when it is back.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import orjson
import redis
import structlog
from redis.exceptions import RedisError

from apps.core.live.interest import Interest
from apps.core.live.limits import MAX_HINTS, WATCH_SECONDS
from exprsn.kernel.ids import new_id

logger = structlog.get_logger(__name__)
RETRY_SECONDS = 0.5
STOP_SECONDS = 3.0
LISTEN_SECONDS = 0.25
Message = tuple[str, str, bytes]  # what, topic, hint


class RedisLine:
    """``interest`` is what all processes watch; ``hear`` is told of hints."""

    def __init__(self, url: str) -> None:
        self.interest = Interest()
        self.hear: Callable[[str, dict[str, Any]], None] = lambda topic, hint: None
        self._url = url
        self._client: Any = None
        self._names = _Names(0)
        self._pid = 0
        self._lock = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        self._process = new_id().hex
        self._outgoing: deque[Message] = deque(maxlen=MAX_HINTS)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listens = False

    def ensure_started(self, *, listens: bool = False) -> None:
        """Start the threads unless they run."""
        if self._threads and self._pid == os.getpid():
            self._listens = self._listens or listens
            return
        with self._lock:
            if self._threads and self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._reset()
            self._listens = listens
            self._client = redis.Redis.from_url(self._url, socket_connect_timeout=2, socket_timeout=5)
            self._names = _Names(self._client.connection_pool.connection_kwargs.get("db") or 0)
            self._threads = [
                threading.Thread(target=run, args=(self._stopping,), name=name, daemon=True)
                for name, run in (("live-sender", self._send_all), ("live-listener", self._listen))
            ]
            for thread in self._threads:
                thread.start()

    def send(self, topic: str, hint: dict[str, Any]) -> None:
        """Hand a hint to the sending thread; the oldest is lost when far too many wait."""
        self._put("hint", topic, orjson.dumps([topic, hint]))

    def announce(self, topic: str) -> None:
        """This process watches, for some seconds."""
        self.ensure_started(listens=True)
        self.interest.note(topic, self._process, WATCH_SECONDS)
        self._put("watch", topic, b"")

    def withdraw(self, topic: str) -> None:
        """This process watches no more."""
        self.interest.forget(topic, self._process)
        self._put("unwatch", topic, b"")

    def stop(self) -> None:
        """End the threads, sending what waits."""
        threads, self._threads = self._threads, []
        self._stopping.set()
        self._wake.set()
        if self._pid == os.getpid():
            for thread in threads:
                thread.join(STOP_SECONDS)
            if self._client is not None:
                self._client.close()

    def _put(self, what: str, topic: str, hint: bytes) -> None:
        self._outgoing.append((what, topic, hint))
        self._wake.set()

    def _send_all(self, stopping: threading.Event) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            gathered: dict[Message, None] = {}
            while self._outgoing:
                gathered[self._outgoing.popleft()] = None
            try:
                self._send_some(list(gathered))
            except RedisError as error:
                logger.warning("live_hints_lost", count=len(gathered), error=type(error).__name__)
                stopping.wait(RETRY_SECONDS)
            if stopping.is_set():
                return

    def _send_some(self, messages: list[Message]) -> None:
        if not messages:
            return
        pipeline = self._client.pipeline(transaction=False)
        for what, topic, hint in messages:
            if what == "hint":
                pipeline.publish(self._names.hints, hint)
                continue
            member = f"{topic} {self._process}"
            if what == "watch":
                pipeline.zadd(self._names.watched, {member: time.time() + WATCH_SECONDS})
                pipeline.zremrangebyscore(self._names.watched, "-inf", time.time())
            else:
                pipeline.zrem(self._names.watched, member)
            pipeline.publish(self._names.watch, orjson.dumps([what, topic, self._process]))
        pipeline.execute()

    def _listen(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            pubsub = self._client.pubsub(ignore_subscribe_messages=True)
            try:
                pubsub.subscribe(self._names.watch)
                self._load()
                self._listen_on(pubsub, stopping)
            except (RedisError, OSError) as error:
                logger.warning("live_line_away", error=type(error).__name__)
                stopping.wait(RETRY_SECONDS)
            finally:
                pubsub.close()

    def _load(self) -> None:
        now = time.time()
        for member, until in self._client.zrangebyscore(self._names.watched, now, "+inf", withscores=True):
            topic, _, process = member.decode().rpartition(" ")
            self.interest.note(topic, process, until - now)

    def _listen_on(self, pubsub: Any, stopping: threading.Event) -> None:
        hears_hints = False
        while not stopping.is_set():
            if self._listens and not hears_hints:
                pubsub.subscribe(self._names.hints)
                hears_hints = True
                self.hear("", {})
            message = pubsub.get_message(timeout=LISTEN_SECONDS)
            if message is not None:
                self._take(message["channel"].decode(), orjson.loads(message["data"]))

    def _take(self, channel: str, data: list[Any]) -> None:
        if channel == self._names.hints:
            self.hear(data[0], data[1])
        elif data[0] == "watch":
            self.interest.note(data[1], data[2], WATCH_SECONDS)
        else:
            self.interest.forget(data[1], data[2])


class _Names:
    """Channels know no database numbers, so the number is part of the name."""

    def __init__(self, database: int) -> None:
        self.hints = f"exprsn:{database}:live:hints"
        self.watch = f"exprsn:{database}:live:watch"
        self.watched = f"exprsn:{database}:live:watched"
