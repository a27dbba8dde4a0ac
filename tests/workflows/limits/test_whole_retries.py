"""Whole runs that failed and are tried again; priorities of workflows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.limits.limited import live
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)
BREAKS: tuple[str, str, dict[str, Any]] = ("Pay", "stop_and_error", {"message": "No money."})


def failing(owner: Person, **retry: Any) -> dict[str, Any]:
    """A workflow that fails, and one that is told of it; a call of the first was made."""
    watcher = create(owner, chain(("told", "error_trigger", {}), ("end", "no_op", {})), "Watcher")
    assert owner.api.post(f"/api/v1/workflows/{watcher['id']}/publish/", {}, format="json").status_code == 200
    made = live(owner, BREAKS, error_workflow=watcher["slug"], retry={"enabled": True, **retry})
    owner.api.post("/webhook/orders", {"n": 7}, format="json")
    return made


def runs() -> list[Execution]:
    return list(Execution.plain.exclude(trigger_mode="error").order_by("id"))


def test_a_failed_run_is_tried_again_when_it_is_due_and_only_the_last_failure_is_told(owner: Person) -> None:
    failing(owner, max_retries=2, delay_ms=60_000)
    for tries in (1, 2):
        *_, last = runs()
        assert (last.status, last.retry_count, last.trigger_mode) == ("waiting", tries, "retry")
        assert last.resume_at is not None
        assert timedelta(seconds=50) < last.resume_at - utc_now() <= timedelta(seconds=60)
        assert sweep() == 0
        assert not Execution.plain.filter(trigger_mode="error").exists()
        Execution.plain.filter(id=last.id).update(resume_at=utc_now())
        sweep()
    first, second, third = runs()
    assert [each.status for each in (first, second, third)] == ["error"] * 3
    assert (second.retry_of_id, third.retry_of_id) == (first.id, second.id)
    assert {each.correlation_id for each in runs()} == {first.correlation_id}
    detail = owner.api.get(f"/api/v1/executions/{third.id}/").json()
    assert detail["trigger_data"][0]["json"]["body"] == {"n": 7}
    (told,) = Execution.plain.filter(trigger_mode="error")
    assert told.parent_id == third.id


def test_without_a_delay_it_is_tried_again_at_once(owner: Person) -> None:
    failing(owner, max_retries=3, delay_ms=0)
    assert [(each.status, each.retry_count) for each in runs()] == [("error", n) for n in range(4)]
    assert Execution.plain.filter(trigger_mode="error").count() == 1


def test_what_a_person_started_is_left_to_that_person(owner: Person) -> None:
    made = create(owner, chain(MANUAL, BREAKS, settings={"retry": {"enabled": True, "delay_ms": 0}}))
    failed = run_by_hand(owner, made)
    again = owner.api.post(f"/api/v1/executions/{failed['id']}/retry/", {}, format="json")
    assert again.status_code == 202
    assert [each.status for each in runs()] == ["error", "error"]


def test_a_run_that_kept_no_data_is_tried_again_all_the_same(owner: Person) -> None:
    live(owner, BREAKS, save_error=False, retry={"enabled": True, "max_retries": 1, "delay_ms": 0})
    owner.api.post("/webhook/orders", {"n": 7}, format="json")
    assert [each.status for each in runs()] == ["error", "error"]


def test_the_priority_is_the_workflows_unless_somebody_says_otherwise(owner: Person) -> None:
    live(owner, fields("mark", n="1"), priority="low")
    owner.api.post("/webhook/orders", {}, format="json")
    assert runs()[-1].priority == "low"
    made = create(owner, chain(MANUAL, fields("mark", n="1"), settings={"priority": "high"}))
    path = f"/api/v1/workflows/{made['id']}/execute/"
    owner.api.post(path, {}, format="json")
    assert runs()[-1].priority == "high"
    owner.api.post(path, {"priority": "critical"}, format="json")
    assert runs()[-1].priority == "critical"
