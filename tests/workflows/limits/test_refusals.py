"""Runs over a limit, as those see it who start them; and what workflows without limits pay: nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.workflows.execution.accept import begin_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, Schedule
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import change
from tests.workflows.limits.conftest import Hints
from tests.workflows.limits.limited import ECHO, call_of, claim, finish, live, status_of
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
TICK: tuple[str, str, dict[str, Any]] = (
    "tick",
    "schedule",
    {"rules": [{"mode": "interval", "every": 1, "unit": "hours"}]},
)


def test_a_call_over_the_limit_is_told_to_come_back(owner: Person, sent: Hints) -> None:
    made = live(owner, max_concurrent_executions=1, on_limit="reject")
    begin_run(call_of(owner, made))
    refused = owner.api.post("/webhook/orders", {"n": 1}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_executions")
    assert int(refused.headers["Retry-After"]) > 0
    assert Execution.plain.count() == 1


def test_a_person_is_told_of_the_conflict(owner: Person, sent: Hints) -> None:
    made = create(owner, chain(MANUAL, ECHO, settings={"max_concurrent_executions": 1, "on_limit": "reject"}))
    path = f"/api/v1/workflows/{made['id']}/execute/"
    assert owner.api.post(path, {}, format="json").status_code == 202
    for body in ({}, {"wait": True}):
        refused = owner.api.post(path, body, format="json")
        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_executions")
    # A rehearsal changes nothing outside, so it counts for nothing.
    assert owner.api.post(f"/api/v1/workflows/{made['id']}/test/", {}, format="json").status_code == 200


def test_the_draft_that_was_refused_may_still_be_changed(owner: Person, sent: Hints) -> None:
    """A refusal takes back that the version was sealed; what it says now must not be what it said then."""
    settings = {"max_concurrent_executions": 1, "on_limit": "reject"}
    made = create(owner, chain(MANUAL, fields("mark", n="old"), settings=settings))
    path = f"/api/v1/workflows/{made['id']}/"
    assert owner.api.post(f"{path}execute/", {}, format="json").status_code == 202
    change(Execution.plain.get(), status="running")
    owner.api.put(
        path,
        {"definition": chain(MANUAL, fields("mark", n="new"), settings=settings)},
        format="json",
        headers={"If-Match": "*"},
    )
    assert owner.api.post(f"{path}execute/", {}, format="json").status_code == 409
    newest = chain(MANUAL, fields("mark", n="newest"))
    owner.api.put(path, {"definition": newest}, format="json", headers={"If-Match": "*"})
    ran = owner.api.post(f"{path}execute/", {"wait": True}, format="json").json()["execution"]
    detail = owner.api.get(f"/api/v1/executions/{ran['id']}/").json()
    assert [item["json"] for item in detail["output"]] == [{"n": "newest"}]


def test_a_caller_who_waits_is_answered_by_the_run_that_had_to_wait(
    owner: Person, sent: Hints, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = live(owner, max_concurrent_executions=1)
    holder = begin_run(call_of(owner, made, {"n": 0}))

    def place_becomes_free(seconds: float) -> None:
        if status_of(holder[0]) == "running":
            finish(holder)
            finish(claim(Execution.plain.latest("id"))[0])

    monkeypatch.setattr("apps.workflows.serving.receive.time.sleep", place_becomes_free)
    answer = owner.api.post("/webhook/orders", {"n": 7}, format="json")
    assert (answer.status_code, answer.json()) == (200, {"n": "7"})


def test_a_schedule_leaves_out_a_run_that_is_refused(owner: Person, sent: Hints) -> None:
    settings = {"max_concurrent_executions": 1, "on_limit": "reject"}
    made = go_live(owner, chain(TICK, fields("mark", n="1"), settings=settings))
    for _ in range(2):
        Schedule.plain.update(next_run_at=utc_now() - timedelta(seconds=1))
        sweep()
    assert Execution.plain.filter(workflow_id=made["id"]).count() == 1
    assert Schedule.plain.get().next_run_at > utc_now()


@pytest.mark.django_db
def test_workflows_without_limits_pay_nothing(owner: Person) -> None:
    go_live(owner, chain(hook("free"), ECHO))
    owner.api.post("/webhook/free", {"n": 0}, format="json")
    with CaptureQueriesContext(connection) as asked:
        assert owner.api.post("/webhook/free", {"n": 1}, format="json").json() == {"n": "1"}
    statements = [each["sql"] for each in asked.captured_queries]
    assert not [sql for sql in statements if "workflows_lane" in sql or "core_host" in sql or "core_rate" in sql]
    limited = live(owner, max_concurrent_executions=5)
    owner.api.post("/webhook/orders", {"n": 0}, format="json")
    with CaptureQueriesContext(connection) as more:
        owner.api.post("/webhook/orders", {"n": 1}, format="json")
    assert limited
    assert 0 < len(more) - len(asked) <= 8
