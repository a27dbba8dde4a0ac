"""How many runs of a workflow are at work: exact under races, in order, and nobody is forgotten."""

from __future__ import annotations

import queue
import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from apps.workflows.execution.accept import RunQueued, begin_run
from apps.workflows.execution.claims import claim_runs
from apps.workflows.execution.concurrency import TooManyExecutions
from apps.workflows.execution.lanes import forget_old_lanes
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, Lane
from exprsn.kernel.clock import monotonic, utc_now
from tests.people import Person
from tests.workflows.execution.starts import change, die
from tests.workflows.limits.conftest import Hints
from tests.workflows.limits.limited import accept, call_of, claim, finish, live, status_of, told

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
RUNNING = "running"
WAIT = ("wait", "wait", {"resume": "duration", "amount": 1, "unit": "hours"})


def in_threads(count: int, act: object) -> None:
    """The same in many threads at once."""
    together = threading.Barrier(count)
    broken: list[Exception] = []

    def run() -> None:
        together.wait()
        try:
            act()  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 - it is raised again by whoever started the threads
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


def test_eight_workers_never_carry_out_more_than_the_limit_and_finish_all(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=3)
    executions = accept(owner, made, 16)
    seen: list[int] = []
    ended: queue.SimpleQueue[UUID] = queue.SimpleQueue()

    until = monotonic() + 30

    def work() -> None:
        while ended.qsize() < len(executions) and monotonic() < until:
            try:
                execution_id = UUID(sent.get(timeout=0.05))
            except queue.Empty:
                continue
            for execution, lease in claim_runs([execution_id]):
                seen.append(Execution.plain.filter(status=RUNNING).count())
                execute_held_run(execution, lease)
                ended.put(execution.id)

    in_threads(THREADS, work)
    assert {status_of(each) for each in executions} == {"success"}
    assert 1 <= max(seen) <= 3


def test_of_eight_calls_at_once_as_many_begin_as_there_are_places(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=3, on_limit="reject")
    begun, refused = [], []

    def call() -> None:
        try:
            begun.append(begin_run(call_of(owner, made)))
        except TooManyExecutions as error:
            refused.append(error)

    in_threads(THREADS, call)
    assert (len(begun), len(refused)) == (3, 5)
    assert list(Execution.plain.values_list("status", flat=True)) == [RUNNING] * 3
    for _, lease in begun:
        leases.release(lease)


def test_claims_of_the_same_lane_at_once_give_away_each_place_once(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=2)
    ids = [each.id for each in accept(owner, made, 2)]
    Lane.plain.update(limit=10)
    ids += [each.id for each in accept(owner, made, 8)]
    Execution.plain.update(hinted_at=utc_now())
    Lane.plain.update(limit=2)
    in_threads(THREADS, lambda: claim_runs(ids))
    assert Execution.plain.filter(status=RUNNING).count() == 2
    assert Execution.plain.filter(status="queued", hinted_at=None).count() == 8


def test_each_value_of_the_key_has_places_of_its_own(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1, concurrency_key="={{ $json.body.customer }}")
    begin_run(call_of(owner, made, {"customer": "a"}))
    begin_run(call_of(owner, made, {"customer": {"id": 1}}))
    with pytest.raises(RunQueued):
        begin_run(call_of(owner, made, {"customer": "a"}))
    begin_run(call_of(owner, made, {}))
    with pytest.raises(RunQueued):  # without a value they share one place
        begin_run(call_of(owner, made, {"customer": None}))
    assert Execution.plain.filter(status=RUNNING).count() == 3


def test_runs_over_the_limit_are_left_in_peace_and_begin_in_their_order(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1)
    first, second, third = accept(owner, made, 3)
    assert told(sent) == [first.id]
    (claimed,) = claim(third, second, first)
    assert claimed[0].id == first.id
    assert sweep() == 0
    assert told(sent) == []
    assert finish(claimed) == "success"
    assert told(sent) == [second.id]
    assert claim(third) == []
    (claimed,) = claim(second)
    assert finish(claimed) == "success"
    assert told(sent) == [third.id]


