"""Each part that an installation needs, dead and alive."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from celery import current_app
from channels.layers import channel_layers
from django.test import Client
from redis.exceptions import RedisError

from apps.core.models import WorkerRow
from apps.core.registry import health_checks
from apps.core.services import health, health_parts, workers
from exprsn.kernel.clock import utc_now

Usage = namedtuple("Usage", "total used free")
LONG = 60.0


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def broker_at(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    real = current_app.connection_for_write

    def connection(**options: object) -> object:
        return real(url, transport=url.partition(":")[0], **options)

    monkeypatch.setattr(type(current_app._get_current_object()), "connection_for_write", staticmethod(connection))


def test_all_parts_are_checked() -> None:
    assert {"broker", "workers", "channel_layer", "disk"} <= {name for name, _ in health_checks.items()}


@pytest.mark.django_db(transaction=True)
def test_ready_when_every_part_is_well(client: Client) -> None:
    workers.worker_seen("w@host:1", ["normal"])
    answer = client.get("/health/ready")
    assert {name for name, found in answer.json()["checks"].items() if not found["healthy"]} == set()
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


@pytest.mark.django_db
def test_no_worker_is_not_ready_and_says_what_to_do(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["workers"]) == (
        503,
        {"healthy": False, "error": "No worker was heard from in 35 seconds: start celery -A config worker."},
    )
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("silent", "healthy"), [(34, True), (36, False)])
def test_workers_must_have_been_heard_from_lately(silent: int, healthy: bool) -> None:
    workers.worker_seen("w@host:1", ["normal", "low"])
    WorkerRow.objects.update(seen_at=utc_now() - timedelta(seconds=silent))
    assert bool(workers.workers_alive()) is healthy


@pytest.mark.django_db
def test_workers_that_died_long_ago_are_forgotten() -> None:
    for name, days in (("old", 2), ("new", 0)):
        workers.worker_seen(name, [])
        WorkerRow.objects.filter(name=name).update(seen_at=utc_now() - timedelta(days=days))
    assert workers.forget_silent_workers() == 1
    assert [row.name for row in WorkerRow.objects.all()] == ["new"]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "amqp://guest:geheim@127.0.0.1:1//"])
def test_a_broker_that_refuses(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    broker_at(monkeypatch, url)
    verdict = health._probe("broker", health_parts.broker).verdict(time.monotonic() + LONG)
    assert verdict["healthy"] is False
    assert "geheim" not in verdict["error"]


def test_a_broker_that_never_answers_is_given_up_soon(monkeypatch: pytest.MonkeyPatch, silent_port: int) -> None:
    broker_at(monkeypatch, f"redis://127.0.0.1:{silent_port}/0")
    started = time.monotonic()
    found = health._probe("silent broker", health_parts.broker).verdict(started + 0.5)
    assert found == {"healthy": False, "error": "No answer in 3 seconds."}
    assert time.monotonic() - started < 2


def in_a_thread(part: Callable[[], object]) -> None:
    """Ask a part as the product does: in a thread that has no event loop."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(part).result()


def test_a_channel_layer_that_is_away(settings: Any) -> None:
    layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:1"]}}
    settings.CHANNEL_LAYERS = {"default": layer}
    channel_layers.backends.clear()
    with pytest.raises(RedisError):
        in_a_thread(health_parts.channel_layer)
    channel_layers.backends.clear()


def test_no_channel_layer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_parts, "get_channel_layer", lambda: None)
    with pytest.raises(health.Unhealthy, match="no channel layer"):
        in_a_thread(health_parts.channel_layer)


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 9, 5 * 1_048_576))
    with pytest.raises(health.Unhealthy, match=r"only 5 MiB left; see EXPRSN_DISK_FREE_BYTES"):
        health_parts.disk()


def test_a_check_that_hangs_is_waited_for_once_and_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LIMIT_SECONDS", 0.2)
    calls, release = [], threading.Event()

    def hangs() -> None:
        calls.append(1)
        release.wait(LONG)

    monkeypatch.setattr(health, "BUILT_IN", {"hangs": hangs, "well": lambda: None})
    monkeypatch.setattr(health, "health_checks", SimpleNamespace(items=list))
    started = time.monotonic()
    found = [health.readiness() for _ in range(3)]
    release.set()
    assert time.monotonic() - started < 2
    assert found[2]["checks"] == {
        "hangs": {"healthy": False, "error": "No answer in 0.2 seconds."},
        "well": {"healthy": True},
    }
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_is_there_until_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BEAT_SECONDS", 0.01)
    queues = [SimpleNamespace(name="normal"), SimpleNamespace(name="low")]
    consumer = SimpleNamespace(hostname="w@host", task_consumer=SimpleNamespace(queues=queues), steps=[])
    step = workers.WorkerHeartbeat(consumer)
    step.start(consumer)
    deadline = time.monotonic() + LONG
    while not (rows := workers.workers_alive()) or rows[0].seen_at == rows[0].started_at:
        assert time.monotonic() < deadline
    assert (len(rows), rows[0].name.startswith("w@host:"), rows[0].queues) == (1, True, ["low", "normal"])
    step.stop(consumer)
    assert workers.workers_alive() == []
