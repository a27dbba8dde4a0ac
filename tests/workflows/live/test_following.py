"""Following executions: order, catch-up, merging, slow watchers, and no cost without a watcher."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from apps.core.live import consumer, limits, outbox, room
from apps.core.live.bus import bus
from apps.core.live.hub import Hub
from apps.workflows.live import execution_feed
from apps.workflows.live.topics import execution_topic
from apps.workflows.models import Execution, ExecutionLog
from tests.people import Person
from tests.workflows.live.conftest import Watcher, eventually, in_thread, token_headers
from tests.workflows.live.runs import WrittenRun
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)
CODE = {"code": "console.log('one'); console.log('two'); return $input.all();"}


async def watching(person: Person, **subject: Any) -> Watcher:
    watcher = await Watcher(token_headers(person.token)).connect()
    await watcher.send(type="subscribe", **subject)
    await watcher.until("state")
    return watcher


async def test_a_run_is_told_from_its_beginning_to_its_end(live: Hub, owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("one", a="1"), ("js", "code", CODE), fields("two", b="2")))
    watcher = await watching(owner, workflow=made["id"])
    await in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {})
    events = await watcher.until_over()
    node = ["node_execution_started", "node_execution_completed"]
    logged = [node[0], "execution_log", "execution_log", node[1]]
    kinds = ["execution_started", *node, *node, *logged, *node, "execution_completed"]
    assert [event["type"] for event in events] == kinds
    assert [event["seq"] for event in events] == list(range(1, len(kinds) + 1))
    assert [e["message"] for e in events if e["type"] == "execution_log"] == ["one", "two"]
    assert events[-1]["status"] == "success"
    assert events[-1]["nodes_executed"] == 4
    await watcher.close()
    # Whoever comes later is told the same.
    late = await watching(owner, execution=str(Execution.plain.get().id))
    assert await late.until_over() == events
    await late.close()


async def test_a_node_that_runs_is_told_at_once(live: Hub, owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("one", a="1"), ("slow", "code", {"code": "while (true) {}"})))
    watcher = await watching(owner, workflow=made["id"])
    running = asyncio.create_task(in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {}))
    while (await watcher.until("now"))["node"]["node_id"] != "slow":
        pass
    assert not running.done()
    assert [e["node_id"] for e in watcher.events() if e["type"] == "node_execution_completed"] == ["start", "one"]
    await running
    await watcher.close()


async def test_random_joins_and_reconnects_leave_no_hole_and_no_duplicate(live: Hub, owner: Person) -> None:
    run, chance = WrittenRun(owner), random.Random(4)
    watchers: list[Watcher] = [await watching(owner, execution=run.id)]
    told: list[list[dict[str, Any]]] = [[]]
    for _ in range(25):
        await in_thread(run.step, "success", chance.randrange(3), chance.random() < 0.8)
        await asyncio.sleep(chance.random() * 0.08)
        if chance.random() < 0.3:
            at = chance.randrange(len(watchers))
            while watchers[at].socket.output_queue.qsize():
                await watchers[at].next()
            await watchers[at].close()
            told[at] += watchers[at].events()
            after = told[at][-1]["seq"] if told[at] else 0
            watchers[at] = await watching(owner, execution=run.id, after=after)
        elif chance.random() < 0.3:
            watchers.append(await watching(owner, execution=run.id))
            told.append([])
    await in_thread(run.end)
    for at, watcher in enumerate(watchers):
        await watcher.until_over()
        told[at] += watcher.events()
        await watcher.close()
    assert all([event["seq"] for event in one] == list(range(1, len(one) + 1)) for one in told)
    assert all(one == told[0] for one in told)
    assert len(told[0]) == 2 + 2 * run.steps + ExecutionLog.plain.count()


async def test_a_lost_hint_is_made_up_for(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    one, other = await watching(owner, execution=run.id), await watching(owner, workflow=run.made["id"])
    await in_thread(run.step, "success", 1, False)
    await in_thread(run.end, "error", False)
    for watcher in (one, other):
        assert [event["seq"] for event in await watcher.until_over()] == [1, 2, 3, 4, 5]
        await watcher.close()


async def test_a_waiting_node_completes_later(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    watcher = await watching(owner, execution=run.id)
    await in_thread(run.step, "waiting", 1)
    await eventually(lambda: live.reads > 1)
    run.row.node_executions.update(status="success")
    await in_thread(run.step)
    await in_thread(run.end)
    kinds = [event["type"].removeprefix("node_execution_") for event in await watcher.until_over()]
    assert kinds[1:] == ["started", "execution_log", "completed", "started", "completed", "execution_completed"]
    await watcher.close()


async def test_a_stopped_run_ends_for_its_watchers(live: Hub, owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("rest", "wait", {"resume": "interval", "amount": 1, "unit": "days"})))
    await in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {})
    name = str(Execution.plain.get().id)
    watcher = await watching(owner, execution=name)
    await in_thread(owner.api.post, f"/api/v1/executions/{name}/stop/", {})
    assert (await watcher.until_over())[-1]["status"] == "canceled"
    await watcher.close()


async def test_a_busy_run_comes_in_ten_messages_a_second(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    watchers = [await watching(owner, execution=run.id) for _ in range(2)]
    await watchers[0].send(type="subscribe", workflow=run.made["id"])
    await watchers[0].send(type="subscribe", executions="all")
    started = asyncio.get_running_loop().time()
    for _ in range(120):
        await in_thread(run.step, "success", 1)
    await in_thread(run.end)
    for watcher in watchers:
        await watcher.until_over()
        seconds = asyncio.get_running_loop().time() - started
        assert watcher.messages <= 10 * seconds + 4
        numbers = {event["seq"] for event in watcher.events(run.id)}
        assert numbers == set(range(1, 2 + 120 * 3 + 1))
    assert live.reads <= 3 * (10 * seconds + 6)
    for watcher in watchers:
        await watcher.close()


async def test_nothing_is_computed_while_nobody_watches(
    live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create(owner, chain(MANUAL, fields("one", a="1")))
    told: list[str] = []
    monkeypatch.setattr(bus, "_tell", lambda topic, hint: told.append(topic))
    await in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {})
    assert (told, live.reads, live.rooms) == ([], 0, {})
    monkeypatch.undo()
    watcher = await watching(owner, workflow=made["id"])
    await watcher.send(type="unsubscribe", workflow=made["id"])
    await eventually(lambda: not live.rooms)
    reads = live.reads
    await in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {})
    await asyncio.sleep(limits.LOOK_SECONDS + 0.3)
    assert live.reads == reads
    await watcher.close()


async def test_the_journal_is_written_early_only_for_watchers(live: Hub, owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("one", a="1"), fields("two", b="1")))
    writes: dict[str, int] = {}
    for kind in ("alone", "watched"):
        watcher = await watching(owner, workflow=made["id"]) if kind == "watched" else None
        await in_thread(owner.api.post, f"/api/v1/workflows/{made['id']}/execute/", {})
        row = Execution.plain.order_by("-id")[0]
        writes[kind] = row.payloads.filter(kind="journal").count()
        if watcher is not None:
            await watcher.close()
    assert writes["alone"] == 1
    assert writes["watched"] > 1


async def test_a_slow_watcher_costs_no_memory_and_misses_nothing(
    live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "OUTBOX_FRAMES", 12)
    monkeypatch.setattr(execution_feed, "PAGE_BYTES", 4_000)
    monkeypatch.setattr(execution_feed, "FRAME_EVENTS", 5)
    monkeypatch.setattr(room, "MERGE_SECONDS", 0.0)
    run = WrittenRun(owner)
    slow, fast = await watching(owner, execution=run.id), await watching(owner, execution=run.id)
    inside = next(one for one in live.rooms[f"execution:{run.id}"].members)
    monkeypatch.setattr(consumer.LiveConsumer, "merge_seconds", 3.0)  # on a busy machine steps are slow as well
    for _ in range(40):
        await in_thread(run.step, "success", 1)
    await in_thread(run.end)
    monkeypatch.setattr(consumer.LiveConsumer, "merge_seconds", 0.0)
    for watcher in (slow, fast):
        assert [event["seq"] for event in await watcher.until_over()] == list(range(1, 123))
        await watcher.close()
    assert inside.outbox.dropped > 0


async def test_a_watcher_that_takes_nothing_is_let_go(
    live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = WrittenRun(owner)
    watcher = await watching(owner, execution=run.id)
    monkeypatch.setattr(consumer.LiveConsumer, "blocked_seconds", 0.1)

    async def blocked(self: Any, text_data: str) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(consumer.LiveConsumer, "send", blocked)
    await in_thread(run.step)
    await in_thread(run.step)
    assert await watcher.close_code() == 4408
    assert live.rooms == {}


async def test_a_database_that_fails_once_is_asked_again(
    live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = WrittenRun(owner)
    real, failures = execution_feed.execution_row, iter([OSError("away")])

    def failing(name: Any) -> Any:
        for error in failures:
            raise error
        return real(name)

    monkeypatch.setattr(execution_feed, "execution_row", failing)
    watcher = await watching(owner, execution=run.id)
    await watcher.close()


async def test_a_deleted_execution_is_gone(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    watcher = await watching(owner, execution=run.id)
    Execution.plain.filter(id=run.row.id).delete()
    assert (await watcher.until("gone"))["execution"] == run.id
    await watcher.close()


async def test_the_list_tells_what_began_and_ended(live: Hub, owner: Person) -> None:
    watcher = await watching(owner, executions="all")
    run = await in_thread(WrittenRun, owner)
    run.live.changed()
    begun = (await watcher.until("changes"))["executions"]
    assert [(row["id"], row["status"]) for row in begun] == [(run.id, "running")]
    await in_thread(run.end)
    ended = (await watcher.until("changes"))["executions"]
    assert [(row["id"], row["status"]) for row in ended] == [(run.id, "success")]
    await watcher.close()


async def test_leaving_ends_the_interest(live: Hub, owner: Person) -> None:
    run = WrittenRun(owner)
    watcher = await watching(owner, execution=run.id)
    assert bus.is_watched(execution_topic(run.id))
    await watcher.close()
    await eventually(lambda: not bus.is_watched(execution_topic(run.id)))
