"""Calls that come twice: one run for each key, however many come at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from apps.workflows.models import Execution, SeenCall
from apps.workflows.services.retention import forget_old_executions
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.main_job.definitions import chain, create, fields, go_live, hook
from tests.workflows.triggers.hooks import call

pytestmark = pytest.mark.django_db
KEY = "={{ $json.headers['x-delivery'] }}"


def once(person: Person, path: str, **parameters: Any) -> None:
    go_live(person, chain(hook(path, dedupe_key=KEY, **parameters), fields("a", x="1")))


def delivery(name: str) -> dict[str, dict[str, str]]:
    return {"headers": {"X-Delivery": name}}


def test_the_second_call_is_answered_with_the_first_run(owner: Person) -> None:
    once(owner, "twice")
    first = call("twice", **delivery("d-1"))
    assert (first.status, first.json()) == (200, {"x": "1"})
    second = call("twice", **delivery("d-1"))
    execution = Execution.plain.get()
    told = {"execution_id": str(execution.id), "status": "success", "duplicate": True}
    assert (second.status, second.json()) == (200, told)
    assert second.headers["X-Execution-ID"] == str(execution.id)
    assert call("twice", **delivery("d-2")).json() == {"x": "1"}
    assert Execution.plain.count() == 2


def test_the_first_run_may_still_be_under_way(owner: Person) -> None:
    once(owner, "busy", response_mode="immediately")
    call("busy", **delivery("d"))
    Execution.plain.update(status="running")
    assert (call("busy", **delivery("d")).status, Execution.plain.count()) == (202, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_calls_at_once_start_one_run(owner: Person) -> None:
    once(owner, "race", response_mode="immediately")

    def one(_: int) -> tuple[int, bool, str]:
        try:
            answer = call("race", **delivery("same"))
            told = answer.json()
            return answer.status, told.get("duplicate", False), told["execution_id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, range(20)))
    assert sorted(duplicate for _, duplicate, _ in answers) == [False] + [True] * 19
    assert {execution for _, _, execution in answers} == {str(Execution.plain.get().id)}
    assert {status for status, _, _ in answers} <= {200, 202}


def test_calls_without_the_key_always_start_a_run(owner: Person) -> None:
    once(owner, "keyless")
    assert [call("keyless").json() for _ in range(2)] == [{"x": "1"}] * 2
    assert (Execution.plain.count(), SeenCall.plain.count()) == (2, 0)


def test_a_key_counts_for_its_time_and_is_swept_after_it(owner: Person) -> None:
    once(owner, "window", dedupe_hours=2)
    with time_machine.travel(utc_now() - timedelta(hours=3)):
        call("window", **delivery("d"))
    assert call("window", **delivery("d")).json() == {"x": "1"}
    assert call("window", **delivery("d")).json()["duplicate"]
    with time_machine.travel(utc_now() - timedelta(hours=3)):
        call("window", **delivery("old"))
    forget_old_executions()
    assert SeenCall.plain.count() == 1


def test_a_call_that_is_refused_uses_no_key_up(owner: Person, settings: Any) -> None:
    once(owner, "full")
    settings.EXPRSN_SYNC_RUNS = 0
    assert call("full", **delivery("d")).status == 503
    settings.EXPRSN_SYNC_RUNS = 4
    assert call("full", **delivery("d")).json() == {"x": "1"}


def test_keys_of_two_workflows_have_nothing_to_do_with_each_other(owner: Person) -> None:
    once(owner, "one")
    go_live(owner, chain(hook("two", dedupe_key=KEY), fields("a", x="2")), "Two")
    assert [call(path, **delivery("d")).json() for path in ("one", "two")] == [{"x": "1"}, {"x": "2"}]


def test_a_key_that_is_a_value_of_any_kind(owner: Person) -> None:
    go_live(owner, chain(hook("value", dedupe_key="={{ $json.body }}"), fields("a", x="1")))
    bodies = [json.dumps(body).encode() for body in ({"n": 1}, {"n": 2}, {"n": 1}, [1])]
    assert [call("value", body).json().get("duplicate", False) for body in bodies] == [False, False, True, False]


def test_an_expression_that_fails_is_told(owner: Person) -> None:
    go_live(owner, chain(hook("fails", dedupe_key="={{ $json.body.a.b.c() }}"), fields("a", x="1")))
    answer = call("fails")
    assert (answer.status, answer.code) == (422, "dedupe_key_failed")
    assert Execution.plain.count() == 0


def test_a_test_call_is_never_a_duplicate(owner: Person) -> None:
    made = create(owner, chain(hook("again", dedupe_key="=always"), fields("a", x="1")))
    for _ in range(2):
        owner.api.post(f"/api/v1/workflows/{made['id']}/listen/", {}, format="json")
        address = "/webhook-test/again"
        assert owner.client.post(address, b"{}", content_type="application/json").json() == {"x": "1"}
    assert SeenCall.plain.count() == 0
