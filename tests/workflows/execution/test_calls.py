"""Workflows that call workflows: together, for each item, not waiting, failing, dying in between, without end."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import begun, change, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live

pytestmark = pytest.mark.django_db(transaction=True)
CALLED: tuple[str, str, dict[str, Any]] = ("called", "execute_workflow_trigger", {})
DOUBLE = ("double", "set", {"mode": "raw_json", "include": "none", "json": "={{ ({ twice: $json.n * 2 }) }}"})
BREAKS = ("breaks", "stop_and_error", {"message": "Out of stock."})


def call(workflow: dict[str, Any], **more: Any) -> tuple[str, str, dict[str, Any]]:
    return "call", "execute_workflow", {"workflow": workflow["slug"], **more}


def publish(person: Person, definition: dict[str, Any], name: str = "Called") -> dict[str, Any]:
    made = create(person, definition, name)
    assert person.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json").status_code == 200
    return made


def run(person: Person, definition: dict[str, Any], items: list[dict[str, Any]] | None = None) -> Execution:
    """Run a caller by hand and let everything that it calls come to its end."""
    answer = run_by_hand(person, create(person, definition, "Caller"), trigger_data=items or [{"n": 1}, {"n": 2}])
    return Execution.plain.get(id=answer["id"])


def output(person: Person, execution: Execution) -> list[Any]:
    found = person.api.get(f"/api/v1/executions/{execution.id}/").json()["output"]
    return [item["json"] for item in found]


def test_once_with_all_items(owner: Person) -> None:
    called = publish(owner, chain(CALLED, DOUBLE))
    parent = run(owner, chain(MANUAL, call(called), ("end", "no_op", {})))
    assert parent.status == "success"
    assert output(owner, parent) == [{"twice": 2}, {"twice": 4}]
    child = Execution.plain.get(parent=parent)
    assert (child.status, child.trigger_mode, child.call_depth, child.correlation_id) == (
        "success", "workflow", 1, parent.correlation_id,
    )  # fmt: skip
    rows = NodeExecution.plain.filter(execution=parent).order_by("execution_order")
    assert [(row.node_id, row.status) for row in rows] == [
        ("start", "success"),
        ("call", "success"),
        ("end", "success"),
    ]


def test_once_for_each_item_keeps_the_order_and_the_lineage(owner: Person) -> None:
    called = publish(owner, chain(CALLED, DOUBLE))
    named = (
        "end",
        "set",
        {"mode": "raw_json", "include": "none", "json": "={{ ({ n: $('start').item.json.n, t: $json.twice }) }}"},
    )
    parent = run(owner, chain(MANUAL, call(called, mode="each"), named), [{"n": n} for n in range(5)])
    assert output(owner, parent) == [{"n": n, "t": n * 2} for n in range(5)]
    assert Execution.plain.filter(parent=parent, status="success").count() == 5


def test_what_is_handed_over_replaces_the_item(owner: Person) -> None:
    called = publish(
        owner,
        chain(
            ("called", "execute_workflow_trigger", {"input_mode": "fields", "fields": [{"name": "n"}, {"name": "m"}]})
        ),
    )
    parent = run(owner, chain(MANUAL, call(called, inputs={"n": "={{ $json.n + 10 }}", "other": 1})))
    assert output(owner, parent) == [{"n": 11, "m": None}, {"n": 12, "m": None}]


def test_without_waiting_the_items_go_on_and_the_call_is_made(owner: Person) -> None:
    called = publish(owner, chain(CALLED, DOUBLE))
    parent = run(owner, chain(MANUAL, call(called, wait=False)))
    assert (parent.status, output(owner, parent)) == ("success", [{"n": 1}, {"n": 2}])
    child = Execution.plain.get(parent=parent)
    assert (child.status, child.awaited) == ("success", False)
    assert output(owner, child) == [{"twice": 2}, {"twice": 4}]


def test_a_failure_of_the_called_one_is_one_of_the_node(owner: Person) -> None:
    called = publish(owner, chain(CALLED, BREAKS), "Stock")
    parent = run(owner, chain(MANUAL, call(called)))
    assert (parent.status, parent.failed_node) == ("error", "call")
    child = Execution.plain.get(parent=parent)
    assert parent.error["kind"] == "called_workflow_failed"
    assert parent.error["message"] == "“Stock” failed: Out of stock."
    assert parent.error["details"]["execution_id"] == str(child.id)


def test_failing_items_leave_by_the_error_output(owner: Person) -> None:
    odd = {"left": "={{ $json.n % 2 }}", "operator": {"type": "number", "operation": "equals"}, "right": 1}
    choice = ("choice", "if", {"conditions": {"combinator": "and", "conditions": [odd]}})
    definition = chain(CALLED, choice, BREAKS, DOUBLE)
    definition["connections"][1:] = [
        {"source": "choice", "source_output": "true", "target": "breaks"},
        {"source": "choice", "source_output": "false", "target": "double"},
    ]
    called = publish(owner, definition)
    caller = chain(MANUAL, call(called, mode="each"))
    caller["nodes"][1]["on_error"] = "error_output"
    caller["nodes"] += [{"id": "bad", "type": "no_op", "name": "bad", "position": {"x": 0, "y": 90}, "parameters": {}}]
    caller["connections"] += [{"source": "call", "source_output": "error", "target": "bad"}]
    parent = run(owner, caller, [{"n": n} for n in range(4)])
    assert parent.status == "partial_success"
    nodes = owner.api.get(f"/api/v1/executions/{parent.id}/nodes/").json()["items"]
    by_id = {node["node_id"]: node for node in nodes}
    assert [item["json"]["n"] for item in by_id["bad"]["output"]["main"]] == [1, 3]
    assert [item["json"]["twice"] for item in by_id["call"]["output"]["main"]] == [0, 4]


@pytest.mark.parametrize(
    ("definition", "kind"),
    [(None, "workflow_not_found"), (chain(MANUAL), "not_callable")],
)
def test_what_cannot_be_called(owner: Person, definition: Any, kind: str) -> None:
    called = {"slug": "no-such"} if definition is None else publish(owner, definition)
    parent = run(owner, chain(MANUAL, call(called)))
    assert (parent.status, parent.error["kind"], parent.error["parameter"]) == ("error", kind, "workflow")


def test_a_workflow_of_others_is_not_found(owner: Person, stranger: Person) -> None:
    called = publish(stranger, chain(CALLED, DOUBLE))
    parent = run(owner, chain(MANUAL, ("call", "execute_workflow", {"workflow": called["id"]})))
    assert (parent.status, parent.error["kind"]) == ("error", "workflow_not_found")
    assert Execution.plain.count() == 1


def test_by_hand_a_draft_is_called_and_otherwise_only_what_is_published(owner: Person) -> None:
    called = create(owner, chain(CALLED, DOUBLE), "Called")
    assert run(owner, chain(MANUAL, call(called))).status == "success"
    hook = ("hook", "webhook", {"path": "calls", "methods": ["POST"], "response_mode": "last_node"})
    go_live(owner, chain(hook, call(called)), "Live")
    answer = owner.api.post("/webhook/calls", {"n": 1}, format="json")
    assert answer.status_code == 500
    assert Execution.plain.get(trigger_mode="webhook").error["kind"] == "not_published"


def test_a_webhook_answers_with_what_the_called_one_ended_with(owner: Person) -> None:
    called = publish(owner, chain(CALLED, fields("end", said="={{ $json.body.n }}")))
    hook = ("hook", "webhook", {"path": "calls", "methods": ["POST"], "response_mode": "last_node"})
    go_live(owner, chain(hook, call(called)), "Live")
    answer = owner.api.post("/webhook/calls", {"n": 7}, format="json")
    assert (answer.status_code, answer.json()) == (200, {"said": "7"})


def test_a_workflow_that_calls_itself_ends_at_the_limit(owner: Person, settings: Any) -> None:
    settings.EXPRSN_MAX_CALL_DEPTH = 3
    made = create(owner, chain(CALLED, ("call", "execute_workflow", {"workflow": "itself"})), "Itself")
    execution = Execution.plain.get(id=run_by_hand(owner, made)["id"])
    assert execution.status == "error"
    assert Execution.plain.count() == 4
    deepest = Execution.plain.order_by("-call_depth")[0]
    assert (deepest.call_depth, deepest.error["kind"]) == (3, "call_depth")
    assert Execution.plain.exclude(status="error").count() == 0


def test_a_caller_that_dies_while_it_waits_goes_on(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    called = publish(owner, chain(CALLED, DOUBLE))
    made = create(owner, chain(MANUAL, call(called)), "Caller")
    execution, lease = begun(owner, made)
    with monkeypatch.context() as patched:
        patched.setattr("apps.workflows.execution.runner.send_hint", lambda *_: None)
        assert execute_held_run(execution, lease).status == "waiting"
    child = Execution.plain.get(parent=execution)
    assert (child.status, Execution.plain.get(id=execution.id).pending_children) == ("queued", 1)
    # Its wait is looked at again although the called one has not begun: it rests again, and calls nobody twice.
    change(execution, resume_at=utc_now())
    sweep()
    execution.refresh_from_db()
    assert (execution.status, Execution.plain.count()) == ("waiting", 2)
    # Somebody carries the called one out, dies, and somebody else takes it over.
    die(child)
    sweep()
    execution.refresh_from_db()
    assert execution.status == "success"
    assert output(owner, execution) == [{"twice": 2}]


def test_an_end_between_the_look_and_the_rest_is_not_missed(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    called = publish(owner, chain(CALLED, DOUBLE))
    made = create(owner, chain(MANUAL, call(called)), "Caller")
    execution, lease = begun(owner, made)
    with monkeypatch.context() as patched:
        patched.setattr("apps.workflows.execution.runner.send_hint", lambda *_: None)
        execute_held_run(execution, lease)
    child = Execution.plain.get(parent=execution)

    def unfinished_then_ended(caller: Execution, ids: list[str]) -> None:
        change(child, status="success")
        Execution.plain.filter(id=caller.id).update(pending_children=0)

    with monkeypatch.context() as patched:
        patched.setattr("apps.workflows.execution.preparing.call_outcomes", unfinished_then_ended)
        patched.setattr("apps.workflows.execution.calls.send_hint", lambda *_: None)
        change(execution, resume_at=utc_now())
        sweep()
    execution.refresh_from_db()
    assert execution.status == "queued"


def test_stopping_the_caller_stops_what_it_waits_for(owner: Person) -> None:
    rest = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    inner = publish(owner, chain(CALLED, rest), "Inner")
    outer = publish(owner, chain(CALLED, ("call", "execute_workflow", {"workflow": inner["slug"]})), "Outer")
    parent = run(owner, chain(MANUAL, call(outer)))
    assert set(Execution.plain.values_list("status", flat=True)) == {"waiting"}
    assert owner.api.post(f"/api/v1/executions/{parent.id}/stop/").status_code == 200
    assert set(Execution.plain.values_list("status", flat=True)) == {"canceled"}
    assert not NodeExecution.plain.filter(status="waiting").exists()


def test_stopping_the_called_one_lets_the_caller_decide(owner: Person) -> None:
    rest = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    called = publish(owner, chain(CALLED, rest))
    parent = run(owner, chain(MANUAL, call(called)))
    child = Execution.plain.get(parent=parent)
    assert owner.api.post(f"/api/v1/executions/{child.id}/stop/").status_code == 200
    parent.refresh_from_db()
    assert (parent.status, parent.error["kind"]) == ("error", "called_workflow_failed")
    assert parent.error["details"]["status"] == "canceled"


def test_too_many_calls_are_refused_before_the_first(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.workflows.nodes.execute_workflow.MAX_CALLS", 3)
    called = publish(owner, chain(CALLED, DOUBLE))
    parent = run(owner, chain(MANUAL, call(called, mode="each")), [{"n": n} for n in range(4)])
    assert (parent.error["kind"], Execution.plain.count()) == ("too_many_calls", 1)
