"""How long it takes until the runs of a process that died are with somebody else."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.faults.private_postgres import PrivatePostgres

HELD = (
    "SELECT id::text, fence FROM workflows_execution WHERE status = 'running' AND split_part(owner, ':', 2) = ANY(%s)"
)
NOW = "SELECT id::text, fence, status FROM workflows_execution WHERE id::text = ANY(%s)"


@dataclass
class Kill:
    """One death: what died, when, and which runs (id → fence) it held that nobody has taken over yet."""

    name: str
    at: float
    open_runs: dict[str, int]
    held: int = 0
    slowest: float = 0.0
    disturbed: bool = False


@dataclass
class Takeovers:
    """Looks a few times a second who has the runs of those that died."""

    postgres: PrivatePostgres
    kills: list[Kill] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Takeovers:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(30)

    def died(self, name: str, pids: set[int]) -> Kill:
        """A process was killed just now, or stopped for long."""
        held = dict(self._rows(HELD, [str(pid) for pid in pids]))
        kill = Kill(name, time.monotonic(), held, len(held))
        with self._lock:
            self.kills.append(kill)
        return kill

    def disturb(self) -> None:
        """A service is away: what is open now may take longer."""
        with self._lock:
            for kill in self.kills:
                kill.disturbed = kill.disturbed or bool(kill.open_runs)

    def measured(self) -> list[Kill]:
        """The kills during whose takeover every service was there."""
        return [kill for kill in self.kills if kill.held and not kill.disturbed]

    def _watch(self) -> None:
        while not self._stopping.wait(0.2):
            try:
                self._look()
            except psycopg.Error:
                continue

    def _look(self) -> None:
        with self._lock:
            waiting = [kill for kill in self.kills if kill.open_runs]
        wanted = {run for kill in waiting for run in kill.open_runs}
        if not wanted:
            return
        found = {run: (fence, status) for run, fence, status in self._rows(NOW, list(wanted))}
        now = time.monotonic()
        for kill in waiting:
            for run, fence in list(kill.open_runs.items()):
                seen = found.get(run)
                if seen is None or (seen[0] > fence + 1 and seen[1] != "queued") or seen[1] == "success":
                    del kill.open_runs[run]
                    kill.slowest = max(kill.slowest, now - kill.at)

    def _rows(self, statement: str, values: list[str]) -> list[tuple[Any, ...]]:
        return self.postgres.rows(statement, values)
