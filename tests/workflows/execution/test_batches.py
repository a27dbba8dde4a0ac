"""Hints that share a message, and runs that a worker carries out side by side."""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import UUID

import pytest
from celery import current_app
from django.db import connection

from apps.workflows.constants import ExecutionStatus, TriggerMode
from apps.workflows.execution import batches, hints
from apps.workflows.execution.accept import Start, begin_run, queue_run
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.claims import claim_runs
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import Execution, NodeExecution, WorkflowVersion
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

ECHO = fields("mark", n="={{ $json.n }}")


@pytest.fixture
def no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queued runs stay queued: nobody carries them out."""
    monkeypatch.setattr(hints.HintSender, "put", lambda self, execution_id, priority: None)


def queue(person: Person, made: dict[str, Any], n: int) -> Execution:
    """A queued run whose trigger item is ``{"n": n}``."""
    return queue_run(start_of(person, made, n))


def start_of(person: Person, made: dict[str, Any], n: int) -> Start:
    return Start(
        organization_id=person.organization.id,
        workflow_id=UUID(made["id"]),
        version_id=WorkflowVersion.plain.get(workflow_id=made["id"]).id,
        trigger_mode=TriggerMode.MANUAL,
        trigger_node="start",
        items=[{"json": {"n": n}}],
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_hints")
def test_a_batch_carries_out_each_run_with_its_own_data(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ECHO))
    queued = [queue(owner, made, n) for n in range(12)]
    run_batch([execution.id for execution in queued])
    for n, execution in enumerate(queued):
        found = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
        assert found["status"] == "success"
        assert [item["json"] for item in found["output"]] == [{"n": str(n)}]
        nodes = owner.api.get(f"/api/v1/executions/{execution.id}/nodes/").json()["items"]
        assert [node["node_id"] for node in nodes] == ["start", "mark"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_hints")
def test_of_several_who_claim_the_same_runs_each_run_goes_to_one(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ECHO))
    ids = [queue(owner, made, n).id for n in range(20)]
    won: list[UUID] = []
    together = threading.Barrier(4)

    def claim() -> None:
        together.wait()
        won.extend(execution.id for execution, _ in claim_runs(ids))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(ids)
    assert set(Execution.plain.values_list("fence", "status")) == {(1, ExecutionStatus.RUNNING)}


@pytest.mark.django_db
@pytest.mark.usefixtures("no_hints")
def test_runs_that_need_nobody_are_left_alone(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ECHO))
    running, lease = begin_run(start_of(owner, made, 1))
    run_batch([running.id, UUID(int=7)])
    assert not NodeExecution.plain.exists()
    leases.release(lease)
    run_batch([])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_hints")
def test_a_run_that_breaks_off_does_not_touch_its_neighbours(
    owner: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = create(owner, chain(MANUAL, ECHO))
    queued = [queue(owner, made, n) for n in range(4)]

    def breaking(execution: Execution, *arguments: Any, **more: Any) -> Any:
        if execution.id == queued[1].id:
            raise ConnectionError("a fault of ours")
        return execute_held_run(execution, *arguments, **more)

    monkeypatch.setattr(batches, "execute_held_run", breaking)
    run_batch([execution.id for execution in queued])
    statuses = [Execution.plain.get(id=execution.id).status for execution in queued]
    assert statuses == ["success", "running", "success", "success"]
    assert "run_broke_off" in caplog.text


def test_the_first_hint_goes_at_once_and_those_that_follow_share_a_message(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    sent: list[tuple[float, tuple[str, ...], str]] = []

    def record(task: str, *ids: str, queue: str) -> None:
        assert task == hints.RUN_TASK
        sent.append((time.monotonic(), ids, queue))

    monkeypatch.setattr(hints, "enqueue", record)
    monkeypatch.setattr(hints, "GATHER_SECONDS", 0.2)
    assert current_app.conf.changes is not None
    monkeypatch.setitem(current_app.conf.changes, "task_always_eager", False)
    settings.EXPRSN_RUN_BATCH = 3
    sender = hints.HintSender()
    started = time.monotonic()
    sender.put("first", "normal")
    while not sent:
        time.sleep(0.001)
    for at in range(4):
        sender.put(str(at), "normal")
    sender.put("high one", "high")
    sender.stop()
    assert sent[0][0] - started < 0.15
    assert [(ids, queue) for _, ids, queue in sent] == [
        (("first",), "normal"),
        (("0", "1", "2"), "normal"),
        (("3",), "normal"),
        (("high one",), "high"),
    ]
    sender.put("after a stop", "low")
    sender.stop()
    assert sent[-1][1:] == (("after a stop",), "low")
