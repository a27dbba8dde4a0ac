"""Urgent messages go first and the others still get their turn, with both brokers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from kombu import Connection, Consumer, Producer, Queue

from apps.core.backends.weighted_queues import WEIGHTS, WeightedCycle

QUEUES = ["low", "normal", "high", "critical"]


def take(cycle: WeightedCycle, count: int, filled: list[str]) -> list[str]:
    """So many messages while these queues are never empty."""
    taken = []
    for _ in range(count):
        queue = next(each for each in cycle.consume(10) if each in filled)
        taken.append(cycle.rotate(queue))
    return taken


def test_with_all_queues_full_each_gets_its_weight() -> None:
    taken = take(WeightedCycle(QUEUES), 150, QUEUES)
    shares = {"critical": 80, "high": 40, "normal": 20, "low": 10}
    assert Counter(taken) == pytest.approx(shares, abs=1)
    assert taken[0] == "critical"


def test_a_low_message_goes_soon_although_high_ones_keep_coming() -> None:
    cycle = WeightedCycle(QUEUES)
    take(cycle, 1000, ["high", "critical"])
    assert "low" in take(cycle, 15, QUEUES)
    # What it could have had while it was empty is not made up for.
    assert Counter(take(cycle, 30, QUEUES))["low"] <= 3


def test_queues_come_and_go_and_strange_ones_have_a_weight_too() -> None:
    cycle = WeightedCycle(["low"])
    cycle.update(["other", "low"])
    assert cycle.consume(2) == ["other", "low"]
    assert cycle.rotate("gone") == "gone"
    cycle.update(["low"])
    assert cycle.consume(5) == ["low"]
    assert set(settings.EXPRSN_QUEUES) <= set(WEIGHTS)


@contextmanager
def broker(prefix: str) -> Iterator[tuple[Connection, list[str]]]:
    """The broker of the settings with messages in queues of their own: many high ones, few low ones."""
    conf = current_app.conf
    options = {**conf.broker_transport_options, "global_keyprefix": prefix}
    with Connection(conf.broker_url, transport=conf.broker_transport, transport_options=options) as connection:
        producer = Producer(connection.channel())
        for name, count in (("high", 60), ("low", 6)):
            queue = current_app.amqp.queues.new_missing(name)
            for _ in range(count):
                producer.publish(name, serializer="json", routing_key=name, declare=[queue])
        yield connection, ["high", "low"]


def test_the_broker_of_this_installation_serves_low_among_high() -> None:
    heard: list[str] = []

    def hear(body: Any, message: Any) -> None:
        heard.append(body)
        message.ack()

    with broker("weighted-test:") as (connection, names):
        channel = connection.channel()
        queues = [current_app.amqp.queues.new_missing(name)(channel) for name in names]
        channel.basic_qos(0, 1, False)
        with Consumer(channel, queues, callbacks=[hear], accept=["json"]):
            while len(heard) < 25:
                try:
                    connection.drain_events(timeout=5)
                except TimeoutError:
                    break
        for queue in queues:
            queue.purge()
    assert 3 <= Counter(heard[:25])["low"] <= 6
    assert Counter(heard[:25])["high"] >= 18


def test_a_message_wakes_the_embedded_worker() -> None:
    heard: list[float] = []

    def hear(body: Any, message: Any) -> None:
        heard.append(time.monotonic())
        message.ack()

    transport, options = "apps.core.backends.weighted_queues:MemoryTransport", {"polling_interval": 60}
    with Connection("memory://wakes/", transport=transport, transport_options=options) as connection:
        queue = Queue("wakes", routing_key="wakes")
        with Consumer(connection.channel(), [queue], callbacks=[hear], accept=["json"]):
            with pytest.raises(TimeoutError):
                connection.drain_events(timeout=0.01)
            producer = Producer(connection.channel())
            sender = threading.Timer(0.2, producer.publish, ["hello"], {"serializer": "json", "routing_key": "wakes"})
            sender.start()
            started = time.monotonic()
            connection.drain_events(timeout=30)
            sender.join()
    assert 0.1 < heard[0] - started < 20