def test_a_killed_holder_frees_its_place_by_the_sweep_and_goes_on_first(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1)
    first, second = accept(owner, made, 2)
    claim(first)
    die(first)
    assert claim(second) == []
    told(sent)
    sweep()
    assert told(sent) == [first.id]
    assert claim(second) == []
    (again,) = claim(first)
    assert (again[0].id, again[0].fence) == (first.id, 3)


def test_a_holder_that_is_given_up_makes_room(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1)
    first, second = accept(owner, made, 2)
    claim(first)
    die(first, takeovers=10)
    told(sent)
    sweep()
    assert (status_of(first), told(sent)) == ("error", [second.id])


def test_a_place_that_nobody_told_of_is_found_by_the_sweep(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1)
    first, second = accept(owner, made, 2)
    claim(first)
    change(first, status="success", finished_at=utc_now())
    told(sent)
    sweep()
    assert told(sent) == [second.id]
    assert not Lane.plain.get().parked


def test_stopping_a_run_lets_the_next_begin(owner: Person, sent: Hints) -> None:
    made = live(owner, WAIT, max_concurrent_executions=1)
    first, second, third = accept(owner, made, 3)
    told(sent)
    assert owner.api.post(f"/api/v1/executions/{second.id}/stop/").status_code == 200
    (claimed,) = claim(first)
    assert finish(claimed) == "waiting"
    assert told(sent) == [third.id]


def test_a_waiting_run_keeps_its_place_only_where_one_run_is_to_be_alone(owner: Person, sent: Hints) -> None:
    made = live(owner, WAIT, single_run=True)
    first, second = accept(owner, made, 2)
    (claimed,) = claim(first)
    assert finish(claimed) == "waiting"
    told(sent)
    sweep()
    assert told(sent) == []
    assert claim(second) == []
    change(first, resume_at=utc_now() - timedelta(seconds=1))
    sweep()
    (claimed,) = claim(second, first)
    assert claimed[0].id == first.id
    assert finish(claimed) == "success"
    assert told(sent)[-1] == second.id


def test_a_workflow_that_calls_itself_does_not_wait_for_itself(owner: Person, sent: Hints) -> None:
    made = live(owner, single_run=True)
    (first,) = accept(owner, made, 1)
    claim(first)
    (inner,) = accept(owner, made, 1, parent_id=first.id, awaited=True)
    (other,) = accept(owner, made, 1, parent_id=first.id)
    assert (inner.lane, other.lane) == (None, first.lane)
    assert [each.id for each, _ in claim(inner, other)] == [inner.id]


def test_the_newest_run_takes_the_place_of_the_oldest(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1, on_limit="cancel_oldest")
    execution, lease = begin_run(call_of(owner, made))
    (second,) = accept(owner, made, 1)
    assert lease.canceled.is_set()
    (third,) = accept(owner, made, 1)
    told(sent)
    assert finish((execution, lease)) == "canceled"
    assert told(sent) == [third.id]
    # The one in the middle ends without waiting for a place.
    assert finish(claim(second)[0]) == "canceled"
    assert finish(claim(third)[0]) == "success"


def test_a_changed_limit_counts_from_the_next_run_on(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1)
    first, second = accept(owner, made, 2)
    definition = owner.api.get(f"/api/v1/workflows/{made['id']}/").json()["definition"]
    definition["settings"]["max_concurrent_executions"] = 3
    changed = owner.api.put(
        f"/api/v1/workflows/{made['id']}/", {"definition": definition}, format="json", headers={"If-Match": "*"}
    )
    assert changed.status_code == 200
    assert owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json").status_code == 200
    (third,) = accept(owner, made, 1)
    assert len(claim(first, second, third)) == 3


def test_old_lanes_are_forgotten_unless_somebody_stands_in_them(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1, concurrency_key="={{ $json.body.n }}")
    first, _ = accept(owner, made, 2)
    change(first, status="success", finished_at=utc_now())
    Lane.plain.update(touched_at=utc_now() - timedelta(days=2))
    assert forget_old_lanes() == 1
    assert Lane.plain.get().id != first.lane
    assert forget_old_lanes() == 0
