"""Which runs keep their items, and runs that are given up."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution
from tests.people import Person
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
BREAKS = ("breaks", "stop_and_error", {"message": "No."})
END = fields("end", a="1")


def kept() -> tuple[int, int, int]:
    return NodeExecution.plain.count(), ExecutionPayload.plain.count(), ExecutionLog.plain.count()


@pytest.mark.parametrize(
    ("saving", "step", "is_kept"),
    [
        ({"save_manual": False}, END, False),
        ({"save_error": False}, BREAKS, False),
        ({"save_success": False}, END, False),
        ({"save_success": False}, BREAKS, True),
        ({"save_error": False}, END, True),
        ({}, END, True),
    ],
)
def test_a_workflow_says_which_runs_keep_their_data(owner: Person, saving: Any, step: Any, is_kept: bool) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL, step, settings={**saving, "save_progress": "every_node"})))
    assert (kept() != (0, 0, 0)) is is_kept
    execution = Execution.plain.get()
    assert execution.nodes_executed == 2
    assert owner.api.get(f"/api/v1/executions/{execution.id}/").status_code == 200


def test_whoever_waits_is_answered_although_nothing_is_kept(owner: Person) -> None:
    go_live(owner, chain(hook("orders"), END, settings={"save_success": False}))
    assert owner.api.post("/webhook/orders", {}, format="json").json() == {"a": "1"}
    assert kept() == (0, 0, 0)


def test_a_caller_gets_what_the_called_one_ended_with(owner: Person) -> None:
    called = chain(("called", "execute_workflow_trigger", {}), END, settings={"save_success": False})
    create(owner, called, "Called")
    answer = run_by_hand(
        owner, create(owner, chain(MANUAL, ("call", "execute_workflow", {"workflow": "called"})), "Caller")
    )
    assert Execution.plain.get(id=answer["id"]).status == "success"
    assert owner.api.get(f"/api/v1/executions/{answer['id']}/").json()["output"][0]["json"] == {"a": "1"}


def test_a_run_that_kills_whoever_carries_it_out_is_given_up(owner: Person, settings: Any) -> None:
    settings.EXPRSN_MAX_TAKEOVERS = 2
    execution, _lease = begun(owner, create(owner, chain(MANUAL, END)))
    die(execution, takeovers=1)
    sweep()
    execution.refresh_from_db()
    assert (execution.status, execution.takeovers) == ("success", 2)
    die(execution)
    sweep()
    execution.refresh_from_db()
    assert (execution.status, execution.error["kind"]) == ("error", "taken_over_too_often")
    assert execution.finished_at is not None
