"""Code that is stuck keeps nobody else waiting: every owner leaves room, and who runs long gives way."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exprsn.sandbox.errors import CodeTimeout, SandboxError, SandboxUnavailable
from exprsn.sandbox.javascript import JavaScriptPool
from exprsn.sandbox.limits import Limits
from tests.sandbox.census import below

STUCK = Limits(wall_seconds=8)
CONTEXT = '{"now": "2026-01-01T00:00:00Z"}'


def children(pool: JavaScriptPool) -> list[int]:
    """The processes that run code now."""
    return [line.pid for zygote in pool.processes() for line in below(zygote)]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 6
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def stuck(pool: JavaScriptPool, owner: str, count: int) -> Iterator[list[threading.Thread]]:
    """Scripts of one owner that never end by themselves; they are ended with the pool."""

    def be_stuck() -> None:
        with pytest.raises(SandboxError):
            pool.run_code("for (;;) {}", context_json=CONTEXT, limits=STUCK, owner=owner)

    threads = [threading.Thread(target=be_stuck) for _ in range(count)]
    for thread in threads:
        thread.start()
    yield threads
    for thread in threads:
        thread.join()


def test_one_owner_leaves_room_for_others() -> None:
    pool = JavaScriptPool(max_parallel=4)
    with stuck(pool, "a", 4) as threads:
        wait_for(lambda: len(children(pool)) == 3)
        for _ in range(5):
            assert pool.run_code("return {v: 1}", context_json=CONTEXT, owner="b").items_json == '[{"json":{"v":1}}]'
            assert len(children(pool)) == 3
        assert all(thread.is_alive() for thread in threads), "the answer came while they were stuck"
        for pid in pool.processes():
            os.kill(pid, 9)
    assert pool.run_code("return {v: 1}", context_json=CONTEXT, owner="a").items_json == '[{"json":{"v":1}}]'
    pool.close()


def test_who_gets_no_turn_is_told_to_come_again() -> None:
    pool = JavaScriptPool(max_parallel=1)
    with stuck(pool, "a", 1):
        wait_for(lambda: len(children(pool)) == 1)
        original = pool._changed.wait_for
        pool._changed.wait_for = lambda free, timeout=None: original(free, 0.1)  # type: ignore[method-assign]
        with pytest.raises(SandboxUnavailable) as refused:
            pool.run_code("return []", context_json=CONTEXT, owner="b")
        assert refused.value.params == {"retry_after": 2}
        os.kill(pool.processes()[0], 9)
    pool.close()


def test_long_runs_give_way() -> None:
    pool = JavaScriptPool(max_parallel=1)
    with stuck(pool, "a", 1):
        wait_for(lambda: len(children(pool)) == 1)
        (pid,) = children(pool)

        def nice() -> int:
            return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[16])

        wait_for(lambda: nice() > os.nice(0))
        wait_for(lambda: os.sched_getscheduler(pid) == os.SCHED_IDLE)
        os.kill(pool.processes()[0], 9)
    pool.close()


def test_a_run_that_is_stuck_ends_at_its_limit_and_its_place_is_free() -> None:
    pool = JavaScriptPool(max_parallel=1)
    with pytest.raises(CodeTimeout):
        pool.run_code("for (;;) {}", context_json=CONTEXT, limits=Limits(wall_seconds=0.3), owner="a")
    assert not children(pool)
    assert pool.run_code("return []", context_json=CONTEXT, owner="b").items_json == "[]"
    pool.close()
