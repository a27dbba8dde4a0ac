from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import transaction
from redis.exceptions import ConnectionError as RedisAway

from apps.core.services.cache import CacheService
from apps.core.services.cache_statistics import KindStatistics, Statistics
from apps.core.services.cache_store import CacheStore
from exprsn.kernel.breaker import Breaker


@pytest.fixture
def cache() -> CacheService:
    return CacheService()


def test_values_are_kept_until_deleted(cache: CacheService) -> None:
    cache.set("page:1", {"a": [None]})
    assert cache.get("page:1") == {"a": [None]}
    assert cache.delete("page:1")
    assert not cache.delete("page:1")
    assert cache.get("page:1", "nothing") == "nothing"


def test_values_end_with_their_time(cache: CacheService) -> None:
    cache.set("page:1", 1, ttl=0.05)
    time.sleep(0.06)
    assert cache.get("page:1") is None


def test_many_at_once(cache: CacheService) -> None:
    cache.set_many({"page:1": 1, "page:2": None})
    assert cache.get_many(["page:1", "page:2", "page:3"]) == {"page:1": 1, "page:2": None}
    assert cache.get_many([]) == {}


def test_deleting_by_pattern(cache: CacheService) -> None:
    cache.set_many({"page:1:a": 1, "page:1:b": 1, "page:2:a": 1, "user:1": 1})
    assert cache.delete_pattern("page:1:*") == 2
    assert sorted(cache.get_many(["page:1:a", "page:2:a", "user:1"])) == ["page:2:a", "user:1"]


@pytest.mark.parametrize("key", ["page:" + "x" * 500, "page:with space", "page:ü\n\x00", "page:\ud800"])
def test_any_text_is_a_key(cache: CacheService, key: str) -> None:
    cache.set(key, 1)
    cache.set(f"{key}2", 2)
    assert (cache.get(key), cache.get(f"{key}2")) == (1, 2)
    assert cache.delete_pattern("page:*") == 2


def test_tags_empty_all_that_carry_them(cache: CacheService) -> None:
    page = uuid4()
    cache.set("page:a", 1, tags=[("page", page)])
    cache.set("list:b", 2, tags=[("page", page), ("user", 7)])
    cache.set("list:c", 3, tags=[("user", 7)])
    cache.invalidate("page", page)
    assert cache.get_many(["page:a", "list:b", "list:c"]) == {"list:c": 3}
    cache.set("page:a", 4, tags=[("page", page)])
    assert cache.get("page:a") == 4


def test_what_was_produced_before_an_invalidation_is_not_kept(cache: CacheService) -> None:
    def produce() -> str:
        cache.invalidate("page", 1)
        return "old"

    assert cache.wrap("page:1", produce, tags=[("page", 1)]) == "old"
    assert cache.get("page:1") is None


@pytest.mark.django_db(transaction=True)
def test_an_invalidation_in_a_transaction_counts_again_after_the_commit(cache: CacheService) -> None:
    with transaction.atomic():
        cache.invalidate("page", 1)
        cache.set("page:1", "read by another before the commit", tags=[("page", 1)])
    assert cache.get("page:1") is None


def test_wrap_produces_once(cache: CacheService) -> None:
    made: list[int] = []

    def produce() -> int | None:
        made.append(1)
        return None

    assert [cache.wrap("page:1", produce) for _ in range(3)] == [None] * 3
    assert made == [1]


def test_wrap_keeps_nothing_when_producing_fails(cache: CacheService) -> None:
    with pytest.raises(ZeroDivisionError):
        cache.wrap("page:1", lambda: 1 / 0)
    assert cache.wrap("page:1", lambda: 2) == 2


def test_of_many_who_miss_one_produces(cache: CacheService) -> None:
    made: list[int] = []
    got: list[int] = []

    def produce() -> int:
        made.append(1)
        time.sleep(0.15)
        return 5

    threads = [threading.Thread(target=lambda: got.append(cache.wrap("page:1", produce))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, got) == ([1], [5] * 8)


def test_those_who_wait_for_one_that_fails_produce_themselves(cache: CacheService) -> None:
    store = CacheStore()
    store.add("l:c:page:1", 1, 0.1)
    assert cache.wrap("page:1", lambda: 3) == 3


def test_shortly_before_the_end_one_makes_it_anew_and_the_others_get_the_old() -> None:
    early = CacheService(chance=lambda: 1e-300)

    def slow() -> str:
        time.sleep(0.02)
        return "old"

    early.wrap("page:1", slow, ttl=0.3)
    CacheStore().add("l:c:page:1", 1, 10)
    assert early.wrap("page:1", lambda: "new", ttl=0.3) == "old"
    CacheStore().delete("l:c:page:1")
    assert early.wrap("page:1", lambda: "new", ttl=0.3) == "new"


def test_hits_and_misses_are_counted_by_kind(cache: CacheService) -> None:
    cache.set("page:1", 1)
    cache.get("page:1")
    cache.get("page:2")
    cache.wrap("user:1", lambda: 1)
    found = CacheService().statistics() | cache.statistics()
    assert found == {"page": KindStatistics(1, 1), "user": KindStatistics(0, 1)}
    assert (found["page"].hit_rate, found["page"].total_requests) == (0.5, 2)
    assert KindStatistics(0, 0).hit_rate == 0
    cache.reset_statistics()
    assert cache.statistics() == {}


def test_counts_of_several_processes_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.services.cache_statistics.FLUSH_SECONDS", 0)
    one, other = Statistics(CacheStore()), Statistics(CacheStore())
    one.count("page", hits=2)
    other.count("page", hits=1, misses=4)
    assert one.read() == {"page": KindStatistics(3, 4)}


class Away:
    """Stands for a Redis that is away."""

    def __init__(self) -> None:
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        def fail(*arguments: Any, **options: Any) -> Any:
            self.asked += 1
            raise RedisAway("refused")

        return fail


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[Away]:
    backend = Away()
    monkeypatch.setattr("apps.core.services.cache_store.caches", {"service": backend})
    yield backend


def test_a_cache_that_is_away_means_misses_and_one_log_line(away: Away, caplog: pytest.LogCaptureFixture) -> None:
    cache = CacheService()
    cache.set("page:1", 1, tags=[("page", 1)])
    assert cache.get("page:1", "miss") == "miss"
    assert cache.wrap("page:1", lambda: "made", tags=[("page", 1)]) == "made"
    assert not cache.delete("page:1")
    assert cache.delete_pattern("*") == 0
    cache.invalidate("page", 1)
    assert cache.statistics() == {}
    assert sum("cache_away" in str(record.msg) for record in caplog.records) == 1


def test_a_cache_that_is_away_is_left_alone_for_a_while(away: Away) -> None:
    now = [0.0]
    store = CacheStore(Breaker(failures_to_open=2, successes_to_close=1, reset_seconds=5, clock=lambda: now[0]))
    for _ in range(10):
        store.get("a")
    assert away.asked == 2
    now[0] = 5
    store.get("a")
    assert away.asked == 3


def test_what_cannot_be_read_any_more_is_a_miss(cache: CacheService, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(keys: list[str]) -> Any:
        raise AttributeError("no such class any more")

    monkeypatch.setattr(caches["service"], "get_many", unreadable)
    assert cache.get("page:1") is None
    caches["service"].set("c:page:2", "written by something else")
    monkeypatch.undo()
    assert cache.get("page:2") is None
