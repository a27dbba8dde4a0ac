"""Executions are forgotten when they are older than they are to be kept, and nothing else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.public import lock
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution, Workflow
from apps.workflows.services import retention
from apps.workflows.services.retention import forget_old_executions, kept_days
from apps.workflows.tasks import forget_executions
from config.celery import app
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import begun, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
TALKS = ("js", "code", {"code": "console.log('hi'); return items"})


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("apps.core.services.retention.PAUSE_SECONDS", 0)
    settings.EXPRSN_RETENTION_DAYS = 30


def aged(person: Person, made: dict[str, Any], days: float) -> UUID:
    """A run that was accepted and ended so many days ago."""
    with time_machine.travel(utc_now() - timedelta(days=days)):
        return UUID(run_by_hand(person, made)["id"])


def left() -> set[UUID]:
    return set(Execution.plain.values_list("id", flat=True))


def keeping(days: Any) -> dict[str, Any]:
    """A definition whose own setting is this."""
    return chain(MANUAL, settings={"retention_days": days})


def test_what_is_too_old_goes_with_all_that_belongs_to_it(owner: Person) -> None:
    made = create(owner, chain(MANUAL, TALKS))
    old, young = aged(owner, made, 31), aged(owner, made, 29)
    models = (ExecutionLog, NodeExecution, ExecutionPayload)
    assert all(model.plain.filter(execution_id=old).exists() for model in models)
    assert forget_old_executions() == 1
    assert left() == {young}
    for model in models:
        assert set(model.plain.values_list("execution_id", flat=True)) == {young}
    assert Workflow.plain.get().versions.count() >= 1
    assert forget_old_executions() == 0


def test_runs_that_have_not_ended_stay(owner: Person) -> None:
    with time_machine.travel(utc_now() - timedelta(days=400)):
        execution, _ = begun(owner, create(owner, chain(MANUAL)))
    assert forget_old_executions() == 0
    assert left() == {execution.id}


def test_a_run_that_ended_late_counts_from_its_end(owner: Person) -> None:
    execution = aged(owner, create(owner, chain(MANUAL)), 400)
    Execution.plain.filter(id=execution).update(finished_at=utc_now() - timedelta(days=29))
    assert forget_old_executions() == 0


def test_what_points_to_a_forgotten_run_stays_and_points_nowhere(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    old, retry, child = (aged(owner, made, days) for days in (40, 20, 20))
    Execution.plain.filter(id=retry).update(retry_of=old)
    Execution.plain.filter(id=child).update(parent=old)
    assert forget_old_executions() == 1
    assert list(Execution.plain.values_list("retry_of", "parent")) == [(None, None)] * 2


@pytest.mark.parametrize(
    ("own", "of_organization", "installation", "days"),
    [(None, None, 30, 30), (None, 7, 30, 7), (3, 7, 30, 3), (90, 7, 30, 90), (None, 0, 30, 0), (None, None, 0, 0)],
)
def test_the_narrowest_word_counts(
    owner: Person, settings: Any, own: Any, of_organization: int | None, installation: int, days: int
) -> None:
    settings.EXPRSN_RETENTION_DAYS = installation
    owner.organization.retention_days = of_organization
    owner.organization.save()
    made = create(owner, keeping(own) if own else chain(MANUAL))
    assert kept_days(Workflow.plain.get()) == days
    young, old = aged(owner, made, max(days - 1, 0.5)), aged(owner, made, days + 1000)
    forget_old_executions()
    assert left() == ({young} if days else {young, old})


def test_an_organization_decides_over_the_api_for_itself(owner: Person, mate: Person, stranger: Person) -> None:
    runs = [aged(person, create(person, chain(MANUAL)), 10) for person in (owner, stranger)]
    path = f"/api/v1/organizations/{owner.organization.id}/"
    body = {"retention_days": 7}
    statuses = [person.api.patch(path, body, format="json").status_code for person in (mate, stranger, owner)]
    assert statuses == [403, 404, 200]
    assert owner.api.patch(path, {"retention_days": -1}, format="json").status_code == 422
    assert owner.api.get(path).json()["retention_days"] == 7
    assert forget_old_executions() == 1
    assert left() == {runs[1]}


def test_batches_are_small_and_each_takes_the_same_few_statements(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create(owner, chain(MANUAL, TALKS))
    for _ in range(5):
        aged(owner, made, 40)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            old = retention._old(UUID(made["id"]), utc_now() - timedelta(days=30))
            assert sum(retention._forget(old)) == 5
        assert not any('"data"' in query["sql"] for query in queries.captured_queries)
        return len(queries)

    monkeypatch.setattr(retention, "BATCH", 2)
    in_batches = statements()
    assert left() == set()
    for _ in range(5):
        aged(owner, made, 40)
    monkeypatch.setattr(retention, "BATCH", 5)
    assert 2 * statements() < in_batches


def test_of_each_workflow_the_newest_so_many_are_kept(owner: Person, settings: Any) -> None:
    settings.EXPRSN_RETENTION_DAYS, settings.EXPRSN_MAX_EXECUTIONS = 0, 2
    busy, quiet = create(owner, chain(MANUAL), "Busy"), create(owner, chain(MANUAL), "Quiet")
    runs = [aged(owner, busy, days) for days in (9, 8, 7, 6)]
    unfinished, _ = begun(owner, busy)
    kept = {runs[2], runs[3], aged(owner, quiet, 400), unfinished.id}
    assert forget_old_executions() == 2
    assert left() == kept
    assert forget_old_executions() == 0


def test_a_round_ends_when_its_time_is_over(owner: Person) -> None:
    aged(owner, create(owner, chain(MANUAL)), 40)
    assert forget_old_executions(round_seconds=0) == 0
    assert len(left()) == 1


def test_one_process_at_a_time(owner: Person) -> None:
    aged(owner, create(owner, chain(MANUAL)), 40)
    with lock("workflows.retention"):
        assert forget_old_executions() == 0
    forget_executions()
    assert left() == set()


def test_beat_and_the_embedded_worker_know_the_task() -> None:
    entry = app.conf.beat_schedule["forget-old-executions"]
    assert entry["task"] in app.tasks
    assert entry["options"]["queue"] == "maintenance"
