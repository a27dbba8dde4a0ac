"""Points of the recipe that only show when something is away or stops at the wrong moment."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import DatabaseError
from kombu.exceptions import OperationalError

from apps.workflows.execution import batches, worker_sweep
from apps.workflows.execution import sweep as sweeping
from apps.workflows.execution.accept import begin_run
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.hints import hints
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import _Runner, execute_held_run
from apps.workflows.execution.stale import take_stale
from apps.workflows.execution.sweep import sweep
from apps.workflows.execution.worker_sweep import WorkerSweep
from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel.clock import monotonic, utc_now
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.durability.effects import effect
from tests.workflows.execution.starts import begun, change, die, queued, run_by_hand, start_of
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_broker_that_is_away_costs_no_request_and_the_sweep_starts_the_run(
    owner: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_live(owner, chain(hook("orders", response_mode="immediately"), fields("end", x="1")))

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr("celery.canvas.Signature.apply_async", away)
        current_app.conf.task_always_eager = False
        try:
            answer = owner.client.post("/webhook/orders", b"{}", content_type="application/json")
            hints.stop()
        finally:
            current_app.conf.task_always_eager = True
    assert answer.status_code == 202
    execution = Execution.plain.get()
    assert (execution.status, str(execution.id)) == ("queued", answer.json()["execution_id"])
    change(execution, hinted_at=utc_now() - timedelta(seconds=20))
    assert sweep() == 1
    execution.refresh_from_db()
    assert execution.status == "success"


def test_what_was_lost_with_the_broker_is_taken_by_a_worker_that_is_awake(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create(owner, chain(MANUAL))
    lost = [queued(owner, made, hinted_at=utc_now() - timedelta(minutes=1)) for _ in range(3)]
    young = queued(owner, made, hinted_at=utc_now())
    monkeypatch.setattr(batches, "_pulls", batches._Pulls())
    run_batch([])
    statuses = dict(Execution.plain.values_list("id", "status"))
    assert {statuses[run.id] for run in lost} == {"success"}
    assert statuses[young.id] == "queued"


def test_what_was_begun_goes_on_before_what_nobody_has_begun(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = create(owner, chain(MANUAL))
    execution, lease = begun(owner, made)
    leases.release(lease)
    die(execution)
    other = queued(owner, made, hinted_at=utc_now() - timedelta(minutes=1))
    sent: dict[Any, str] = {}
    monkeypatch.setattr(sweeping, "send_hint", lambda execution_id, priority: sent.update({execution_id: priority}))
    assert sweep() == 2
    assert sent == {execution.id: "critical", other.id: "normal"}


def test_of_two_who_look_for_lost_runs_each_gets_others(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    runs = {queued(owner, made, hinted_at=utc_now() - timedelta(minutes=1)).id for _ in range(5)}
    taken = [execution_id for _ in range(3) for execution_id, _ in take_stale(2)]
    assert (set(taken), len(taken), take_stale(2)) == (runs, 5, [])


def test_the_deadline_counts_from_before_the_row_is_written(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = create(owner, chain(MANUAL))
    written = leases.hold
    seen: list[float] = []

    def hold(execution_id: Any, fence: int, started: float) -> Any:
        seen.append(started)
        return written(execution_id, fence, started)

    monkeypatch.setattr(leases, "hold", hold)
    before = monotonic()
    execution, lease = begin_run(start_of(owner, made))
    assert execution.lease_until is not None
    assert before <= seen[0] <= monotonic()
    # Others take it over when the row says so; by then this process must have stopped by itself.
    assert lease.deadline - monotonic() <= (execution.lease_until - utc_now()).total_seconds() + 0.001
    leases.release(lease)


def test_a_lease_that_ends_between_the_step_and_the_socket_lets_nothing_leave(
    owner: Person, stub: CountingStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, effect(stub, "pay"))))
    before = _Runner._before_effect

    def stopped_here(self: Any, call: Any) -> None:
        before(self, call)
        change(execution, fence=9, owner="another")  # as if this process had been stopped past its lease
        lease.deadline = 0.0

    monkeypatch.setattr(_Runner, "_before_effect", stopped_here)
    assert execute_held_run(execution, lease).handed_over
    assert not stub.calls
    assert not NodeExecution.plain.exists()


def test_the_key_of_a_call_is_there_for_expressions_too(owner: Person) -> None:
    two = fields(
        "end", plain="={{ $execution.idempotencyKey }}", script="={{ (() => { return $execution.idempotencyKey })() }}"
    )
    found = run_by_hand(owner, create(owner, chain(MANUAL, two)), trigger_data=[{"n": 1}, {"n": 2}])
    keys = [f"{found['id']}:end:0:{item}" for item in (0, 1)]
    output = owner.api.get(f"/api/v1/executions/{found['id']}/").json()["output"]
    assert [item["json"] for item in output] == [{"plain": key, "script": key} for key in keys]


def test_every_worker_sweeps_and_outlives_what_goes_wrong(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPRSN_SWEEP_SECONDS = 0.001
    rounds: list[int] = []
    enough = threading.Event()

    def swept() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise DatabaseError("away")
        if len(rounds) == 2:
            raise ValueError("a row that nobody expected")
        enough.set()
        return 0

    monkeypatch.setattr(worker_sweep, "sweep", swept)
    step = WorkerSweep(object())
    assert step.include_if(object())
    step.start(object())
    assert enough.wait(20)
    step.terminate(object())
    step.stop(object())
    settings.EXPRSN_EMBEDDED_WORKER = True
    assert not step.include_if(object())
