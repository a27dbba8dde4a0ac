"""A Redis server that is killed and started again under the watchers of two processes: nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect

from benchmarks.live import STEPS, definition, serving_slowly
from benchmarks.server import Server
from tests.workflows.live.private_redis import PROGRAM, PrivateRedis

pytestmark = [pytest.mark.skipif(PROGRAM is None, reason="there is no redis-server on this machine")]
WATCHERS = 4  # on each process
ALL = list(range(1, 2 + 2 * (STEPS + 1) + 1))


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[PrivateRedis]:
    made = PrivateRedis(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def server(redis_server: PrivateRedis) -> Iterator[Server]:
    """Two processes with websockets and a worker, all on that Redis."""
    with Server.for_tests("restart", redis_url=redis_server.url, websockets=2) as made:
        yield made


async def watch(server: Server, base: str, workflow: str, seen: list[dict[str, Any]], ready: asyncio.Semaphore) -> None:
    """Follow the workflow on one socket, without ever coming back, until its execution is over."""
    headers = {"Authorization": f"Bearer {server.token}"}
    url = f"ws://{urlsplit(base).netloc}/ws/executions/"
    async with connect(url, additional_headers=headers, max_size=None) as socket:
        await socket.send(json.dumps({"type": "subscribe", "workflow": workflow}))
        async for text in socket:
            outer = json.loads(text)
            for frame in outer["frames"] if outer["type"] == "batch" else [outer]:
                if frame["type"] == "state" and "workflow" in frame:
                    ready.release()
                seen += frame.get("events", ())
            if seen and seen[-1]["type"] == "execution_completed":
                return


async def until(told: list[list[dict[str, Any]]], count: int) -> None:
    """Until every watcher has seen so many events."""
    async with asyncio.timeout(60):
        while min(map(len, told)) < count:
            await asyncio.sleep(0.02)


async def test_a_redis_that_is_killed_and_started_again_loses_nothing(
    redis_server: PrivateRedis, server: Server
) -> None:
    told: list[list[dict[str, Any]]] = [[] for _ in range(2 * WATCHERS)]
    ready = asyncio.Semaphore(0)
    with serving_slowly() as url:
        workflow = server.call("POST", "/workflows/", {"name": "Busy", "definition": definition(url, 60)})["id"]
        watchers = [
            asyncio.create_task(watch(server, server.bases[at % 2], workflow, seen, ready))
            for at, seen in enumerate(told)
        ]
        async with asyncio.timeout(60):
            for _ in told:
                await ready.acquire()
        await asyncio.to_thread(server.call, "POST", f"/workflows/{workflow}/execute/", {})
        await until(told, 20)
        await asyncio.to_thread(redis_server.kill)
        before = min(map(len, told))
        assert not await asyncio.to_thread(redis_server.answers)
        # Without Redis the database tells.
        await until(told, before + 20)
        assert max(map(len, told)) < len(ALL), "the run was over before Redis came back"
        await asyncio.to_thread(redis_server.start)
        async with asyncio.timeout(120):
            await asyncio.gather(*watchers)
    for seen in told:
        assert [event["seq"] for event in seen] == ALL
        assert seen[-1]["status"] == "success"
