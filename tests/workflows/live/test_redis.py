"""Several processes: hints over Redis, and a Redis that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings

from apps.core.live import redis_bus
from apps.core.live.bus import Bus
from apps.core.live.hub import Hub
from tests.people import Person
from tests.workflows.live.conftest import Watcher, eventually, in_thread, token_headers
from tests.workflows.live.runs import WrittenRun

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not settings.REDIS_URL, reason="REDIS_URL names no Redis"),
]


@pytest.fixture
def elsewhere() -> Iterator[Bus]:
    """The bus of another process."""
    made = Bus(redis_bus.RedisLine(settings.REDIS_URL))
    yield made
    made.stop()


async def subscribed(person: Person, run: WrittenRun) -> Watcher:
    watcher = await Watcher(token_headers(person.token)).connect()
    await watcher.send(type="subscribe", execution=run.id)
    await watcher.until("state")
    return watcher


async def test_another_process_knows_who_watches_and_is_heard(live: Hub, owner: Person, elsewhere: Bus) -> None:
    run = WrittenRun(owner)
    topic = f"execution:{run.id}"
    assert not elsewhere.is_watched(topic)
    watcher = await subscribed(owner, run)
    await eventually(lambda: elsewhere.is_watched(topic))
    await in_thread(run.step, "success", 0, False)
    assert elsewhere.publish(topic, {"about": run.id})
    async with asyncio.timeout(1):
        while len(watcher.events()) < 3:
            await watcher.next()
    await watcher.close()
    await eventually(lambda: not elsewhere.is_watched(topic))


async def test_a_process_that_starts_later_learns_who_watches(live: Hub, owner: Person, elsewhere: Bus) -> None:
    run = WrittenRun(owner)
    watcher = await subscribed(owner, run)
    await asyncio.sleep(0.3)
    await eventually(lambda: elsewhere.is_watched(f"execution:{run.id}"))
    await watcher.close()


async def test_connections_that_are_cut_lose_nothing(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    watcher = await subscribed(owner, run)
    client: Any = redis.Redis.from_url(settings.REDIS_URL)
    for _ in range(5):
        await in_thread(client.client_kill_filter, None, "pubsub", None, True)
        await in_thread(run.step, "success", 1)
    client.close()
    await in_thread(run.end)
    assert [event["seq"] for event in await watcher.until_over()] == list(range(1, 18))
    await watcher.close()


async def test_without_redis_the_database_tells(live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    run = WrittenRun(owner)
    watcher = await subscribed(owner, run)

    def away(*_: Any) -> None:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(redis_bus.RedisLine, "_send_some", away)
    await in_thread(run.step)
    await in_thread(run.end)
    assert [event["seq"] for event in await watcher.until_over()] == [1, 2, 3, 4]
    await watcher.close()
