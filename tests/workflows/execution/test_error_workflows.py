"""Failures that are told to an error workflow, and those that are not."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.execution import runner
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution
from tests.people import Person
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
TOLD: tuple[str, str, dict[str, Any]] = ("told", "error_trigger", {})
BREAKS = ("Pay", "stop_and_error", {"message": "No money."})


def publish(person: Person, definition: dict[str, Any], name: str = "Watcher") -> dict[str, Any]:
    made = create(person, definition, name)
    assert person.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json").status_code == 200
    return made


def failing(error_workflow: str = "", **settings: Any) -> dict[str, Any]:
    named = {"error_workflow": error_workflow} if error_workflow else {}
    return chain(hook("orders"), BREAKS, settings={**named, **settings})


def fail(person: Person) -> Execution:
    person.api.post("/webhook/orders", {"n": 1}, format="json")
    return Execution.plain.get(trigger_mode="webhook")


def test_a_failure_starts_the_error_workflow_with_what_happened(owner: Person, settings: Any) -> None:
    settings.EXPRSN_PUBLIC_URL = "https://flows.example"
    watcher = publish(owner, chain(TOLD, ("end", "no_op", {})))
    orders = go_live(owner, failing(watcher["slug"]), "Orders")
    failed = fail(owner)
    told = Execution.plain.get(trigger_mode="error")
    assert (told.status, told.parent, told.correlation_id) == ("success", failed, failed.correlation_id)
    (item,) = owner.api.get(f"/api/v1/executions/{told.id}/").json()["output"]
    assert item["json"] == {
        "execution": {
            "id": str(failed.id),
            "url": f"https://flows.example/executions/{failed.id}/",
            "mode": "webhook",
            "error": failed.error,
            "failed_node": "Pay",
            "lastNodeExecuted": "Pay",
            "retry_of": None,
            "retryOf": None,
            "correlation_id": failed.correlation_id,
        },
        "workflow": {"id": orders["id"], "name": "Orders"},
    }
    assert item["json"]["execution"]["error"]["message"] == "No money."


def test_a_workflow_with_an_error_trigger_is_told_of_itself(owner: Person) -> None:
    definition = chain(hook("orders"), BREAKS)
    definition["nodes"].append({"id": "told", "type": "error_trigger", "name": "told", "position": {"x": 0, "y": 99}})
    go_live(owner, definition, "Orders")
    fail(owner)
    assert Execution.plain.get(trigger_mode="error").trigger_node == "told"


def test_a_failing_error_workflow_is_not_told_of_itself(owner: Person) -> None:
    watcher = publish(owner, chain(TOLD, BREAKS))
    go_live(owner, failing(watcher["id"]), "Orders")
    fail(owner)
    assert sorted(Execution.plain.values_list("trigger_mode", "status")) == [("error", "error"), ("webhook", "error")]


def test_a_run_that_a_person_watches_is_not_told_of(owner: Person) -> None:
    watcher = publish(owner, chain(TOLD))
    run_by_hand(owner, create(owner, chain(MANUAL, BREAKS, settings={"error_workflow": watcher["id"]})))
    assert Execution.plain.count() == 1


@pytest.mark.parametrize("reference", ["nothing-of-this-name", "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c"])
def test_an_error_workflow_that_is_not_there_harms_nothing(owner: Person, reference: str) -> None:
    go_live(owner, failing(reference), "Orders")
    assert fail(owner).status == "error"
    assert Execution.plain.count() == 1


def test_of_others_no_error_workflow_is_started(owner: Person, stranger: Person) -> None:
    watcher = publish(stranger, chain(TOLD))
    go_live(owner, failing(watcher["id"]), "Orders")
    fail(owner)
    assert Execution.plain.count() == 1


def test_it_is_told_of_a_time_out_too(owner: Person) -> None:
    watcher = publish(owner, chain(TOLD))
    slow = ("slow", "code", {"code": "const end = Date.now() + 300; while (Date.now() < end) {} return []"})
    limits = {"error_workflow": watcher["id"], "timeout_seconds": 0.1}
    go_live(owner, chain(hook("orders"), slow, settings=limits), "Orders")
    failed = fail(owner)
    told = Execution.plain.get(trigger_mode="error")
    assert (failed.error["kind"], told.status) == ("execution_timeout", "success")


def test_whoever_dies_a_failure_is_told_once(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = publish(owner, chain(TOLD))
    made = create(owner, chain(MANUAL, BREAKS, settings={"error_workflow": watcher["id"]}), "Orders")
    execution, lease = begun(owner, made, trigger_mode="schedule")

    def dies(*_: Any, **__: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(runner._Runner, "_write", dies)
        with pytest.raises(SystemExit):
            execute_held_run(execution, lease)
    assert Execution.plain.count() == 1
    die(execution)
    sweep()
    assert Execution.plain.filter(trigger_mode="error").count() == 1
