"""Waits for a call: the address, who may call, what goes on, once only, in time."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.workflows.models import Execution, Waitpoint
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import change, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields
from tests.workflows.waiting.waits import call_path, output, status, swept, wait, waiting

pytestmark = pytest.mark.django_db
KEEP = ("end", "no_op", {})


def post(execution: Execution, body: Any, suffix: str = "") -> Any:
    return Client().post(call_path(execution.id) + suffix, body, content_type="application/json")


def test_what_came_goes_on(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    answer = Client().post(f"{call_path(execution.id)}?a=1", {"paid": True}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"execution_id": str(execution.id), "status": "resumed"})
    assert status(execution) == "success"
    [item] = output(owner, execution)
    assert {name: item[name] for name in ("method", "query", "body")} == {
        "method": "POST", "query": {"a": "1"}, "body": {"paid": True},
    }  # fmt: skip
    nodes = owner.api.get(f"/api/v1/executions/{execution.id}/nodes/").json()["items"]
    assert [(node["node_id"], node["status"]) for node in nodes] == [
        ("start", "success"),
        ("wait", "success"),
        ("end", "success"),
    ]


def test_merged_with_the_items_that_waited_and_answered_as_told(owner: Person) -> None:
    execution = waiting(
        owner, wait("webhook", output="merge", response_code=201, response_data="=Thanks for {{ $json.n }}"), KEEP
    )
    answer = post(execution, {})
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        201, b"Thanks for 1", "text/plain; charset=utf-8",
    )  # fmt: skip
    assert [(item["n"], item["method"]) for item in output(owner, execution)] == [(1, "POST"), (2, "POST")]


def test_the_address_is_known_before_and_is_of_this_run_alone(owner: Person) -> None:
    early = fields("early", at="={{ $execution.resumeUrl }}", form="={{ $execution.resumeFormUrl }}")
    execution = waiting(owner, early, wait("webhook", suffix="paid"), KEEP)
    [_start, known, waits] = owner.api.get(f"/api/v1/executions/{execution.id}/nodes/").json()["items"]
    told = known["output"]["main"][0]["json"]
    assert told["at"].endswith(call_path(execution.id))
    assert (waits["wait"]["kind"], waits["wait"]["url"]) == ("webhook", told["at"] + "/paid")
    assert "/form-waiting/" in told["form"]
    assert post(execution, {}).json()["code"] == "not_waiting"
    assert post(execution, {}, "/paid").status_code == 200
    for wrong in (call_path(execution.id)[:-1], "/webhook-waiting/x", f"/webhook-waiting/{execution.id.hex}.x"):
        answer = Client().post(wrong, {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "resume_link_unknown")


def test_the_second_answer_and_one_after_the_end_are_refused(owner: Person) -> None:
    second = ("again", "wait", {"mode": "webhook"})
    execution = waiting(owner, wait("webhook", suffix="first"), second, KEEP)
    assert post(execution, {}, "/first").status_code == 200
    answer = post(execution, {}, "/first")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_answered")
    assert post(execution, {}).status_code == 200
    answer = post(execution, {})
    assert (answer.status_code, answer.json()["code"]) == (404, "execution_finished")


def test_other_methods_and_other_callers_are_refused(owner: Person) -> None:
    made = owner.api.post(
        "/api/v1/credentials/",
        {"name": "Hook", "kind": "header", "fields": {"name": "X-Key", "value": "s3cret"}},
        format="json",
    ).json()
    definition = chain(MANUAL, wait("webhook", auth="header", methods=["PUT"]), KEEP)
    definition["nodes"][1]["credentials"] = {"header": made["id"]}
    execution = Execution.plain.get(id=run_by_hand(owner, create(owner, definition))["id"])
    client = Client()
    path = call_path(execution.id)
    assert client.get(path).json()["code"] == "webhook_method_not_found"
    assert client.put(path, "{}").status_code == 401
    assert client.put(path, "{}", headers={"X-Key": "wrong"}).json()["code"] == "webhook_unauthorized"
    assert status(execution) == "waiting"
    assert client.put(path, "{}", headers={"X-Key": "s3cret"}).status_code == 200


def test_when_the_time_is_over_the_items_go_on(owner: Person) -> None:
    execution = waiting(owner, wait("webhook", limit_wait_time=True, limit_amount=1, limit_unit="hours"), KEEP)
    assert execution.resume_at is not None
    assert swept() == 0
    change(execution, resume_at=utc_now())
    Waitpoint.plain.update(until=utc_now())
    assert swept() == 1
    assert status(execution) == "success"
    assert output(owner, execution) == [{"n": 1, "timed_out": True}, {"n": 2, "timed_out": True}]


def test_woken_too_early_it_rests_until_its_own_time(owner: Person) -> None:
    execution = waiting(owner, wait("webhook", limit_wait_time=True), KEEP)
    until = execution.resume_at
    change(execution, resume_at=utc_now() - timedelta(seconds=1))
    swept()
    assert (status(execution), execution.resume_at) == ("waiting", until)


def test_without_a_limit_nothing_looks_at_it(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    assert execution.resume_at is None
    assert swept() == 0


def test_a_kill_after_the_answer_loses_nothing(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    waitpoint = Waitpoint.plain.get()
    waitpoint.value = {"method": "POST", "headers": {}, "query": {}, "body": "kept"}
    waitpoint.status = "answered"
    waitpoint.save()
    die(execution, resume_at=None)
    swept()
    assert (status(execution), output(owner, execution)[0]["body"]) == ("success", "kept")


def test_an_answer_between_the_look_and_the_rest_is_not_missed(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)

    def open_then_answered(*_: Any) -> None:
        monkeypatch.undo()
        waitpoint = Waitpoint.plain.get()
        waitpoint.value = {"body": "just in time"}
        waitpoint.status = "answered"
        waitpoint.save()

    monkeypatch.setattr("apps.workflows.execution.preparing.outcome_of", open_then_answered)
    change(execution, resume_at=utc_now())
    swept()
    assert (status(execution), output(owner, execution)) == ("success", [{"body": "just in time"}])


@pytest.mark.django_db(transaction=True)
def test_of_many_callers_at_once_one_is_heard(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    answers: list[int] = []

    def call(number: int) -> None:
        answers.append(post(execution, {"by": number}).status_code)
        connection.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers)[0] == 200
    assert set(sorted(answers)[1:]) <= {404, 409}  # the run may have ended by then
    assert status(execution) == "success"


def test_canceling_ends_the_wait(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    assert owner.api.post(f"/api/v1/executions/{execution.id}/stop/").status_code == 200
    assert Waitpoint.plain.get().status == "canceled"
    assert post(execution, {}).json()["code"] == "execution_finished"


def test_an_answer_during_a_pause_is_found_when_it_is_over(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), KEEP)
    assert owner.api.post(f"/api/v1/executions/{execution.id}/pause/").status_code == 200
    assert post(execution, {"n": 3}).status_code == 200
    assert status(execution) == "paused"
    assert owner.api.post(f"/api/v1/executions/{execution.id}/resume/").status_code == 200
    assert status(execution) == "success"


def test_a_dry_run_goes_on_with_an_example(owner: Person) -> None:
    made = create(owner, chain(MANUAL, wait("webhook"), KEEP))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/test/", {}, format="json").json()
    assert answer["execution"]["status"] == "success"
    assert Waitpoint.plain.count() == 0
