"""Watchers over the real routes, hub and bus: in memory, or over Redis when ``REDIS_URL`` is set."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from channels.routing import URLRouter
from django.db import connections

from apps.core.live.bus import bus
from apps.core.live.hub import Hub, close_hub, hub
from config.routing import websocket_urlpatterns
from tests.people import Person
from tests.workflows.live.socket import Socket

PATH = "/ws/executions/"
ORIGIN = (b"origin", b"http://testserver")
HOST = (b"host", b"testserver")
Frame = dict[str, Any]


def session_headers(person: Person) -> list[tuple[bytes, bytes]]:
    """As the browser of this person sends them."""
    cookie = f"sessionid={person.client.cookies['sessionid'].value}"
    return [HOST, ORIGIN, (b"cookie", cookie.encode())]


def token_headers(token: str) -> list[tuple[bytes, bytes]]:
    """As a program with this token sends them."""
    return [HOST, (b"authorization", f"Bearer {token}".encode())]


class Watcher:
    """One socket; frames of a batch are taken apart."""

    def __init__(self, headers: list[tuple[bytes, bytes]], path: str = PATH) -> None:
        self.socket = Socket(URLRouter(websocket_urlpatterns), path, headers)
        self.frames: list[Frame] = []
        self.messages = 0
        self._waiting: list[Frame] = []

    async def connect(self) -> Watcher:
        connected, code = await self.socket.connect(timeout=5)
        assert connected, code
        return self

    async def send(self, **frame: Any) -> None:
        await self.socket.send_json_to(frame)

    async def next(self, seconds: float = 5) -> Frame:
        """The next frame."""
        while not self._waiting:
            message = await self.socket.receive_json_from(timeout=seconds)
            self.messages += 1
            self._waiting = list(message["frames"]) if message["type"] == "batch" else [message]
        frame: Frame = self._waiting.pop(0)
        self.frames.append(frame)
        return frame

    async def until(self, kind: str, **values: Any) -> Frame:
        """Skip frames until one of this type with these values."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in values.items()):
                return frame

    async def until_over(self) -> list[Frame]:
        """All events up to the end of an execution."""
        while not any(event["type"] == "execution_completed" for event in self.events()):
            await self.next()
        return self.events()

    def events(self, execution: str = "") -> list[Frame]:
        """The events so far."""
        found = [frame for frame in self.frames if frame["type"] == "events"]
        return [event for frame in found if execution in frame["execution"] for event in frame["events"]]

    async def close_code(self) -> int:
        """The code with which the server ends the connection."""
        while True:
            message = await self.socket.receive_output(timeout=5)
            if message["type"] == "websocket.close":
                return int(message["code"])

    async def close(self) -> None:
        await self.socket.disconnect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What an async test itself asks the database uses a connection of its context, so it ends with the test."""
    for item in items:
        if isinstance(item, pytest.Function) and Path(__file__).parent in item.path.parents:
            item.obj = _closing(item.obj)


def _closing(test: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(test)
    async def wrapped(*arguments: Any, **named: Any) -> None:
        try:
            await test(*arguments, **named)
        finally:
            connections.close_all()

    return wrapped


@pytest.fixture
async def live() -> AsyncIterator[Hub]:
    """The hub of this test's loop."""
    yield hub()
    await close_hub()
    await asyncio.to_thread(bus.stop)


async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """As another thread of the product would: with a connection of its own."""

    def work() -> Any:
        try:
            return function(*arguments)
        finally:
            connections.close_all()

    return await asyncio.to_thread(work)


async def eventually(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
