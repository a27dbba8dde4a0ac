"""A room: everybody of this process who watches one thing. Read once, encoded once, delivered to all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog

from apps.core.live.feed import Feed, News
from apps.core.live.limits import LOOK_SECONDS, MAX_HINTS, MERGE_SECONDS
from apps.core.live.outbox import Frame, Subscription
from apps.core.live.pace import ROOM_SHARE, Pace, Rhythm, hold_until
from exprsn.kernel.clock import monotonic

logger = structlog.get_logger(__name__)
RETRY_SECONDS = 1.0
# A node's end and the start of the next are told by two hints.
SETTLE_SECONDS = 0.001
Read = Callable[..., Awaitable[News]]


class Room:
    """``key`` names the room within the process, ``topic`` is what hints are about."""

    def __init__(self, key: str, topic: str, feed: Feed, read: Read) -> None:
        self.key = key
        self.topic = topic
        self.members: set[Subscription] = set()
        self.over = False
        self._feed = feed
        self._read = read
        self._joining: list[Subscription] = []
        self._hints: dict[str, dict[str, Any]] = {}
        self._look = False
        self._wake = asyncio.Event()
        self._pace = Pace()
        self._rhythm = Rhythm()

    def join(self, subscription: Subscription) -> None:
        """Bring somebody up to date, then let them follow."""
        subscription.joining = True
        self.members.add(subscription)
        self._joining.append(subscription)
        self._wake.set()

    def leave(self, subscription: Subscription) -> None:
        """Somebody goes."""
        self.members.discard(subscription)
        if subscription in self._joining:
            self._joining.remove(subscription)
        self._wake.set()

    def hear(self, hint: dict[str, Any]) -> None:
        """Something changed. Hints about the same are merged."""
        self._rhythm.heard(monotonic())
        name = str(hint.get("about", ""))
        if len(self._hints) >= MAX_HINTS and name not in self._hints:
            self.look()
            return
        self._hints[name] = {**self._hints.get(name, {}), **hint}
        self._wake.set()

    def look(self) -> None:
        """Hints may have been lost."""
        self._look = True
        self._wake.set()

    async def run(self) -> None:
        """Until the last has left."""
        while self.members:
            await self._wait()
            await self._gather()
            if not self.members:
                return
            self._pace.sent(monotonic(), ROOM_SHARE * MERGE_SECONDS)
            look, self._look = self._look, False
            hints, self._hints = self._hints, {}
            joining, self._joining = self._joining, []
            try:
                news = await self._read(self._feed, hints, [dict(one.sent) for one in joining], look)
            except Exception as error:  # noqa: BLE001 - a room outlives whatever the database does
                logger.warning("live_read_failed", room=self.key, error=repr(error))
                self._joining = [one for one in joining if one in self.members] + self._joining
                self.look()
                await asyncio.sleep(RETRY_SECONDS)
                continue
            self._deliver(news, joining)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), None if self.over else LOOK_SECONDS)
        except TimeoutError:
            self._look = True
        self._wake.clear()

    async def _gather(self) -> None:
        """What happens until the next message may go is read together."""
        await asyncio.sleep(SETTLE_SECONDS)
        since = monotonic()
        while self.members:
            now = monotonic()
            until = hold_until(self._pace, self._rhythm, now, since, ROOM_SHARE * MERGE_SECONDS)
            if until <= now:
                return
            try:
                await asyncio.wait_for(self._wake.wait(), until - now)
            except TimeoutError:
                return
            self._wake.clear()

    def _deliver(self, news: News, joining: list[Subscription]) -> None:
        self.over = news.over
        if news.more:
            self._wake.set()
        for frame in news.frames:
            for member in self.members:
                if not member.behind:
                    member.outbox.put(member, frame)
        for member, catch_up in zip(joining, news.catch_ups, strict=True):
            if member not in self.members:
                continue
            member.joining = False
            member.behind = not catch_up.complete
            for frame in catch_up.frames:
                member.outbox.put(member, frame)


def encode(value: dict[str, Any], stream: str = "", seq: int = 0) -> Frame:
    """A frame of JSON."""
    return Frame(orjson.dumps(value), stream, seq)
