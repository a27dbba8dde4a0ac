"""The hub: the rooms of this process. One for each event loop; the database is the truth, hints only wake it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import close_old_connections, connections

from apps.core.live.bus import bus
from apps.core.live.feed import Feed, News
from apps.core.live.limits import ANNOUNCE_SECONDS, ASKERS, MAX_WATCHERS, READERS
from apps.core.live.outbox import Subscription
from apps.core.live.room import Room
from exprsn.kernel.errors import RateLimited

Answer = TypeVar("Answer")


class Hub:
    """Rooms by key; made when the first joins, gone when the last leaves."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.rooms: dict[str, Room] = {}
        self.reads = 0
        self._loop = loop
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._announcing: asyncio.Task[None] | None = None
        # Two pools: rooms must not wait behind the many who are looked at again.
        self._askers = ThreadPoolExecutor(ASKERS, thread_name_prefix="live-asker")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="live-reader")
        self._connections: dict[int, Any] = {}
        bus.listen(self._hear)

    def join(self, subscription: Subscription, topic: str, feed: Callable[[], Feed]) -> None:
        """Let somebody into the room of their subscription's key."""
        room = self.rooms.get(subscription.key)
        if room is None:
            bus.watch(topic)
            room = self.rooms[subscription.key] = Room(subscription.key, topic, feed(), self._read)
            room.join(subscription)
            self._tasks[room.key] = asyncio.create_task(self._run(room))
        else:
            if len(room.members) >= MAX_WATCHERS:
                raise RateLimited("Too many watch this already. Try again later.", code="too_many_watchers")
            room.join(subscription)
        if self._announcing is None or self._announcing.done():
            self._announcing = asyncio.create_task(self._announce())

    def rejoin(self, subscription: Subscription) -> None:
        """A catch-up for somebody who fell behind."""
        room = self.rooms.get(subscription.key)
        if room is not None and subscription in room.members and not subscription.joining:
            room.join(subscription)

    def leave(self, subscription: Subscription) -> None:
        """Somebody goes; with the last one nothing is read any more."""
        room = self.rooms.get(subscription.key)
        if room is None:
            return
        room.leave(subscription)
        if not room.members:
            del self.rooms[room.key]
            if all(other.topic != room.topic for other in self.rooms.values()):
                bus.unwatch(room.topic)

    async def in_thread(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        """Run what asks the database."""
        return await self._loop.run_in_executor(self._askers, self._with_connection, function, arguments)

    async def close(self) -> None:
        """Stop everything."""
        bus.leave(self._hear)
        for room in self.rooms.values():
            bus.unwatch(room.topic)
        self.rooms.clear()
        tasks = [*self._tasks.values(), *([self._announcing] if self._announcing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(self._end_threads)

    def _end_threads(self) -> None:
        self._askers.shutdown()
        self._readers.shutdown()
        for connection in self._connections.values():
            connection.inc_thread_sharing()
            connection.close()

    async def _run(self, room: Room) -> None:
        try:
            await room.run()
        finally:
            if self._tasks.get(room.key) is asyncio.current_task():
                del self._tasks[room.key]

    async def _announce(self) -> None:
        while self.rooms:
            for topic in {room.topic for room in self.rooms.values()}:
                bus.watch(topic)
            await asyncio.sleep(ANNOUNCE_SECONDS)

    async def _read(
        self, feed: Feed, hints: Mapping[str, Mapping[str, Any]], joining: Sequence[Mapping[str, int]], look: bool
    ) -> News:
        self.reads += 1
        read = partial(feed.read, hints, joining, look=look)
        return await self._loop.run_in_executor(self._readers, self._with_connection, read, ())

    def _with_connection(self, function: Callable[..., Answer], arguments: tuple[Any, ...]) -> Answer:
        close_old_connections()
        found = connections["default"]
        self._connections[id(found)] = found
        return function(*arguments)

    def _hear(self, topic: str, hint: dict[str, Any]) -> None:
        # From any thread.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, topic, hint)

    def _take(self, topic: str, hint: dict[str, Any]) -> None:
        for room in self.rooms.values():
            if not topic:
                room.look()
            elif room.topic == topic:
                room.hear(hint)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running loop."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = _hubs[loop] = Hub(loop)
    return found


async def close_hub() -> None:
    """Stop the hub of the running loop, if there is one."""
    found = _hubs.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()
