"""The product scaled out: web, workers and beat as processes that are killed, stopped and started one by one."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.server import ROOT, Server

QUEUES = "critical,high,normal,low,plugins,maintenance"


class Fleet:
    """``workers`` worker processes, two web processes under one master, one beat. A context manager that ends all."""

    def __init__(self, *, database_url: str, redis_url: str, workers: int, logs: Path) -> None:
        self.server = Server(database_url=database_url, redis_url=redis_url)
        self.workers = [f"worker-{number}" for number in range(workers)]
        self._logs = logs
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Fleet:
        self.server.prepare()
        for name in ("web", "beat", *self.workers):
            self.start(name)
        self.wait_until_served()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self._processes):
            self.signal(name, signal.SIGCONT)
            self.kill(name)
        self.server.discard()

    def start(self, name: str) -> None:
        """Start one that is not there."""
        with (self._logs / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._command(name), cwd=ROOT, env=self.server.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self, name: str) -> set[int]:
        """``kill -9`` for the process and all that it started; their ids."""
        pids = self.pids(name)
        self.signal(name, signal.SIGKILL)
        self._processes.pop(name).wait(30)
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() and not _is_zombie(pid) for pid in pids):
            assert time.monotonic() < deadline, f"{name} does not die"
            time.sleep(0.01)
        return pids

    def kill_child(self, name: str, chance: random.Random) -> set[int]:
        """``kill -9`` for one process that it started; its id. It starts another one itself."""
        children = sorted(self.pids(name) - {self._processes[name].pid})
        if not children:
            return set()
        chosen = chance.choice(children)
        with contextlib.suppress(ProcessLookupError):
            os.kill(chosen, signal.SIGKILL)
        return {chosen}

    def signal(self, name: str, number: int) -> None:
        """Send a signal to the process and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._processes[name].pid, number)

    def pids(self, name: str) -> set[int]:
        """The process and all that it started."""
        group = self._processes[name].pid
        return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _group(entry) == group}

    def wait_until_served(self) -> None:
        """Until the web process answers."""
        self.server.wait_until_answers()

    def _command(self, name: str) -> list[str]:
        if name == "web":
            return self.server.commands()[0]
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        if name == "beat":
            return [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
        return [
            *celery, "worker", "--loglevel", "WARNING", "--queues", QUEUES, "--concurrency", "4",
            "--hostname", f"{name}@%h",
        ]  # fmt: skip


def _group(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[2])
    except (OSError, IndexError, ValueError):
        return -1


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
