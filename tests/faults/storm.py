"""Everything that can go wrong with processes and services, in an order that a seed decides."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import redis

from tests.faults.fleet import Fleet
from tests.faults.private_postgres import PrivatePostgres
from tests.faults.takeovers import Takeovers
from tests.workflows.live.private_redis import PrivateRedis

# A stop that outlasts the lease of 9 s, so that the runs are taken over before the process goes on.
STOPPED_SECONDS = 14.0
BETWEEN = (1.5, 4.5)
PLAN = {
    "kill a worker": 12,
    "kill a worker's child": 4,
    "kill the web": 3,
    "kill beat": 1,
    "stop a worker past its lease": 2,
    "empty Redis": 2,
    "kill Redis": 1,
    "restart PostgreSQL": 1,
    "crash PostgreSQL": 1,
}


@dataclass
class Storm:
    """Carries the plan out; ``log`` tells what happened when, in seconds from the beginning."""

    fleet: Fleet
    postgres: PrivatePostgres
    redis: PrivateRedis
    takeovers: Takeovers
    seed: int
    log: list[tuple[float, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def blow(self) -> None:
        """Every fault of the plan, with a pause between each two."""
        chance = random.Random(self.seed)
        faults = [name for name, times in PLAN.items() for _ in range(times)]
        chance.shuffle(faults)
        began = time.monotonic()
        for name in faults:
            time.sleep(chance.uniform(*BETWEEN))
            self.log.append((time.monotonic() - began, name))
            self._carry_out(name, chance)
            self.counts[name] += 1

    def _carry_out(self, name: str, chance: random.Random) -> None:
        worker = chance.choice(self.fleet.workers)
        actions: dict[str, Callable[[], None]] = {
            "kill a worker": lambda: self._kill(worker),
            "kill a worker's child": lambda: self._kill_child(worker, chance),
            "kill the web": lambda: self._kill("web"),
            "kill beat": lambda: self._kill("beat"),
            "stop a worker past its lease": lambda: self._stop(worker),
            "empty Redis": self._empty_redis,
            "kill Redis": self._kill_redis,
            "restart PostgreSQL": lambda: self._restart_postgres("fast"),
            "crash PostgreSQL": lambda: self._restart_postgres("immediate"),
        }
        actions[name]()

    def _kill(self, name: str) -> None:
        pids = self.fleet.kill(name)
        self.takeovers.died(name, pids)
        self.fleet.start(name)
        if name == "web":
            self.fleet.wait_until_served()

    def _kill_child(self, name: str, chance: random.Random) -> None:
        self.takeovers.died(f"{name} (child)", self.fleet.kill_child(name, chance))

    def _stop(self, name: str) -> None:
        pids = self.fleet.pids(name)
        self.fleet.signal(name, signal.SIGSTOP)
        self.takeovers.died(f"{name} (stopped)", pids)
        time.sleep(STOPPED_SECONDS)
        self.fleet.signal(name, signal.SIGCONT)

    def _empty_redis(self) -> None:
        client = redis.Redis.from_url(self.redis.url, socket_timeout=5)
        client.flushall()
        client.close()

    def _kill_redis(self) -> None:
        self.takeovers.disturb()
        self.redis.kill()
        time.sleep(2)
        self.redis.start()

    def _restart_postgres(self, mode: str) -> None:
        self.takeovers.disturb()
        self.postgres.stop(mode)
        time.sleep(1)
        self.postgres.start()
