"""Leases, fences, waits, schedules: what happens when nobody is looking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.workflows.constants import TriggerMode
from apps.workflows.execution.accept import Start, begin_run
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, NodeExecution, Schedule, Workflow
from exprsn.kernel.clock import utc_now
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.execution.starts import claim_run
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = "somebody-who-died"


def start_of(person: Person, made: dict[str, Any], node: str = "start") -> Start:
    workflow = Workflow.plain.get(id=made["id"])
    assert workflow.current_id is not None
    return Start(
        person.organization.id, workflow.id, workflow.current_id, TriggerMode.MANUAL, node, [{"json": {"n": 1}}]
    )


def post_to(url: str, name: str) -> tuple[str, str, dict[str, Any]]:
    return name, "http_request", {"method": "POST", "url": f"{url}/{name}", "idempotency_header": True}


def die(execution: Execution) -> None:
    """As if the process that owned the run had been killed."""
    Execution.plain.filter(id=execution.id).update(owner=NOBODY, lease_until=utc_now() - timedelta(seconds=1))


def test_a_run_of_a_dead_process_is_taken_over(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="={{ $json.n }}")))
    execution, lease = begin_run(start_of(owner, made))
    leases.release(lease)
    die(execution)
    assert sweep() == 1
    execution.refresh_from_db()
    assert (execution.status, execution.fence) == ("success", 3)


def test_a_side_effect_that_was_journaled_is_not_done_again(owner: Person, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as stub:
        made = create(owner, chain(MANUAL, post_to(stub.url, "one"), post_to(stub.url, "two")))
        execution, lease = begin_run(start_of(owner, made))
        execute_held_run(execution, lease, slice_seconds=0.000001)
        Execution.plain.filter(id=execution.id, status="queued").update(status="running", owner=NOBODY)
        die(execution)
        for _ in range(5):
            sweep()
        execution.refresh_from_db()
        assert execution.status == "success"
        assert dict(stub.calls) == {f"{execution.id}:{name}:0:0": 1 for name in ("one", "two")}


def test_a_zombie_cannot_write(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    execution, lease = begin_run(start_of(owner, made))
    Execution.plain.filter(id=execution.id).update(fence=7, owner="another")
    outcome = execute_held_run(execution, lease)
    assert outcome.handed_over
    assert not NodeExecution.plain.exists()
    assert Execution.plain.get().fence == 7


def test_a_zombie_does_no_side_effect(owner: Person, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as stub:
        made = create(owner, chain(MANUAL, post_to(stub.url, "one")))
        execution, lease = begin_run(start_of(owner, made))
        lease.deadline = 0.0
        Execution.plain.filter(id=execution.id).update(fence=7, owner="another")
        execute_held_run(execution, lease)
        assert not stub.calls


def test_only_one_claims_a_run(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    execution, lease = begin_run(start_of(owner, made))
    assert claim_run(execution.id) is None
    leases.release(lease)
    assert claim_run(execution.id) is None


def test_renewing_keeps_what_is_ours_and_notices_what_is_not(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    kept, lease = begin_run(start_of(owner, made))
    lost, lost_lease = begin_run(start_of(owner, made))
    Execution.plain.filter(id=lost.id).update(fence=9)
    Execution.plain.filter(id=kept.id).update(cancel_requested=True)
    lease.deadline = 0.0
    leases.renew()
    assert lease.is_safe()
    assert lease.canceled.is_set()
    assert lost_lease.lost
    for held in (lease, lost_lease):
        leases.release(held)


def test_a_wait_holds_nobody_and_goes_on_when_its_time_has_come(owner: Person) -> None:
    wait = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    made = create(owner, chain(MANUAL, wait, fields("after", x="={{ $json.n }}")))
    path = f"/api/v1/workflows/{made['id']}/execute/"
    owner.api.post(path, {"trigger_data": {"n": 5}, "wait": True}, format="json")
    assert Execution.plain.get().status == "waiting"
    assert sweep() == 0
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        sweep()
    execution = Execution.plain.get()
    assert execution.status == "success"
    assert list(NodeExecution.plain.order_by("execution_order").values_list("status", flat=True)) == ["success"] * 3
    detail = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
    assert detail["output"][0]["json"] == {"x": "5"}


def test_a_waiting_run_is_stopped_at_once(owner: Person) -> None:
    wait = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    made = create(owner, chain(MANUAL, wait))
    owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {"wait": True}, format="json")
    execution = Execution.plain.get()
    assert owner.api.post(f"/api/v1/executions/{execution.id}/stop/").json()["execution"]["status"] == "canceled"
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        assert sweep() == 0


def test_a_running_run_that_does_not_stop_is_taken_away(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    execution, lease = begin_run(start_of(owner, made))
    answer = owner.api.post(f"/api/v1/executions/{execution.id}/stop/").json()["execution"]
    assert answer["status"] == "running"
    assert lease.canceled.is_set()
    with time_machine.travel(utc_now() + timedelta(minutes=2)):
        Execution.plain.filter(id=execution.id).update(lease_until=utc_now() + timedelta(minutes=9))
        sweep()
    assert Execution.plain.get().status == "canceled"
    leases.release(lease)


def test_a_lost_hint_is_repeated(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    execution, lease = begin_run(start_of(owner, made))
    leases.release(lease)
    Execution.plain.filter(id=execution.id).update(
        status="queued", fence=0, owner="", hinted_at=utc_now() - timedelta(minutes=1)
    )
    assert sweep() == 1
    assert Execution.plain.get().status == "success"


def test_a_due_schedule_starts_its_workflow_exactly_once(owner: Person) -> None:
    every_hour = ("tick", "schedule", {"rules": [{"unit": "hours", "interval": 1}]})
    go_live(owner, chain(every_hour, fields("a", x="={{ $json.trigger_type }}")))
    due = Schedule.plain.get().next_run_at
    assert due is not None
    assert owner.api.get("/api/v1/schedules/").json()["items"][0]["next_run_at"] is not None
    with time_machine.travel(due + timedelta(seconds=1)):
        assert [sweep(), sweep()] == [1, 0]
    execution = Execution.plain.get()
    assert (execution.status, execution.trigger_mode) == ("success", "schedule")
    after = Schedule.plain.get().next_run_at
    assert after is not None
    assert after > due


def test_a_webhook_that_waits_is_answered_by_whoever_finishes_it(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_SLICE_SECONDS = 0.000001
    respond = ("r", "respond_to_webhook", {"respond_with": "text", "text_body": "late but here"})
    go_live(owner, chain(hook("late", response_mode="respond_node"), fields("a", x="1"), respond))
    answer = Client().post("/webhook/late", b"{}", content_type="application/json")
    assert (answer.status_code, answer.content) == (200, b"late but here")


def test_a_webhook_whose_run_takes_too_long_says_so(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_WAIT_SECONDS = 0.1
    wait = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    go_live(owner, chain(hook("slow"), wait))
    answer = Client().post("/webhook/slow", b"{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (504, "execution_not_finished")


def test_a_workflow_that_takes_too_long_fails(owner: Person) -> None:
    definition = chain(MANUAL, fields("a", x="1"), settings={"timeout_seconds": 0.0000001})
    made = create(owner, definition)
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {"wait": True}, format="json").json()
    assert answer["execution"]["error"]["kind"] == "execution_timeout"


def test_code_runs_in_the_sandbox_and_logs(owner: Person) -> None:
    code = "console.log('seen', items.length); return items.map(i => ({ json: { n: i.json.n + 1 } }))"
    made = create(owner, chain(MANUAL, ("js", "code", {"language": "javascript", "mode": "all_items", "code": code})))
    body = {"trigger_data": {"n": 1}, "wait": True}
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", body, format="json").json()["execution"]
    assert owner.api.get(f"/api/v1/executions/{answer['id']}/").json()["output"][0]["json"] == {"n": 2}
    logs = owner.api.get(f"/api/v1/executions/{answer['id']}/logs/").json()["items"]
    assert [line["message"] for line in logs] == ["seen 1"]


def test_private_addresses_are_refused(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("call", "http_request", {"url": "http://169.254.169.254/latest/meta-data"})))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {"wait": True}, format="json").json()
    assert answer["execution"]["error"]["kind"] == "outgoing_request_blocked"
