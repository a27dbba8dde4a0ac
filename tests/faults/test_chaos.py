"""The whole product in a storm: nothing that was accepted is lost, no journaled effect happens twice.

``make chaos`` runs it; ``EXPRSN_CHAOS_SEED`` repeats an order of faults. It prints what it saw.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.fleet import Fleet
from tests.faults.private_postgres import INITDB, PrivatePostgres
from tests.faults.storm import Storm
from tests.faults.stub import CountingStub
from tests.faults.takeovers import Takeovers
from tests.faults.traffic import Callers, Witness, definition
from tests.workflows.live.private_redis import PROGRAM, PrivateRedis

pytestmark = [pytest.mark.faults, pytest.mark.slow]
RUNS = 1_000
SECONDS = 130.0
# Lease, sweep and hint together; every setting is at its default.
TAKEOVER_SECONDS = 15.0
DRAIN_SECONDS = 180.0
OPEN = (
    "SELECT count(*) FROM workflows_execution WHERE status NOT IN ('success', 'error', 'canceled', 'partial_success')"
)
STATUSES = "SELECT id::text, status FROM workflows_execution"
PATHS = (
    "SELECT string_agg(node_id, ' ' ORDER BY execution_order), count(*) FROM workflows_nodeexecution"
    " GROUP BY execution_id"
)


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[PrivatePostgres]:
    if INITDB is None:
        pytest.skip("needs the programs of PostgreSQL")
    made = PrivatePostgres(tmp_path / "postgres")
    made.create()
    yield made
    if made.is_running():
        made.stop("immediate")


@pytest.fixture
def private_redis(tmp_path: Path) -> Iterator[PrivateRedis]:
    if PROGRAM is None:
        pytest.skip("needs redis-server")
    made = PrivateRedis(tmp_path)
    made.start()
    yield made
    made.kill()


def drained(postgres: PrivatePostgres) -> bool:
    """Whether every run ended in time."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        if postgres.rows(OPEN)[0][0] == 0:
            return True
        time.sleep(0.5)
    return False


def test_a_thousand_runs_survive_the_storm(
    postgres: PrivatePostgres, private_redis: PrivateRedis, tmp_path: Path, capsys: Any
) -> None:
    seed = int(os.environ.get("EXPRSN_CHAOS_SEED", "0")) or random.randrange(1, 1_000_000)
    with (
        CountingStub() as stub,
        Fleet(database_url=postgres.url, redis_url=private_redis.url, workers=3, logs=tmp_path) as fleet,
        Takeovers(postgres) as takeovers,
    ):
        witness = Witness(stub, postgres)
        for path, mode in (("chaos", "immediately"), ("chaos-sync", "last_node")):
            fleet.server.go_live(path, definition(stub.url, path, mode))
        callers = Callers(fleet.server, ["chaos", "chaos", "chaos", "chaos-sync"], RUNS, SECONDS)
        storm = Storm(fleet, postgres, private_redis, takeovers, seed)
        callers.start()
        storm.blow()
        callers.wait()
        ended = drained(postgres)
        found = dict(postgres.rows(STATUSES))
        paths = Counter(path for path, _ in postgres.rows(PATHS))
    with capsys.disabled():
        print(summary(seed, storm, callers, witness, takeovers, found))
    assert not callers.given_up
    assert len(callers.accepted) == RUNS
    assert ended, f"not ended: {Counter(found.values())}"
    assert callers.accepted <= found.keys()
    # Also those whose caller was cut off before the answer.
    assert Counter(found.values()) == {"success": len(found)}
    assert paths == {"hook one mark two": len(found)}
    assert not witness.journaled_repeats
    assert not witness.out_of_order
    assert len(stub.calls) == 2 * len(found)
    slow = [kill for kill in takeovers.measured() if kill.open_runs or kill.slowest > TAKEOVER_SECONDS]
    assert not slow
    assert len(takeovers.measured()) >= 3, "too few runs were under way when something died to prove anything"


def summary(
    seed: int, storm: Storm, callers: Callers, witness: Witness, takeovers: Takeovers, found: dict[str, str]
) -> str:
    """What happened, for people."""
    measured = takeovers.measured()
    slowest = max((kill.slowest for kill in measured), default=0.0)
    held = sum(kill.held for kill in measured)
    lines = [
        f"\nchaos, seed {seed}: {len(callers.accepted)} runs answered, {len(found)} recorded",
        f"statuses: {dict(Counter(found.values()))}",
        f"faults: {dict(storm.counts)}",
        f"effects repeated with the same key: {witness.repeats()}, of them journaled: {len(witness.journaled_repeats)}",
        f"takeovers: {held} runs of {len(measured)} deaths, slowest {slowest:.1f} s",
    ]
    lines += [
        f"  {kill.name}: {kill.held} runs, {kill.slowest:.1f} s{' (a service was away)' if kill.disturbed else ''}"
        for kill in takeovers.kills
    ]
    return "\n".join(lines)
