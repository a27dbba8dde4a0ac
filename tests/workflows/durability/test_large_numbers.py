"""A hundred thousand runs that wait, fifty thousand that are queued: what a round of the sweep costs does not grow.

Run by ``make test-slow``; with ``-s`` it prints the figures of docs/performance.md.
"""

from __future__ import annotations

import copy
import statistics
import time
import tracemalloc
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.workflows.execution import batches
from apps.workflows.execution import sweep as sweeping
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.stale import take_stale
from apps.workflows.models import Execution, ExecutionPayload, NodeExecution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id
from tests.people import Person
from tests.workflows.execution.starts import queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
REST = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
WAITING, QUEUED, WAVES = 100_000, 50_000, 4
WHOLE = 200  # so many are carried out to their end; of the others only the row is there


@pytest.fixture
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The runs whose hint the sweep sent; nobody runs them."""
    ids: list[UUID] = []
    monkeypatch.setattr(sweeping, "send_hint", lambda execution_id, priority: ids.append(execution_id))
    return ids


def copies(source: Execution, count: int, **changes: Any) -> Iterator[Execution]:
    for _ in range(count):
        made = copy.copy(source)
        made._state = copy.copy(source._state)
        made.id = made.pk = new_id()
        for name, value in changes.items():
            setattr(made, name, value)
        yield made


def insert(rows: Iterator[Any], model: Any) -> None:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == 2_000:
            model.plain.bulk_create(chunk)
            chunk = []
    model.plain.bulk_create(chunk)


def with_data(source: Execution, made: Execution) -> None:
    """The journal and the trigger of a run for a copy of it."""
    known: dict[Any, UUID] = {}
    for model in (ExecutionPayload, NodeExecution):
        for row in model.plain.filter(execution_id=source.id):
            old, row.pk, row.execution_id = row.pk, new_id(), made.id
            known[old] = row.pk
            if isinstance(row, NodeExecution):
                row.payload_id = known.get(row.payload_id)
            row.save(force_insert=True)


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def round_cost() -> tuple[float, int]:
    """Seconds of a round of the sweep in the middle of several, and the most memory that one took, in bytes."""
    seconds = []
    for _ in range(7):
        began = time.perf_counter()
        sweeping.sweep()
        seconds.append(time.perf_counter() - began)
    tracemalloc.start()
    sweeping.sweep()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return statistics.median(seconds), peak


def plans_of_a_round() -> list[str]:
    """How the database finds what the sweep looks for."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        sweeping.sweep()
    prefix = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    plans = []
    for query in seen.captured_queries:
        if query["sql"].startswith("SELECT") and 'FROM "workflows_execution"' in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(prefix + query["sql"].replace("%", "%%"))
                plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return plans


def scans(plan: str) -> bool:
    """Whether every run is looked at, and not only those of a partial index."""
    whole = ("Seq Scan on workflows_execution", "workflows_execution_pkey", "SCAN workflows_execution")
    return any(word in plan for word in whole) and " execution_" not in plan


def test_a_hundred_thousand_waiting_runs(owner: Person, hinted: list[UUID], capsys: Any) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL, REST, fields("end", x="={{ $json.n }}"))), trigger_data={"n": 1})
    source = Execution.plain.get()
    assert source.resume_at is not None
    due: datetime = source.resume_at
    few = round_cost()
    for wave in range(WAVES):
        moment = due + timedelta(hours=wave)
        insert(copies(source, WAITING // WAVES - (WHOLE if wave == 0 else 0), resume_at=moment), Execution)
    whole = list(copies(source, WHOLE))
    Execution.plain.bulk_create(whole)
    for made in whole:
        with_data(source, made)
    analyze()
    many = round_cost()
    plans = plans_of_a_round()
    rounds, seconds = [], []
    for wave in range(WAVES):
        with time_machine.travel(due + timedelta(hours=wave, minutes=1)):
            count = 0
            while Execution.plain.filter(status="waiting", resume_at__lte=utc_now()).exists():
                began = time.perf_counter()
                sweeping.sweep()
                seconds.append(time.perf_counter() - began)
                count += 1
                assert count <= 10
            rounds.append(count)
    resumed = [execution_id for execution_id in set(hinted) if execution_id != source.id]
    ids = [made.id for made in whole]
    for at in range(0, WHOLE, 8):
        run_batch(ids[at : at + 8])
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: a round with 1 waiting run {few[0] * 1000:.1f} ms, {few[1] // 1024} KB; "
            f"with {WAITING} {many[0] * 1000:.1f} ms, {many[1] // 1024} KB; waves of {WAITING // WAVES} woken in "
            f"{rounds} rounds, {WAITING / sum(seconds):.0f} runs/s"
        )
    assert not [plan for plan in plans if scans(plan)]
    assert many[0] < 5 * few[0] + 0.02
    assert many[1] < few[1] + 512 * 1024
    assert len(resumed) == WAITING
    assert set(Execution.plain.filter(id__in=ids).values_list("status", flat=True)) == {"success"}


def test_fifty_thousand_queued_runs_do_not_slow_the_drain(
    owner: Person, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_PULLS", 0)  # the test takes them itself, and counts
    source = queued(owner, create(owner, chain(MANUAL, fields("end", x="={{ $json.n }}"))))
    Execution.plain.filter(id=source.id).update(hinted_at=utc_now() - timedelta(hours=2))
    source.refresh_from_db()
    trigger = ExecutionPayload.plain.get(kind="trigger")
    runs = list(copies(source, QUEUED))
    insert(iter(runs), Execution)
    insert(_triggers(trigger, runs), ExecutionPayload)
    analyze()
    drain(200)  # everything is loaded by now
    full = drain(1_500)
    plans = plans_of_stale()
    rest = list(Execution.plain.filter(status="queued").order_by("-id").values_list("id", flat=True)[:1_600])
    Execution.plain.filter(status="queued", id__lt=min(rest)).update(status="canceled")
    left = Execution.plain.filter(status="queued").count()
    emptied = drain(1_500)
    with capsys.disabled():
        print(f"\n{connection.vendor}: {QUEUED} queued: {full:.0f} runs/s; {left} queued: {emptied:.0f} runs/s")
    assert not [plan for plan in plans if scans(plan)]
    assert full > 0.6 * emptied


def _triggers(trigger: ExecutionPayload, runs: list[Execution]) -> Iterator[ExecutionPayload]:
    for run in runs:
        made = copy.copy(trigger)
        made._state = copy.copy(trigger._state)
        made.id = made.pk = new_id()
        made.execution_id = run.id
        yield made


def drain(count: int) -> float:
    """Runs a second of one process that takes what nobody came for, one batch after the other."""
    began = time.perf_counter()
    done = 0
    while done < count:
        ids = [execution_id for execution_id, _ in take_stale(8)]
        assert ids
        run_batch(ids)
        done += len(ids)
    return done / (time.perf_counter() - began)


def plans_of_stale() -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        take_stale(8)
    sql = seen.captured_queries[0]["sql"]
    prefix = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(prefix + sql.replace("%", "%%"))
        return ["\n".join(str(row[-1]) for row in cursor.fetchall())]
