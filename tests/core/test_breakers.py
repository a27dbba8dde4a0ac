"""Hosts that keep failing are left alone by all processes, and tried carefully when their time is over."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import HostBreaker
from apps.core.services.breakers import Breakers, Callee, CircuitOpen, forget_old_breakers
from apps.core.services.metrics import exposition
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id

ORGANIZATION = UUID(int=7)
API = Callee(ORGANIZATION, "api.example.com")


@pytest.fixture
def one() -> Breakers:
    """What one process knows."""
    return Breakers()


@pytest.fixture
def other() -> Breakers:
    """What another process knows."""
    return Breakers()


def fail(breakers: Breakers, times: int = 5, callee: Callee = API) -> None:
    for _ in range(times):
        breakers.failed(callee, "HTTP 503")


def is_open(breakers: Breakers, callee: Callee = API) -> bool:
    try:
        breakers.require(callee)
    except CircuitOpen as error:
        assert error.params["retry_after"] >= 1
        return True
    return False


def later(seconds: float = 30) -> None:
    """As if so much time had passed."""
    row = HostBreaker.plain.get()
    moved = timedelta(seconds=seconds)
    row.since = None if row.since is None else row.since - moved
    row.trial_since = None if row.trial_since is None else row.trial_since - moved
    row.save()


def hear(*processes: Breakers) -> None:
    for each in processes:
        each.refresh()


@pytest.mark.django_db
def test_hosts_in_good_health_cost_no_statement(one: Breakers) -> None:
    with CaptureQueriesContext(connection) as asked:
        one.require(API)
        one.answered(API, 200)
        one.pause_of(API)
        one.answered(API, 404)
    assert len(asked) == 0


@pytest.mark.django_db
def test_five_failures_of_several_processes_open_it_for_all(one: Breakers, other: Breakers) -> None:
    fail(one, 3)
    fail(other, 1)
    assert not is_open(one)
    fail(other, 1)
    assert is_open(other)
    third = Breakers()
    third.require(Callee(ORGANIZATION, "other.example.com"))
    hear(third)
    assert is_open(third)
    for callee in (Callee(new_id(), API.host), Callee(ORGANIZATION, API.host, "another credential")):
        assert not is_open(third, callee)


@pytest.mark.django_db
def test_half_open_lets_one_call_of_all_processes_through_and_two_successes_close_it(
    one: Breakers, other: Breakers
) -> None:
    fail(one)
    other.require(API)
    hear(other)
    assert is_open(other)
    later()
    hear(one, other)
    one.require(API)
    assert is_open(other)
    one.answered(API, 200)
    other.require(API)
    assert is_open(one)
    other.answered(API, 404)
    assert HostBreaker.plain.get().state == "closed"
    assert not is_open(one)
    assert not is_open(other)


@pytest.mark.django_db
def test_a_failed_trial_opens_it_again_and_one_that_never_reports_does_not_block(one: Breakers) -> None:
    fail(one)
    later()
    one.refresh()
    assert not is_open(one)
    fail(one, 1)
    assert is_open(one)
    later()
    one.refresh()
    assert not is_open(one)
    assert is_open(one)
    later()
    assert not is_open(one)


@pytest.mark.django_db
def test_failures_with_a_success_or_a_long_time_between_them_are_not_in_a_row(one: Breakers) -> None:
    fail(one, 4)
    one.answered(API, 200)
    fail(one, 4)
    assert not is_open(one)
    HostBreaker.plain.update(failed_at=utc_now() - timedelta(minutes=2))
    fail(one, 4)
    assert not is_open(one)


@pytest.mark.django_db(transaction=True)
def test_failures_at_once_are_all_counted() -> None:
    together = threading.Barrier(5)

    def process() -> None:
        together.wait()
        fail(Breakers(), 1)
        connection.close()

    threads = [threading.Thread(target=process) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert HostBreaker.plain.get().state == "open"


_OTHER_PROCESS = """
import sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from uuid import UUID
from apps.core.services.breakers import Breakers, Callee
breakers = Breakers()
for _ in range(int(sys.argv[2])):
    breakers.failed(Callee(UUID(int=7), "api.example.com"), "timeout")
print("told")
"""


@pytest.mark.slow  # the other process needs seconds to start
@pytest.mark.django_db(transaction=True)
def test_two_real_processes_share_a_breaker(one: Breakers) -> None:
    fail(one, 2)
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-c", _OTHER_PROCESS, name, "3"],
        env={**os.environ, "EXPRSN_METRICS": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip().endswith("told"), done.stderr
    assert not is_open(one)
    one.refresh()
    assert is_open(one)


@pytest.mark.django_db
def test_a_pause_that_a_host_asked_for_is_known_to_all(one: Breakers, other: Breakers) -> None:
    one.answered(API, 429, 120)
    assert 115 < one.pause_of(API) <= 120
    other.require(API)
    hear(other)
    assert other.pause_of(API) > 115
    assert not is_open(one)
    one.answered(API, 503, 1_000_000)
    assert one.pause_of(API) <= 3600


@pytest.mark.django_db
def test_a_database_that_is_away_stops_no_call(one: Breakers, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(one)

    def away(*_: Any, **__: Any) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(Breakers, "_change", away)
    monkeypatch.setattr("apps.core.services.breakers.time.time", lambda: utc_now().timestamp() + 60)
    one.require(API)
    one.failed(API, "timeout")
    one.answered(API, 200)


@pytest.mark.django_db
def test_what_it_looks_like_from_outside(one: Breakers) -> None:
    fail(one)
    assert is_open(one)
    told = exposition().decode()
    assert 'circuit_breakers{state="open"} 1.0' in told
    assert 'outgoing_calls_refused_total{reason="circuit_open"}' in told
    assert forget_old_breakers() == 0
    HostBreaker.plain.update(state="closed", updated_at=utc_now() - timedelta(days=2))
    assert forget_old_breakers() == 1
