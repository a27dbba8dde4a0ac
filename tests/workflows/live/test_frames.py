"""Frames that are wrong in every way: answered with a code, and the socket lives on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.core.live import consumer
from apps.core.live.hub import Hub
from apps.core.live.limits import FRAME_BYTES
from tests.people import Person
from tests.workflows.live.conftest import Watcher, token_headers
from tests.workflows.live.runs import WrittenRun

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = "00000000-0000-0000-0000-000000000000"
BAD: list[tuple[Any, str]] = [
    ("{", "malformed_json"),
    ("", "malformed_json"),
    ("[]", "malformed"),
    ("null", "malformed"),
    ('"subscribe"', "malformed"),
    ("NaN", "malformed_json"),
    ('{"type": 1}', "malformed"),
    ('{"type": "\\ud800"}', "malformed_json"),
    ("[" * 50 + "]" * 50, "json_too_deep"),
    ("[" * 5_000 + "]" * 5_000, "malformed_json"),
    (json.dumps({"type": "x" * FRAME_BYTES}), "too_large"),
    ('{"type": "dance", "execution": "NOBODY"}', "unknown_frame_type"),
    ('{"type": "subscribe"}', "unknown_subject"),
    ('{"type": "subscribe", "executions": "some"}', "unknown_subject"),
    ('{"type": "subscribe", "execution": "NOBODY", "workflow": "NOBODY"}', "unknown_subject"),
    ('{"type": "subscribe", "execution": 7}', "invalid_id"),
    ('{"type": "subscribe", "execution": {"a": 1}}', "invalid_id"),
    ('{"type": "subscribe", "execution": "\\u0000"}', "invalid_id"),
    ('{"type": "subscribe", "workflow": "x"}', "invalid_id"),
    ('{"type": "subscribe", "execution": "NOBODY", "after": -1}', "invalid_after"),
    ('{"type": "subscribe", "execution": "NOBODY", "after": true}', "invalid_after"),
    ('{"type": "subscribe", "execution": "NOBODY", "after": 1e300}', "invalid_after"),
    ('{"type": "subscribe", "execution": "NOBODY"}', "execution_not_found"),
    ('{"type": "unsubscribe", "execution": "NOBODY"}', "not_subscribed"),
]


@pytest.fixture
async def watcher(live: Hub, owner: Person) -> Watcher:
    found = await Watcher(token_headers(owner.token)).connect()
    assert (await found.next())["type"] == "welcome"
    return found


async def test_bad_frames_are_answered_with_a_code(watcher: Watcher) -> None:
    for text, code in BAD:
        await watcher.socket.send_raw(text=text.replace("NOBODY", NOBODY))
        assert (text[:80], (await watcher.until("error"))["code"]) == (text[:80], code)
    await watcher.socket.send_raw(bytes=b"\x00")
    assert (await watcher.until("error"))["code"] == "malformed"
    await watcher.send(type="ping")
    await watcher.until("pong")
    await watcher.close()


async def test_an_error_names_the_frame_it_is_about(watcher: Watcher) -> None:
    await watcher.send(type="subscribe", execution=NOBODY, ref="my-7")
    error = await watcher.until("error")
    assert (error["ref"], error["execution"]) == ("my-7", NOBODY)
    await watcher.close()


async def test_a_fault_of_ours_is_told_without_its_inside(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(consumer, "parse_frame", broken)
    await watcher.send(type="ping")
    error = await watcher.until("error")
    assert error["code"] == "internal_error"
    assert "secret" not in error["message"]
    await watcher.close()


async def test_too_many_frames_are_refused_and_the_stubborn_let_go(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "MAX_REFUSED", 5)
    monkeypatch.setattr(consumer, "FRAMES_PER_SECOND", 0.001)
    for _ in range(67):
        await watcher.send(type="ping")
    assert await watcher.close_code() == 4429


async def test_a_socket_watches_only_so_much(
    watcher: Watcher, live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "MAX_SUBSCRIPTIONS", 2)
    run = WrittenRun(owner)
    await watcher.send(type="subscribe", execution=run.id)
    await watcher.send(type="subscribe", workflow=run.made["id"])
    await watcher.send(type="subscribe", executions="all")
    assert (await watcher.until("error"))["code"] == "too_many_subscriptions"
    await watcher.send(type="subscribe", execution=run.id)
    await watcher.send(type="unsubscribe", workflow=run.made["id"])
    await watcher.send(type="subscribe", executions="all")
    await watcher.until("state", executions=(await _rows(watcher)))
    assert len(live.rooms) == 2
    await watcher.close()


async def _rows(watcher: Watcher) -> Any:
    while True:
        frame = await watcher.next()
        if frame["type"] == "state" and "execution" not in frame and "workflow" not in frame:
            watcher._waiting.insert(0, frame)
            return frame["executions"]


async def test_a_room_has_only_so_many_places(live: Hub, owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.live.hub.MAX_WATCHERS", 1)
    run = WrittenRun(owner)
    first, second = [await Watcher(token_headers(owner.token)).connect() for _ in range(2)]
    await first.send(type="subscribe", execution=run.id)
    await first.until("state")
    await second.send(type="subscribe", execution=run.id)
    assert (await second.until("error"))["code"] == "too_many_watchers"
    for watcher in (first, second):
        await watcher.close()
