"""Killed while nodes of each run are under way side by side: what was journaled never happens again."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import pytest

from benchmarks.server import Server
from tests.faults.stub import CountingStub
from tests.faults.test_kill import accept, wait_until_finished

pytestmark = [pytest.mark.faults, pytest.mark.slow]
RUNS = 4  # as many as the embedded worker has threads
HOOK = {"path": "chaos", "methods": ["POST"], "response_mode": "immediately"}


def definition(stub: str) -> dict[str, Any]:
    """Webhook (answered at once) → ``slow`` beside ``quick`` → ``after``, then both are merged."""
    place = {"x": 0}
    nodes: list[dict[str, Any]] = [
        {"id": "hook", "type": "webhook", "parameters": HOOK},
        {"id": "all", "type": "merge", "parameters": {}},
    ]
    for name in ("slow", "quick", "after"):
        url = f"{stub}/{name}"
        parameters = {"method": "POST", "url": url, "idempotency_header": True, "timeout": 60}
        nodes.append({"id": name, "type": "http_request", "parameters": parameters})
    edges = [("hook", "slow", "main"), ("hook", "quick", "main"), ("quick", "after", "main")]
    edges += [("slow", "all", "input_1"), ("after", "all", "input_2")]
    return {
        "schema_version": 1,
        "nodes": [{**node, "name": node["id"], "position": {**place, "y": at}} for at, node in enumerate(nodes)],
        "connections": [
            {"source": a, "source_output": "main", "target": b, "target_input": into} for a, b, into in edges
        ],
        "variables": {},
        "settings": {"execution_mode": "parallel"},
    }


def test_a_kill_in_the_middle_of_parallel_runs() -> None:
    killed = threading.Event()
    with CountingStub() as stub, Server.for_tests("beside", redis_offset=6) as server:
        stub.on_call = lambda key, times: ":quick:" in key or killed.wait(60)
        server.go_live("Chaos", definition(stub.url))
        accepted = {run for run in (accept(server, number) for number in range(RUNS)) if run}
        assert len(accepted) == RUNS
        deadline = time.monotonic() + 60
        # When the call of ``after`` has come, the one of ``quick`` is in the journal.
        while len(stub.calls) < 3 * RUNS and time.monotonic() < deadline:
            time.sleep(0.05)
        server.stop(signal.SIGKILL)
        assert len(stub.calls) == 3 * RUNS
        killed.set()
        server.start()
        statuses = wait_until_finished(server, accepted, 90)
    assert set(statuses.values()) == {"success"}
    # Those that were under way are made again, each with the key that it had.
    assert dict(stub.calls) == {key: 1 if ":quick:" in key else 2 for key in stub.calls}
    assert len(stub.calls) == 3 * RUNS
