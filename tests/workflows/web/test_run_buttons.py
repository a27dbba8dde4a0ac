"""The buttons of executions: pausing, deciding what is in doubt, replaying, and running many again."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import EffectIntent, Execution
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
SINCE = "2026-01-01T00:00:00Z"
FAILS = ("Printer", "stop_and_error", {"message": "Out of paper"})
WAITS = ("Pause", "wait", {"resume": "interval", "amount": 1, "unit": "days"})


def run(person: Person, *steps: tuple[str, str, dict[str, Any]], times: int = 1) -> Execution:
    """A workflow that has run; its last run."""
    made = create(person, chain(MANUAL, *steps), "Demo")
    for _ in range(times):
        person.client.post(f"/workflows/{made['id']}/run/")
    return Execution.plain.filter(workflow_id=made["id"]).latest("id")


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_waiting_run_stands_still_and_goes_on(owner: Person, stranger: Person) -> None:
    path = f"/executions/{run(owner, WAITS).id}/"
    assert stranger.client.post(f"{path}pause/").status_code == 404
    assert "Paused." in text(owner.client.post(f"{path}pause/", follow=True))
    page = text(owner.client.get(path))
    assert "The run stands still." in page
    assert "Let it go on" in page
    assert "It goes on." in text(owner.client.post(f"{path}resume/", follow=True))
    assert Execution.plain.get().status == ExecutionStatus.WAITING


def test_what_is_in_doubt_is_asked_with_its_consequences(owner: Person) -> None:
    execution = run(owner, WAITS)
    Execution.plain.filter(id=execution.id).update(
        status=ExecutionStatus.PAUSED,
        paused_from=ExecutionStatus.QUEUED,
        pause={"reason": "doubt", "since": SINCE, "by": None, "node": "Pause", "node_name": "Pay", "run_index": 0},
    )
    path = f"/executions/{execution.id}/"
    page = text(owner.client.get(path))
    assert "It is not known whether “Pay” was done" in page
    assert all(f'value="{decision}"' in page for decision in ("again", "done", "fail"))
    refused = owner.client.post(f"{path}resume/", {"decision": "done", "output": "[1]"}, follow=True)
    assert "The items are no JSON object or list of objects." in text(refused)
    assert Execution.plain.get().status == ExecutionStatus.PAUSED
    assert "It goes on." in text(owner.client.post(f"{path}resume/", {"decision": "again"}, follow=True))
    assert not EffectIntent.plain.filter(execution_id=execution.id).exists()


def test_ticked_runs_and_all_failed_ones_are_run_again(owner: Person, stranger: Person) -> None:
    last = run(owner, FAILS, times=3)
    page = text(owner.client.get("/executions/"))
    assert page.count('name="ids"') == 3
    assert "Tick the runs first." in text(owner.client.post("/executions/retry/", {}, follow=True))
    assert "was refused" in text(stranger.client.post("/executions/retry/", {"ids": [str(last.id)]}, follow=True))
    said = text(owner.client.post("/executions/retry/", {"ids": [str(last.id)], "from": "failed"}, follow=True))
    assert "1 run begins again." in said
    assert Execution.plain.filter(retry_of=last).count() == 1
    everything = f"/executions/retry/?workflow={last.workflow_id}"
    assert "runs begin again." in text(owner.client.post(everything, {"which": "all", "from": "start"}, follow=True))
    assert "cannot be read" in text(owner.client.post("/executions/retry/", {"ids": ["x"]}, follow=True))


def test_a_trigger_is_replayed(owner: Person) -> None:
    execution = run(owner, FAILS)
    page = owner.client.post(f"/executions/{execution.id}/replay/", follow=True)
    assert "Running with the same trigger data." in text(page)
    assert Execution.plain.filter(retry_of=execution).count() == 1
