"""Paused runs: nobody works on them, nothing is lost, and they go on where they were."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import AuditEvent
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel.clock import utc_now
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.durability.effects import effect, post
from tests.workflows.execution.starts import begun, change, claim_run, die, queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
REST = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
END = fields("end", x="={{ $json.n }}")


def status_of(execution: Execution) -> str:
    execution.refresh_from_db()
    return execution.status


def test_a_queued_run_pauses_at_once_and_goes_on(owner: Person) -> None:
    execution = queued(owner, create(owner, chain(MANUAL, END)), hinted_at=utc_now() - timedelta(minutes=1))
    answer = post(owner, execution, "pause")
    assert (answer.status_code, answer.json()["execution"]["status"]) == (200, "paused")
    assert answer.json()["execution"]["pause"]["reason"] == "person"
    assert (claim_run(execution.id), sweep()) == (None, 0)
    resumed = post(owner, execution, "resume")
    assert (resumed.status_code, resumed.json()["execution"]["pause"]) == (200, None)
    assert status_of(execution) == "success"
    verbs = set(AuditEvent.plain.filter(object_id=str(execution.id)).values_list("verb", flat=True))
    assert verbs == {"execution.paused", "execution.resumed"}


def test_a_running_run_pauses_after_its_step_and_does_the_rest_later(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, effect(stub, "one"), effect(stub, "two"), END))
    execution, lease = begun(owner, made)

    def ask(key: str, times: int) -> None:
        if ":one:" in key:
            lease.pausing.set()

    answer = post(owner, execution, "pause").json()["execution"]
    assert (answer["status"], answer["pause_requested"], lease.pausing.is_set()) == ("running", True, True)
    lease.pausing.clear()  # as if it were asked for in the middle of the first step
    stub.on_call = ask
    assert execute_held_run(execution, lease).handed_over
    execution.refresh_from_db()
    assert (execution.status, execution.owner, execution.pause_requested) == ("paused", "", False)
    assert list(NodeExecution.plain.order_by("execution_order").values_list("node_id", flat=True)) == ["start", "one"]
    assert post(owner, execution, "resume").status_code == 200
    assert (status_of(execution), sorted(stub.calls.values())) == ("success", [1, 1])


def test_the_lease_tells_another_process_of_a_pause_and_of_its_end(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, END)))
    for wanted in (True, False):
        Execution.plain.filter(id=execution.id).update(pause_requested=wanted)
        leases.renew()
        assert lease.pausing.is_set() is wanted
    leases.release(lease)


def test_a_pause_that_was_not_reached_is_taken_back(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, END)))
    post(owner, execution, "pause")
    answer = post(owner, execution, "resume").json()["execution"]
    assert (answer["status"], answer["pause_requested"], answer["pause"]) == ("running", False, None)
    assert not lease.pausing.is_set()
    execute_held_run(execution, lease)
    assert status_of(execution) == "success"


def test_a_pause_whose_process_died_or_put_the_run_down_is_carried_out(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL, END)))
    post(owner, execution, "pause")
    leases.release(lease)
    die(execution)
    sweep()
    assert status_of(execution) == "paused"
    late = queued(owner, create(owner, chain(MANUAL, END), "Late"), hinted_at=utc_now(), pause_requested=True)
    sweep()
    assert (status_of(late), late.paused_from, late.pause_requested) == ("paused", "queued", False)


def test_a_run_that_ends_before_its_pause_tells_of_none(owner: Person) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    Execution.plain.filter(id=execution.id).update(pause_requested=True, pause={"reason": "person"})
    execute_held_run(execution, lease)
    found = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
    assert (found["status"], found["pause"]) == ("success", None)


def test_a_waiting_run_keeps_its_moment(owner: Person) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL, REST, END)), trigger_data={"n": 5})
    execution = Execution.plain.get()
    due = execution.resume_at
    assert due is not None
    post(owner, execution, "pause")
    with time_machine.travel(due + timedelta(hours=1)):
        assert (sweep(), status_of(execution)) == (0, "paused")
    assert post(owner, execution, "resume").json()["execution"]["status"] == "waiting"
    execution.refresh_from_db()
    assert (execution.resume_at, sweep()) == (due, 0)
    post(owner, execution, "pause")
    with time_machine.travel(due + timedelta(hours=1)):
        post(owner, execution, "resume")
    assert status_of(execution) == "success"


def test_what_a_paused_run_waits_for_may_end_meanwhile(owner: Person) -> None:
    callee = go_live(owner, chain(("called", "execute_workflow_trigger", {}), REST, fields("told", y="done")), "Callee")
    call = ("call", "execute_workflow", {"workflow": callee["id"], "wait": True})
    made = create(owner, chain(MANUAL, call, fields("end", z="={{ $json.y }}")), "Caller")
    owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {}, format="json")
    caller = Execution.plain.get(parent=None)
    called = Execution.plain.exclude(parent=None).get()
    assert (caller.status, called.status) == ("waiting", "waiting")
    post(owner, caller, "pause")
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        sweep()
        assert (status_of(called), status_of(caller)) == ("success", "paused")
    post(owner, caller, "resume")
    assert status_of(caller) == "success"
    assert owner.api.get(f"/api/v1/executions/{caller.id}/").json()["output"][0]["json"] == {"z": "done"}


def test_resumed_too_early_it_waits_on(owner: Person) -> None:
    callee = go_live(owner, chain(("called", "execute_workflow_trigger", {}), REST), "Callee")
    made = create(
        owner, chain(MANUAL, ("call", "execute_workflow", {"workflow": callee["id"], "wait": True})), "Caller"
    )
    owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {}, format="json")
    caller = Execution.plain.get(parent=None)
    post(owner, caller, "pause")
    post(owner, caller, "resume")
    assert status_of(caller) == "waiting"


def test_a_paused_run_can_be_stopped_with_what_it_waits_for(owner: Person) -> None:
    callee = go_live(owner, chain(("called", "execute_workflow_trigger", {}), REST), "Callee")
    made = create(
        owner, chain(MANUAL, ("call", "execute_workflow", {"workflow": callee["id"], "wait": True})), "Caller"
    )
    owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {}, format="json")
    caller = Execution.plain.get(parent=None)
    post(owner, caller, "pause")
    assert post(owner, caller, "stop").json()["execution"]["status"] == "canceled"
    assert set(Execution.plain.values_list("status", flat=True)) == {"canceled"}


def test_paused_time_is_none_of_the_time_limit(owner: Person) -> None:
    made = create(owner, chain(MANUAL, END, settings={"timeout_seconds": 60}))
    runs = [queued(owner, made, started_at=utc_now() - timedelta(minutes=10)) for _ in range(2)]
    post(owner, runs[0], "pause")
    change(runs[0], paused_at=utc_now() - timedelta(seconds=590))
    for execution in runs:
        change(execution, hinted_at=utc_now() - timedelta(minutes=1))
    post(owner, runs[0], "resume")
    sweep()
    assert [status_of(execution) for execution in runs] == ["success", "error"]


def test_what_cannot_be_paused_or_resumed_says_so(owner: Person) -> None:
    done = run_by_hand(owner, create(owner, chain(MANUAL)))["id"]
    waiting = queued(owner, create(owner, chain(MANUAL), "Other"), hinted_at=utc_now())
    assert post(owner, done, "pause").json()["code"] == "execution_not_pausable"
    assert post(owner, waiting, "resume").json()["code"] == "execution_not_paused"
    post(owner, waiting, "pause")
    assert (post(owner, waiting, "pause").status_code, post(owner, waiting, "pause").json()["code"]) == (
        409, "execution_not_pausable",
    )  # fmt: skip
    odd = post(owner, waiting, "resume", {"decision": "done"})
    assert (odd.status_code, odd.json()["code"]) == (422, "nothing_in_doubt")
    assert post(owner, waiting, "resume", {"decision": "maybe"}).status_code == 422


def test_permissions(owner: Person, mate: Person, stranger: Person) -> None:
    execution = queued(owner, create(owner, chain(MANUAL)), hinted_at=utc_now())
    for verb in ("pause", "resume"):
        assert [post(person, execution, verb).status_code for person in (mate, stranger)] == [403, 404]
    assert status_of(execution) == "queued"


def test_a_webhook_whose_run_is_paused_is_answered_when_it_goes_on(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_WAIT_SECONDS = 0.1
    go_live(owner, chain(hook("held"), REST, fields("end", x="1")))
    answer = owner.client.post("/webhook/held", b"{}", content_type="application/json")
    assert answer.status_code == 504
    execution = Execution.plain.get()
    post(owner, execution, "pause")
    assert status_of(execution) == "paused"
