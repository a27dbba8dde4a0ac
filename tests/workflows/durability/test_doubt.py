"""Killed between an effect and its journal row: a node that asks is not called again before somebody decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import AuditEvent
from apps.workflows.execution import runner
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import EffectIntent, Execution, NodeExecution
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.durability.effects import asking, effect, post
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = fields("after", paid="={{ $json.ok ?? $json.n }}")


class Killed(BaseException):
    """As ``kill -9`` between the effect and the journal."""


def killed_after_effect(person: Person, definition: dict[str, Any]) -> Execution:
    """A run whose process died when ``pay`` had had its effect and nothing of it was written."""
    execution, lease = begun(person, create(person, definition))
    after = runner._Runner._after

    def dies(self: Any, graph: Any, run: Any, call: Any, entry: Any) -> bool:
        if call.compiled.id == "pay":
            raise Killed
        return after(self, graph, run, call, entry)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runner._Runner, "_after", dies)
        with pytest.raises(Killed):
            execute_held_run(execution, lease)
    die(execution)
    return execution


@pytest.fixture
def doubtful(owner: Person, stub: CountingStub) -> Execution:
    """A run of which nobody knows whether ``pay`` had its effect."""
    execution = killed_after_effect(owner, asking(chain(MANUAL, effect(stub, "pay"), AFTER), "pay"))
    assert sweep() == 1
    execution.refresh_from_db()
    return execution


def outcome(person: Person, execution: Execution) -> tuple[str, Any]:
    found = person.api.get(f"/api/v1/executions/{execution.id}/").json()
    return found["status"], [item["json"] for item in found["output"]]


def test_who_takes_over_asks_instead_of_calling_again(owner: Person, stub: CountingStub, doubtful: Execution) -> None:
    assert (doubtful.status, doubtful.owner, sum(stub.calls.values())) == ("paused", "", 1)
    shown = owner.api.get(f"/api/v1/executions/{doubtful.id}/").json()["pause"]
    assert (shown["reason"], shown["node"], shown["node_name"], shown["run_index"]) == ("doubt", "pay", "pay", 0)
    assert [sweep(), sweep()] == [0, 0]
    assert EffectIntent.plain.get().key == f"{doubtful.id}:pay:0"


def test_again_calls_once_more_with_the_same_key(owner: Person, stub: CountingStub, doubtful: Execution) -> None:
    assert post(owner, doubtful, "resume", {"decision": "again"}).status_code == 200
    assert outcome(owner, doubtful) == ("success", [{"paid": "true"}])
    assert dict(stub.calls) == {f"{doubtful.id}:pay:0:0": 2}
    assert not EffectIntent.plain.exists()


@pytest.mark.parametrize(
    ("output", "passed"), [(None, "1"), ([{"json": {"n": 7}}], "7")], ids=["what came in", "what was sent"]
)
def test_done_goes_on_without_a_call(
    owner: Person, stub: CountingStub, doubtful: Execution, output: Any, passed: str
) -> None:
    body = {"decision": "done"} | ({} if output is None else {"output": output})
    assert post(owner, doubtful, "resume", body).status_code == 200
    assert outcome(owner, doubtful) == ("success", [{"paid": passed}])
    assert sum(stub.calls.values()) == 1
    assert list(NodeExecution.plain.order_by("execution_order").values_list("node_id", flat=True)) == [
        "start", "pay", "after",
    ]  # fmt: skip
    assert not EffectIntent.plain.exists()
    decided = AuditEvent.plain.filter(verb="execution.resumed").get()
    assert decided.changes["decision"][1] == "done"


def test_fail_is_an_error_of_the_node(owner: Person, stub: CountingStub, doubtful: Execution) -> None:
    assert post(owner, doubtful, "resume", {"decision": "fail"}).status_code == 200
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.failed_node, sum(stub.calls.values())) == ("error", "pay", 1)
    assert doubtful.error is not None
    assert doubtful.error["kind"] == "effect_in_doubt"


def test_a_failed_decision_follows_the_error_output(owner: Person, stub: CountingStub) -> None:
    definition = asking(chain(MANUAL, effect(stub, "pay"), AFTER), "pay", on_error="continue")
    execution = killed_after_effect(owner, definition)
    sweep()
    post(owner, execution, "resume", {"decision": "fail"})
    assert outcome(owner, execution) == ("partial_success", [{"paid": "1"}])


def test_a_decision_outlives_another_kill(owner: Person, stub: CountingStub, doubtful: Execution) -> None:
    EffectIntent.plain.update(decision="done")
    Execution.plain.filter(id=doubtful.id).update(status="running", pause=None)
    die(doubtful)
    assert sweep() == 1
    assert (outcome(owner, doubtful)[0], sum(stub.calls.values())) == ("success", 1)


def test_nothing_is_decided_for_somebody(owner: Person, doubtful: Execution) -> None:
    refused = post(owner, doubtful, "resume")
    assert (refused.status_code, refused.json()["code"]) == (422, "decision_needed")
    wrong = post(owner, doubtful, "resume", {"decision": "again", "output": [{"json": {}}]})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["output"])
    odd = post(owner, doubtful, "resume", {"decision": "done", "output": [{"json": {}}, {"n": 1}]})
    assert (odd.status_code, list(odd.json()["errors"])) == (422, ["output[1].json"])
    large = post(owner, doubtful, "resume", {"decision": "done", "output": [{"json": {"text": "x" * 1_100_000}}]})
    assert (large.status_code, large.json()["code"]) == (413, "output_too_large")
    doubtful.refresh_from_db()
    assert doubtful.status == "paused"


def test_a_doubtful_run_can_be_stopped(owner: Person, stub: CountingStub, doubtful: Execution) -> None:
    assert post(owner, doubtful, "stop").json()["execution"]["status"] == "canceled"
    assert owner.api.get(f"/api/v1/executions/{doubtful.id}/").json()["pause"] is None
    assert sum(stub.calls.values()) == 1


def test_without_the_setting_the_call_is_made_again_and_no_intent_is_written(owner: Person, stub: CountingStub) -> None:
    execution = killed_after_effect(owner, chain(MANUAL, effect(stub, "pay"), AFTER))
    assert not EffectIntent.plain.exists()
    assert sweep() == 1
    assert (outcome(owner, execution)[0], dict(stub.calls)) == ("success", {f"{execution.id}:pay:0:0": 2})


def _intents() -> int:
    """How many there are for another connection; this thread is one of the stub's."""
    try:
        return EffectIntent.plain.count()
    finally:
        connection.close()


def test_an_undisturbed_run_leaves_no_intent(owner: Person, stub: CountingStub) -> None:
    seen: list[int] = []
    stub.on_call = lambda key, times: seen.append(_intents())
    definition = asking(chain(MANUAL, effect(stub, "pay"), effect(stub, "tell"), AFTER), "pay", "tell")
    definition["nodes"][1]["retry"] = {"enabled": True, "max_retries": 1, "delay_ms": 0}
    assert run_by_hand(owner, create(owner, definition))["status"] == "success"
    assert (seen, EffectIntent.plain.count()) == ([1, 1], 0)


def test_a_former_owner_writes_no_intent_and_has_no_effect(owner: Person, stub: CountingStub) -> None:
    execution, lease = begun(owner, create(owner, asking(chain(MANUAL, effect(stub, "pay")), "pay")))
    Execution.plain.filter(id=execution.id).update(fence=7, owner="another")
    assert execute_held_run(execution, lease).handed_over
    assert not EffectIntent.plain.exists()
    assert not stub.calls
