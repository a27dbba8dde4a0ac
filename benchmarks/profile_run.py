"""Where the CPU time of a synchronous run goes: webhook → 5 pure nodes → respond, part by part.

    python -m benchmarks.profile_run                                   SQLite
    DATABASE_URL=… REDIS_URL=… python -m benchmarks.profile_run         PostgreSQL (a database of its own)

One process calls the real WSGI application. Each part is a few functions whose threads' CPU clocks are read at
entry and exit; what a part calls that is a part of its own is taken out of it. CPU time, not wall time: other work
on the machine does not count, but waiting for PostgreSQL does not either.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.server import ROOT, Server
from benchmarks.workloads import BODY, definition

TOKEN = "EXPRSN_PROFILE_TOKEN"
# What is shown → where it is looked up when it is called: module, then attribute or class and method.
PARTS: dict[str, tuple[str, ...]] = {
    "HTTP: WSGI, correlation, headers": ("apps.workflows.serving.wsgi:WebhookGateway.__call__",),
    "HTTP: route, caller, body, answer": ("apps.workflows.serving.wsgi:receive_webhook",),
    "accept: rows of the run": ("apps.workflows.serving.receive:begin_run",),
    "lease: hold and release": (
        "apps.workflows.execution.leases:LeaseKeeper.hold",
        "apps.workflows.execution.leases:LeaseKeeper.release",
    ),
    "runner: the frame around the engine": ("apps.workflows.serving.receive:execute_held_run",),
    "graph and context of the run": ("apps.workflows.execution.runner:prepare_run",),
    "engine: what comes next": ("apps.workflows.execution.runner:run_to_pause",),
    "nodes with their expressions": ("apps.workflows.engine.run:execute_call",),
    "journal: rows and packing": (
        "apps.workflows.execution.runner:entry_rows",
        "apps.workflows.execution.runner:log_rows",
    ),
    "finish: changes and outcome": ("apps.workflows.execution.runner:_Runner._settle",),
    "history writer": (
        "apps.workflows.execution.writer:HistoryWriter.write",
        "apps.workflows.execution.writer:_commit",
    ),
    "SQL: composing hot rows": (
        "apps.core.services.hot_rows:_Table.values",
        "apps.workflows.execution.writer:perform",
    ),
    "SQL: statements": (
        "django.db.backends.utils:CursorWrapper.execute",
        "django.db.backends.utils:CursorWrapper.executemany",
    ),
    "SQL: transactions": ("django.db.transaction:Atomic.__enter__", "django.db.transaction:Atomic.__exit__"),
    "live: is anybody watching": (
        "apps.workflows.live.topics:LiveRun.changed",
        "apps.workflows.live.topics:LiveRun.node_started",
        "apps.workflows.live.topics:LiveRun.needs_flush",
    ),
    "measures and the log line": (
        "apps.workflows.execution.runner:run_settled",
        "apps.workflows.execution.runner:node_settled",
        "apps.workflows.serving.wsgi:count_request",
    ),
}


class Clock:
    """CPU seconds and calls of each part, its inner parts taken out."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._inside = threading.local()

    def around(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            inner = getattr(self._inside, "seconds", 0.0)
            self._inside.seconds = 0.0
            started = time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                spent = time.thread_time() - started
                self.seconds[part] += spent - self._inside.seconds
                self.calls[part] += 1
                self._inside.seconds = inner + spent

        return timed

    def attach(self) -> None:
        """Put the clock around everything in ``PARTS``."""
        for part, places in PARTS.items():
            for place in places:
                module, _, path = place.partition(":")
                owner: Any = import_module(module)
                *outer, name = path.split(".")
                for each in outer:
                    owner = getattr(owner, each)
                setattr(owner, name, self.around(part, getattr(owner, name)))

    def forget(self) -> None:
        """Begin anew."""
        self.seconds.clear()
        self.calls.clear()


def call(application: Any, method: str, path: str, body: bytes, token: str = "") -> bytes:
    """One request to the WSGI application; its answer's body."""
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False, "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "",
    }  # fmt: skip
    if token:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    status: list[str] = []
    answer = b"".join(application(environ, lambda said, headers, *_: status.append(said)))
    if not status[0].startswith("2"):
        raise SystemExit(f"{method} {path}: {status[0]} {answer.decode()}")
    return answer


def measure(runs: int) -> None:
    """In the process that is measured: make the workflow, warm up, measure, print."""
    import_module("django").setup()
    clock = Clock()
    application = import_module("config.wsgi").application
    clock.attach()
    token, name = os.environ[TOKEN], "bench/profile"
    made = {"name": "Profile", "definition": definition("five_steps", name, "respond_node")}
    found = json.loads(call(application, "POST", "/api/v1/workflows/", json.dumps(made).encode(), token))
    for verb in ("publish", "activate"):
        call(application, "POST", f"/api/v1/workflows/{found['id']}/{verb}/", b"{}", token)
    for _ in range(100):
        call(application, "POST", f"/webhook/{name}", BODY)
    clock.forget()
    started = time.process_time()
    for _ in range(runs):
        call(application, "POST", f"/webhook/{name}", BODY)
    show(clock, time.process_time() - started, runs)


def show(clock: Clock, total: float, runs: int) -> None:
    """The table."""
    rows = [(part, clock.seconds[part], clock.calls[part]) for part in PARTS]
    rows.append(("the rest: other threads, what calls the application", total - sum(clock.seconds.values()), 0))
    print("| part | calls a run | CPU ms a run | share |\n| --- | --- | --- | --- |")
    for part, seconds, calls in rows:
        often = f"{calls / runs:.1f}" if calls else ""
        print(f"| {part} | {often} | {1000 * seconds / runs:.3f} | {100 * seconds / total:.0f} % |")
    print(f"| **all** | | **{1000 * total / runs:.3f}** | 100 % |")


def main() -> None:
    """Make an installation, then measure in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1000)
    arguments = parser.parse_args()
    if TOKEN in os.environ:
        measure(arguments.runs)
        return
    server = Server.for_tests("profile", redis_offset=5)
    try:
        token = server.prepare()
        subprocess.run(
            [sys.executable, "-m", "benchmarks.profile_run", "--runs", str(arguments.runs)],
            cwd=ROOT, env={**server.environment, TOKEN: token, "EXPRSN_LOG_LEVEL": "INFO"},
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        server.discard()


if __name__ == "__main__":
    main()
