"""The pools under attack, and the count of processes and memory around the attacks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from exprsn.sandbox.limits import MIB, Limits
from tests.sandbox.calls import CALL_TYPES, Pools
from tests.sandbox.census import below, resident, table

# What the attacks may leave behind in a process that serves on: buffers of the largest answers, nothing that grows.
GROWTH = 64 * MIB


def _say(config: Any, text: str) -> None:
    """To the terminal, whether output is captured or not."""
    with config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stderr.write(f"\n{text}\n")
        sys.stderr.flush()


def sandboxes() -> list[Any]:
    """The zygotes below this process with whatever they have started."""
    return [line for line in below(os.getpid()) if "exprsn.sandbox" in line.command]


@pytest.fixture(scope="module")
def pools(request: pytest.FixtureRequest) -> Iterator[Pools]:
    """Pools that must serve after the attacks as before, with no process left and no memory kept."""
    others = {line.pid for line in sandboxes()}
    pools = Pools()
    for call in CALL_TYPES:
        call.run(pools, "return {}", Limits())
    zygotes = {pid: resident(pid) for pool in pools.all() for pid in pool.processes()}
    memory = resident(os.getpid())
    _say(request.config, table("Before the attacks"))
    yield pools
    for call in CALL_TYPES:
        call.run(pools, "return {}", Limits())
    _say(request.config, table("After the attacks"))
    serving = {pid for pool in pools.all() for pid in pool.processes()}
    assert {line.pid for line in sandboxes()} - others == serving, "a child outlived its run"
    assert zygotes.keys() <= serving, "a zygote was killed by the code that it ran"
    assert all(resident(pid) - before < GROWTH for pid, before in zygotes.items())
    assert resident(os.getpid()) - memory < GROWTH
    pools.close()
    time.sleep(0.1)
    _say(request.config, table("After closing"))
    assert {line.pid for line in sandboxes()} <= others
