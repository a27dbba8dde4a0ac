from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from apps.core.events import Event, subscriptions
from apps.core.models import OutboxEvent
from apps.core.public import bind_correlation_id, correlation_id, drain_outbox, publish_event, subscribe
from apps.core.services import outbox
from exprsn.kernel.clock import utc_now

ORGANIZATION, ACTOR = uuid4(), uuid4()
HEARD: list[Event] = []
FAILING: list[bool] = []
pytestmark = pytest.mark.django_db


def durable_listener(event: Event) -> None:
    if FAILING:
        raise RuntimeError("down\x00")
    HEARD.append(event)
    assert correlation_id() == event.correlation_id


def second_listener(event: Event) -> None:
    HEARD.append(event)


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    HEARD.clear()
    FAILING.clear()
    yield
    for handler in (durable_listener, second_listener, HEARD.append):
        subscriptions.remove("thing.made", handler)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is drained by the test, not by a task."""
    monkeypatch.setattr(outbox, "enqueue", lambda name: None)


def publish(**payload: Any) -> None:
    with bind_correlation_id("c-1"):
        publish_event("thing.made", organization_id=ORGANIZATION, actor_id=ACTOR, payload=payload)


def test_subscribers_hear_the_whole_envelope_after_the_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    subscribe("thing.made", HEARD.append)
    with django_capture_on_commit_callbacks(execute=True):
        publish(n=1)
        assert HEARD == []
    (event,) = HEARD
    assert event.envelope() == {
        "id": str(event.id),
        "type": "thing.made",
        "version": 1,
        "occurred_at": event.occurred_at.isoformat(),
        "organization": str(ORGANIZATION),
        "actor": str(ACTOR),
        "correlation_id": "c-1",
        "payload": {"n": 1},
    }
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_tells_nobody() -> None:
    subscribe("thing.made", HEARD.append)
    subscribe("thing.made", durable_listener, durable=True)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish()
        raise ZeroDivisionError
    assert HEARD == []
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_listener_that_fails_stops_neither_the_others_nor_the_publisher(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError("no")

    subscribe("thing.made", fail)
    subscribe("thing.made", HEARD.append)
    publish()
    subscriptions.remove("thing.made", fail)
    assert len(HEARD) == 1
    assert "event_handler_failed" in caplog.text


def test_nobody_listening_costs_no_query(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        publish()


@pytest.mark.django_db(transaction=True)
def test_a_durable_subscriber_is_reached_by_the_task() -> None:
    subscribe("thing.made", durable_listener, durable=True)
    publish(n=1)
    assert [event.payload for event in HEARD] == [{"n": 1}]
    assert not OutboxEvent.objects.exists()


def test_each_durable_subscriber_has_its_own_row(by_hand: None) -> None:
    subscribe("thing.made", durable_listener, durable=True)
    subscribe("thing.made", second_listener, durable=True)
    publish()
    FAILING.append(True)
    assert drain_outbox() == 1
    (left,) = OutboxEvent.objects.all()
    assert left.subscriber.endswith("durable_listener")
    assert (left.attempts, left.error, left.failed_at) == (1, "RuntimeError: down", None)
    assert str(left) == f"thing.made → {left.subscriber}"


def test_a_failed_delivery_is_tried_again_later(by_hand: None) -> None:
    subscribe("thing.made", durable_listener, durable=True)
    publish()
    FAILING.append(True)
    drain_outbox()
    FAILING.clear()
    assert drain_outbox() == 0
    with time_machine.travel(utc_now() + timedelta(seconds=3)):
        assert drain_outbox() == 1
    assert len(HEARD) == 1


def test_after_ten_failures_the_row_is_kept_for_a_person(by_hand: None) -> None:
    subscribe("thing.made", durable_listener, durable=True)
    publish()
    FAILING.append(True)
    with time_machine.travel(utc_now()) as traveller:
        for _ in range(12):
            drain_outbox()
            traveller.shift(timedelta(hours=2))
    (row,) = OutboxEvent.objects.all()
    assert row.attempts == 10
    assert row.failed_at is not None


def test_a_subscriber_that_is_gone_is_a_failure_not_a_loss(by_hand: None) -> None:
    subscribe("thing.made", durable_listener, durable=True)
    publish()
    subscriptions.remove("thing.made", durable_listener)
    assert drain_outbox() == 0
    assert "does not exist" in OutboxEvent.objects.get().error


def test_a_row_is_claimed_by_one(by_hand: None) -> None:
    subscribe("thing.made", durable_listener, durable=True)
    publish()
    mine, yours = OutboxEvent.objects.get(), OutboxEvent.objects.get()
    assert outbox._claim(mine)
    assert not outbox._claim(yours)


def test_a_durable_subscriber_needs_a_lasting_name() -> None:
    with pytest.raises(ValueError, match="function of a module"):
        subscribe("thing.made", lambda event: None, durable=True)
