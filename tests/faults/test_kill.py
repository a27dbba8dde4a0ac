"""Whatever dies in the middle: every accepted run finishes, and no journaled side effect happens twice."""

from __future__ import annotations

import json
import signal
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.server import Server
from tests.faults.stub import CountingStub

pytestmark = pytest.mark.faults
RUNS = 200
SIDE_BY_SIDE = 4 * 8  # threads of the embedded worker, each with a batch


def definition(stub: str) -> dict[str, Any]:
    """Webhook (answered at once) → call one → set → call two."""

    def call(name: str) -> tuple[str, str, dict[str, Any]]:
        url = f"={stub}/{name}/{{{{ $('hook').item.json.body.n }}}}"
        return name, "http_request", {"method": "POST", "url": url, "idempotency_header": True}

    nodes = [
        ("hook", "webhook", {"path": "chaos", "methods": ["POST"], "response_mode": "immediately"}),
        call("one"),
        (
            "mark",
            "set",
            {"assignments": [{"name": "done", "type": "boolean", "value": True}], "include": "all"},
        ),
        call("two"),
    ]
    order = [name for name, _, _ in nodes]
    return {
        "schema_version": 1,
        "nodes": [
            {"id": i, "name": i, "type": t, "position": {"x": 200 * at, "y": 0}, "parameters": p}
            for at, (i, t, p) in enumerate(nodes)
        ],
        "connections": [
            {"source": a, "source_output": "main", "target": b, "target_input": "main"} for a, b in pairwise(order)
        ],
        "variables": {},
        "settings": {},
    }


def accept(server: Server, number: int) -> str | None:
    """One call; the id of the accepted run, or None when nobody answered."""
    request = urllib.request.Request(
        f"{server.base}/webhook/chaos",
        data=json.dumps({"n": number}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(json.loads(answer.read())["execution_id"])
    except OSError:
        return None


def all_executions(server: Server) -> list[dict[str, Any]]:
    """Every execution that is recorded."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = server.call("GET", f"/executions/?limit=200{cursor}")
        found += page["items"]
        if not page["page_info"]["has_more"]:
            return found
        cursor = f"&cursor={page['page_info']['next_cursor']}"


def wait_until_finished(server: Server, wanted: set[str], seconds: float) -> dict[str, str]:
    """The status of each accepted run once all have finished, or when patience ends."""
    deadline = time.monotonic() + seconds
    while True:
        statuses = {entry["id"]: entry["status"] for entry in all_executions(server)}
        open_runs = [run for run in wanted if statuses.get(run) not in {"success", "error", "canceled"}]
        if not open_runs or time.monotonic() > deadline:
            return {run: statuses.get(run, "lost") for run in wanted}
        time.sleep(0.5)


def test_two_hundred_runs_survive_kill_9_of_everything() -> None:
    with CountingStub() as stub, Server.for_tests("chaos", redis_offset=5) as server:
        server.go_live("Chaos", definition(stub.url))
        with ThreadPoolExecutor(20) as pool:
            accepted = {run for run in pool.map(lambda n: accept(server, n), range(RUNS)) if run}
        assert len(accepted) == RUNS
        server.stop(signal.SIGKILL)
        journaled = sum(stub.calls.values())
        server.start()
        statuses = wait_until_finished(server, accepted, 90)
        nodes = [server.call("GET", f"/executions/{run}/nodes/")["items"] for run in sorted(accepted)[:20]]
    assert set(statuses.values()) == {"success"}
    assert journaled < 2 * RUNS, "the kill came too late to prove anything"
    assert len(stub.calls) == 2 * RUNS
    # A call that was cut off between its effect and its journal row is made again with the same key, which is
    # how the other side can tell; at most one for each run that was under way when the kill came.
    assert sum(stub.calls.values()) - 2 * RUNS <= SIDE_BY_SIDE
    assert all([run["node_id"] for run in found] == ["hook", "one", "mark", "two"] for found in nodes)
