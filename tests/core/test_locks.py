from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import redis
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from apps.core.models import LockRow
from apps.core.services import locks
from apps.core.services.database_locks import DatabaseLocks
from apps.core.services.locks import LockBusy, LockStore, active_locks, lock
from apps.core.services.redis_locks import RedisLocks
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Unavailable

REDIS_URL = os.environ.get("REDIS_URL", "")
needs_redis = pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["database", pytest.param("redis", marks=needs_redis)])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LockStore]:
    made = RedisLocks(REDIS_URL) if request.param == "redis" else DatabaseLocks()
    monkeypatch.setattr(locks, "lock_store", lambda: made)
    yield made


@pytest.fixture
def name() -> str:
    return f"test:{uuid4()}"


def test_a_lock_is_held_by_one(store: LockStore, name: str) -> None:
    with lock(name):
        with pytest.raises(LockBusy) as caught, lock(name):
            pass
        assert (caught.value.code, caught.value.http_status) == ("lock_busy", 409)
    with lock(name):
        pass


def test_fences_grow(store: LockStore, name: str) -> None:
    fences = []
    for _ in range(3):
        with lock(name) as held:
            fences.append(held.fence)
    assert fences == sorted(set(fences))


def test_it_is_released_when_the_block_fails(store: LockStore, name: str) -> None:
    with pytest.raises(ZeroDivisionError), lock(name):
        raise ZeroDivisionError
    assert store.acquire(name, "next", 1) is not None


def test_only_the_holder_releases_and_renews(store: LockStore, name: str) -> None:
    store.acquire(name, "me", 10)
    assert not store.release(name, "you")
    assert store.renew(name, "you", 10) is None
    assert store.acquire(name, "you", 10) is None
    assert store.release(name, "me")
    assert not store.release(name, "me")


def test_it_ends_by_itself_and_the_late_holder_notices(store: LockStore, name: str) -> None:
    with lock(name, ttl=0.05) as first, lock(name, ttl=10, wait=2) as second:
        assert second.fence > first.fence
        assert not first.renew()
    assert store.acquire(name, "next", 1) is not None


def test_renewing_prolongs(store: LockStore, name: str) -> None:
    with lock(name, ttl=20) as held:
        before = held.expires_at
        assert held.renew()
        assert held.expires_at > before


def test_waiting_gets_it_when_it_is_released(store: LockStore, name: str) -> None:
    store.acquire(name, "me", 10)
    timer = threading.Timer(0.1, lambda: None)
    timer.start()
    with pytest.raises(LockBusy), lock(name, wait=0.12):
        pass
    timer.join()
    store.release(name, "me")
    with lock(name, wait=1) as held:
        assert held.fence


def test_active_ones_are_listed(store: LockStore, name: str) -> None:
    with lock(name, ttl=30) as held:
        (found,) = [entry for entry in active_locks() if entry.key == name]
        assert (found.holder, found.fence) == (held.holder, held.fence)
        assert timedelta(seconds=29) < found.expires_at - found.acquired_at < timedelta(seconds=31)
    assert name not in [entry.key for entry in active_locks()]


def test_rows_of_old_locks_are_forgotten_and_fences_still_grow(name: str) -> None:
    store = DatabaseLocks()
    first = store.acquire(name, "me", 1)
    with time_machine.travel(utc_now() + timedelta(days=2)):
        assert store.forget_old() == 1
        second = store.acquire(name, "me", 1)
    assert first is not None
    assert second is not None
    assert second.fence > first.fence
    assert str(LockRow.objects.get()) == name


def test_a_row_that_another_made_first_is_busy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DatabaseLocks()
    store.acquire(name, "me", 10)
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
    assert store.acquire(name, "you", 10) is None


def test_a_redis_that_is_away_is_no_lock() -> None:
    away = RedisLocks("redis://127.0.0.1:1/0")
    with pytest.raises(Unavailable):
        away.acquire("a", "me", 1)
    with pytest.raises(Unavailable):
        away.active()


def test_the_store_is_chosen_by_settings_alone(settings: Any) -> None:
    settings.EXPRSN_LOCKS, settings.REDIS_URL = "redis", "redis://127.0.0.1:1/0"
    assert isinstance(locks._store.__wrapped__("redis"), RedisLocks)
    settings.EXPRSN_LOCKS = "database"
    assert isinstance(locks.lock_store(), DatabaseLocks)
    settings.EXPRSN_LOCKS = "zookeeper"
    with pytest.raises(ImproperlyConfigured, match="redis or database, not 'zookeeper'"):
        locks.lock_store()


@needs_redis
def test_locks_in_redis_end_in_redis_itself(name: str) -> None:
    RedisLocks(REDIS_URL).acquire(name, "me", 5)
    assert 0 < redis.Redis.from_url(REDIS_URL).pttl(f"exprsn:lock:{name}") <= 5000


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_holds_it(store: LockStore, name: str) -> None:
    inside, most = 0, 0
    fences: list[int] = []

    def work() -> None:
        nonlocal inside, most
        try:
            with lock(name, ttl=20, wait=20) as held:
                inside += 1
                most = max(most, inside)
                fences.append(held.fence)
                time.sleep(0.01)
                inside -= 1
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert fences == sorted(set(fences))
    assert len(fences) == 6
