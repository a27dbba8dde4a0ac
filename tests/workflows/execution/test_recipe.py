"""The recipe of durable runs, fault by fault: leases, fences, take-over, hints, waits, stops, slices."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import DatabaseError, connection

from apps.workflows.execution import runner
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.leases import LeaseLost, leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.execution.writer import Write, history, perform
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution, Schedule
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.execution.starts import begun, change, claim_run, die, queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
REST = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})


def effect(url: str, name: str) -> tuple[str, str, dict[str, Any]]:
    return name, "http_request", {"method": "POST", "url": f"{url}/{name}", "idempotency_header": True}


@pytest.fixture
def stub(settings: Any) -> Any:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as made:
        yield made


def test_a_lease_lost_in_the_middle_stops_before_the_next_effect(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, effect(stub.url, "one"), effect(stub.url, "two")))
    execution, lease = begun(owner, made)
    after = runner._Runner._after

    def stolen(self: Any, graph: Any, run: Any, call: Any, entry: Any) -> bool:
        goes_on = after(self, graph, run, call, entry)
        if entry.node_id == "one":
            change(execution, fence=8, owner="another")
            lease.deadline = 0.0
        return goes_on

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runner._Runner, "_after", stolen)
        outcome = execute_held_run(execution, lease)
    assert outcome.handed_over
    assert dict(stub.calls) == {f"{execution.id}:one:0:0": 1}
    kept = Execution.plain.get()
    assert (kept.status, kept.fence, kept.owner) == ("running", 8, "another")
    assert set(NodeExecution.plain.values_list("node_id", flat=True)) == {"start", "one"}


def test_who_takes_over_does_what_is_left_and_the_former_owner_writes_nothing(
    owner: Person, stub: CountingStub
) -> None:
    made = create(owner, chain(MANUAL, effect(stub.url, "one"), effect(stub.url, "two")))
    execution, lease = begun(owner, made)
    execute_held_run(execution, lease, slice_seconds=0.0)
    die(execution)
    assert sweep() == 1
    execution.refresh_from_db()
    assert execution.status == "success"
    assert sorted(stub.calls.values()) == [1, 1]
    orders = list(NodeExecution.plain.order_by("execution_order").values_list("execution_order", flat=True))
    assert orders == [0, 1, 2]
    before = (ExecutionPayload.plain.count(), Execution.plain.get().updated_at)
    lease.lost = False
    lease.deadline = float("inf")
    assert execute_held_run(Execution.plain.get(), lease).handed_over
    assert (ExecutionPayload.plain.count(), Execution.plain.get().updated_at) == before


def test_every_take_over_raises_the_fence(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, REST)))
    leases.release(lease)
    fences = [execution.fence]
    for _ in range(3):
        die(execution)
        sweep()
        execution.refresh_from_db()
        fences.append(execution.fence)
    assert fences == sorted(set(fences))


def test_a_living_lease_is_left_alone(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    assert sweep() == 0
    execution.refresh_from_db()
    assert (execution.status, execution.fence, execution.owner) == ("running", 1, leases.owner)
    leases.release(lease)


def test_a_young_hint_is_not_repeated_and_a_lost_one_is(owner: Person) -> None:
    execution = queued(owner, create(owner, chain(MANUAL)), hinted_at=utc_now())
    assert sweep() == 0
    change(execution, hinted_at=utc_now() - timedelta(seconds=20))
    assert sweep() == 1
    execution.refresh_from_db()
    assert (execution.status, execution.fence) == ("success", 1)


def test_a_hint_for_a_run_that_is_done_or_gone_does_nothing(owner: Person) -> None:
    found = run_by_hand(owner, create(owner, chain(MANUAL)))
    run_batch([UUID(found["id"]), new_id()])
    assert Execution.plain.get().fence == 1


def test_of_many_claims_at_once_one_wins(owner: Person) -> None:
    execution = queued(owner, create(owner, chain(MANUAL)))
    won: list[Any] = []
    barrier = threading.Barrier(4)

    def claim() -> None:
        try:
            barrier.wait()
            won.append(claim_run(execution.id))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    held = [claimed for claimed in won if claimed is not None]
    assert (len(won), len(held), held[0][0].fence) == (4, 1, 1)
    leases.release(held[0][1])


def test_a_run_that_rests_goes_on_once_and_not_too_early(owner: Person) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL, REST, fields("after", x="={{ $json.n }}"))), trigger_data={"n": 4})
    execution = Execution.plain.get()
    assert (execution.status, execution.owner, execution.lease_until) == ("waiting", "", None)
    assert execution.resume_at is not None
    with time_machine.travel(execution.resume_at - timedelta(seconds=2)):
        assert sweep() == 0
    with time_machine.travel(execution.resume_at + timedelta(seconds=1)):
        assert [sweep(), sweep()] == [1, 0]
    execution.refresh_from_db()
    assert (execution.status, execution.resume_at) == ("success", None)
    assert NodeExecution.plain.filter(node_id="after").count() == 1


def test_a_resting_run_whose_new_owner_dies_rests_no_second_time(owner: Person) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL, REST, fields("after", x="1"))))
    execution = Execution.plain.get()
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        change(execution, status="queued", resume_at=None)
        assert claim_run(execution.id) is not None
        die(execution)
        sweep()
        execution.refresh_from_db()
        assert execution.status == "success"


def test_a_run_is_stopped_between_two_nodes_and_keeps_what_it_did(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, fields("a", x="1"), fields("b", x="2"))))
    lease.canceled.set()
    outcome = execute_held_run(execution, lease)
    kept = Execution.plain.get()
    assert (outcome.status, kept.status, kept.owner, kept.lease_until) == ("canceled", "canceled", "", None)
    assert kept.finished_at is not None


def test_a_stop_asked_elsewhere_arrives_with_the_heartbeat(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    change(execution, cancel_requested=True)
    assert not lease.canceled.is_set()
    leases.renew()
    assert lease.canceled.is_set()
    assert execute_held_run(execution, lease).status == "canceled"


def test_a_run_that_does_not_stop_is_taken_away_and_cannot_finish_any_more(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    owner.api.post(f"/api/v1/executions/{execution.id}/stop/")
    sweep()
    assert Execution.plain.get().status == "running"
    with time_machine.travel(utc_now() + timedelta(seconds=40)):
        change(execution, lease_until=utc_now() + timedelta(minutes=5))
        sweep()
    kept = Execution.plain.get()
    assert (kept.status, kept.fence, kept.owner) == ("canceled", 2, "")
    lease.canceled.clear()
    assert execute_held_run(execution, lease).handed_over
    assert Execution.plain.get().status == "canceled"
    assert not NodeExecution.plain.exists()


def test_a_synchronous_run_is_handed_over_after_its_slice(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_SLICE_SECONDS = 0.000001
    steps = [fields(f"s{number}", n="={{ $json.n }}") for number in range(6)]
    found = run_by_hand(owner, create(owner, chain(MANUAL, *steps)), trigger_data={"n": "7"})
    assert (found["status"], found["nodes_executed"]) == ("success", 7)
    execution = Execution.plain.get()
    assert (execution.fence, execution.journal_length) == (2, 7)
    assert list(NodeExecution.plain.order_by("execution_order").values_list("run_index", flat=True)) == [0] * 7


def test_a_database_that_is_away_leaves_the_run_to_the_sweep(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    with pytest.MonkeyPatch.context() as patched:

        def away(*_: Any, **__: Any) -> bool:
            raise DatabaseError("away")

        patched.setattr(history, "write", away)
        with pytest.raises(DatabaseError):
            execute_held_run(execution, lease)
    assert Execution.plain.get().status == "running"
    die(execution)
    sweep()
    assert Execution.plain.get().status == "success"


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00+00:00"),
        ("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00+00:00"),
        ("America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T13:00:00+00:00"),
        ("Asia/Kolkata", "2026-06-01T00:00:00Z", "2026-06-01T03:30:00+00:00"),
        ("UTC", "2026-06-01T09:00:00Z", "2026-06-02T09:00:00+00:00"),
    ],
)
def test_a_schedule_is_due_by_the_clock_of_its_zone(owner: Person, zone: str, now: str, due: str) -> None:
    daily = ("tick", "schedule", {"rules": [{"unit": "cron", "expression": "0 9 * * *"}], "timezone": zone})
    with time_machine.travel(now, tick=False):
        go_live(owner, chain(daily, fields("a", x="1")))
    moment = Schedule.plain.get().next_run_at
    assert moment is not None
    assert moment.isoformat() == due


def test_moments_missed_while_nothing_ran_are_one_run(owner: Person) -> None:
    go_live(owner, chain(("tick", "schedule", {"rules": [{"unit": "hours", "interval": 1}]}), fields("a", x="1")))
    with time_machine.travel(utc_now() + timedelta(hours=50)):
        assert [sweep(), sweep()] == [1, 0]
        following = Schedule.plain.get().next_run_at
        assert following is not None
        assert following > utc_now()
    assert Execution.plain.count() == 1


def test_a_paused_workflow_has_no_schedule(owner: Person) -> None:
    made = go_live(owner, chain(("tick", "schedule", {"rules": [{"unit": "hours", "interval": 1}]})))
    owner.api.post(f"/api/v1/workflows/{made['id']}/deactivate/")
    with time_machine.travel(utc_now() + timedelta(hours=5)):
        assert sweep() == 0
    assert not Execution.plain.exists()


def line(execution: Execution, message: str, **more: Any) -> ExecutionLog:
    return ExecutionLog(
        id=new_id(),
        organization_id=execution.organization_id,
        execution_id=execution.id,
        timestamp=utc_now(),
        level="info",
        message=message,
        **more,
    )


def test_one_bad_row_does_not_fail_its_neighbours(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    before, bad = line(execution, "before"), line(execution, "twin")
    bad.id = before.id
    is_held, gate = threading.Event(), threading.Event()

    def wait() -> bool:
        is_held.set()
        return gate.wait(10)

    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(history.write, [before], wait)  # holds the others up, so that these become one batch
        assert is_held.wait(10)
        good = [pool.submit(history.write, [line(execution, message)]) for message in ("second", "third")]
        failing = pool.submit(history.write, [bad, line(execution, "beside the bad one")])
        refused = pool.submit(history.write, [line(execution, "not ours")], lambda: False)
        faulty = pool.submit(history.write, [line(execution, "lost")], _lost)
        time.sleep(0.1)
        gate.set()
    assert [future.result(20) for future in (first, *good)] == [True] * 3
    assert refused.result(20) is False
    assert isinstance(failing.exception(20), DatabaseError)
    assert isinstance(faulty.exception(20), LeaseLost)
    kept = set(ExecutionLog.plain.values_list("message", flat=True))
    assert kept == {"before", "second", "third"}
    leases.release(lease)


def _lost() -> bool:
    raise LeaseLost


def test_many_threads_write_and_each_is_told_of_its_own(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))

    def write(number: int) -> bool:
        return history.write([line(execution, str(number))], lambda: number % 7 != 0, alone=number % 11 == 0)

    with ThreadPoolExecutor(24) as pool:
        told = list(pool.map(write, range(300)))
    assert told == [number % 7 != 0 for number in range(300)]
    kept = sorted(int(message) for message in ExecutionLog.plain.values_list("message", flat=True))
    assert kept == [number for number in range(300) if number % 7]
    leases.release(lease)


def test_a_guard_that_fails_by_itself_is_told_to_its_caller_only(owner: Person) -> None:
    with pytest.raises(LeaseLost):
        history.write([], _lost)
    assert history.write([], lambda: True)
    assert perform([Write([]), Write([], lambda: False)]) == [True, False]


def test_a_webhook_answer_is_there_after_a_take_over(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_SLICE_SECONDS = 0.0
    go_live(owner, chain(hook("late"), fields("a", x="1"), fields("b", y="={{ $json.x }}")))
    answer = owner.client.post("/webhook/late", b"{}", content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"y": "1"})
