"""Callers of webhooks who do not give up, and the outside world that the runs have effects on."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import psycopg

from benchmarks.server import Server
from tests.faults.private_postgres import PrivatePostgres
from tests.faults.stub import CountingStub

ROW = "SELECT 1 FROM workflows_nodeexecution WHERE execution_id = %s AND node_id = %s AND run_index = %s"
PATIENCE = 120.0


def definition(stub: str, path: str, response_mode: str) -> dict[str, Any]:
    """Webhook → call ``one`` → set → call ``two``."""

    def call(name: str) -> tuple[str, str, dict[str, Any]]:
        return name, "http_request", {"method": "POST", "url": f"{stub}/{name}", "idempotency_header": True}

    mark = {"assignments": [{"name": "done", "type": "boolean", "value": True}], "include": "all"}
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("hook", "webhook", {"path": path, "methods": ["POST"], "response_mode": response_mode}),
        call("one"),
        ("mark", "set", mark),
        call("two"),
    ]
    return {
        "schema_version": 1,
        "nodes": [
            {"id": i, "name": i, "type": t, "position": {"x": 200 * at, "y": 0}, "parameters": p}
            for at, (i, t, p) in enumerate(steps)
        ],
        "connections": [{"source": a[0], "target": b[0]} for a, b in pairwise(steps)],
        "variables": {},
        "settings": {},
    }


class Witness:
    """Looks at every effect as it happens: is its call journaled already, and did the one before it happen?"""

    def __init__(self, stub: CountingStub, postgres: PrivatePostgres) -> None:
        self.journaled_repeats: list[str] = []
        self.out_of_order: list[str] = []
        self._stub, self._postgres = stub, postgres
        stub.on_call = self.saw

    def saw(self, key: str, times: int) -> None:
        """Takes as long as a call does, so that runs are under way when something dies."""
        run, node, run_index, _item = key.split(":")
        if node == "two" and not self._stub.calls[f"{run}:one:0:0"]:
            self.out_of_order.append(key)
        if times > 1 and self._is_journaled(run, node, int(run_index)):
            self.journaled_repeats.append(key)
        time.sleep(0.2 + hashlib.sha256(key.encode()).digest()[0] / 500)

    def repeats(self) -> int:
        """How many calls came more than once; each was cut off before its journal row."""
        return sum(times - 1 for times in self._stub.calls.values())

    def _is_journaled(self, run: str, node: str, run_index: int) -> bool:
        # The answer is held back until this is known: the row of this very call cannot be meant.
        deadline = time.monotonic() + 60
        while True:
            try:
                return bool(self._postgres.rows(ROW, run, node, run_index))
            except psycopg.Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)


class Callers:
    """Call ``paths`` so often in all, evenly over so many seconds; each call is repeated until it is answered."""

    def __init__(self, server: Server, paths: list[str], calls: int, seconds: float) -> None:
        self.accepted: set[str] = set()
        self.given_up: list[str] = []
        self._server, self._paths, self._calls, self._seconds = server, paths, calls, seconds
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="caller")
        self._thread = threading.Thread(target=self._go, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Until every call was answered or given up."""
        self._thread.join(self._seconds + 2 * PATIENCE)
        self._pool.shutdown(wait=True)

    def _go(self) -> None:
        began = time.monotonic()
        for number in range(self._calls):
            time.sleep(max(0.0, began + number * self._seconds / self._calls - time.monotonic()))
            self._pool.submit(self._call, self._paths[number % len(self._paths)], number)

    def _call(self, path: str, number: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            run = _called(f"{self._server.base}/webhook/{path}", number)
            if run is not None:
                with self._lock:
                    self.accepted.add(run)
                return
            time.sleep(0.3)
        self.given_up.append(f"{path} {number}")


def _called(url: str, number: int) -> str | None:
    body = json.dumps({"n": number}).encode()
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=70) as answer:
            told = json.loads(answer.read())
            return str(answer.headers["X-Execution-ID"] or told["execution_id"])
    except urllib.error.HTTPError as error:
        # A run that takes too long for its caller was accepted all the same.
        return str(error.headers["X-Execution-ID"]) if error.code == 504 else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
