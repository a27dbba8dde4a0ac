"""Static data in JavaScript: kept from run to run, entry by entry, once, and only in production."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution
from apps.workflows.models.static_data import WorkflowStaticData
from tests.people import Person
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = "const kept = $getWorkflowStaticData('%s'); kept.n = (kept.n || 0) + 1; return {n: kept.n}"


def code(source: str) -> tuple[str, str, dict[str, Any]]:
    return "code", "code", {"code": source}


def kept(scope: str = "") -> Any:
    return WorkflowStaticData.plain.filter(key=scope).values_list("data", flat=True).first()


@pytest.mark.parametrize(("word", "scope"), [("global", ""), ("node", "code")])
def test_entries_are_kept_from_run_to_run(owner: Person, word: str, scope: str) -> None:
    go_live(owner, chain(hook("count"), code(COUNT % word)))
    answers = [owner.api.post("/webhook/count", {}, format="json").json() for _ in range(3)]
    assert answers == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert kept(scope) == {"n": 3}


def test_entries_can_be_deleted_and_others_are_left_alone(owner: Person) -> None:
    source = """
        const kept = $getWorkflowStaticData('global');
        if (kept.a) delete kept.a; else { kept.a = 1; kept.b = {deep: [1]} }
        return {}
    """
    go_live(owner, chain(hook("count"), code(source)))
    owner.api.post("/webhook/count", {}, format="json")
    assert kept() == {"a": 1, "b": {"deep": [1]}}
    owner.api.post("/webhook/count", {}, format="json")
    assert kept() == {"b": {"deep": [1]}}


def test_a_run_by_hand_sees_what_is_kept_and_keeps_nothing(owner: Person) -> None:
    made = go_live(owner, chain(MANUAL, code(COUNT % "global")))
    run_by_hand(owner, made)
    assert kept() is None


def test_a_node_that_is_run_again_after_a_crash_counts_once(owner: Person) -> None:
    made = create(owner, chain(MANUAL, code(COUNT % "global"), ("end", "no_op", {})))
    execution, lease = begun(owner, made, trigger_mode="schedule")
    # The time slice is over after the code, and the journal of it is lost with the process.
    execute_held_run(execution, lease)
    assert kept() == {"n": 1}
    Execution.plain.filter(id=execution.id).update(journal_length=0)
    die(execution)
    execution.node_executions.all().delete()
    execution.payloads.filter(kind="journal").delete()
    sweep()
    execution.refresh_from_db()
    assert (execution.status, kept()) == ("success", {"n": 1})


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("$getWorkflowStaticData('other'); return {}", "code_error"),
        ("$getWorkflowStaticData('global').x = 'y'.repeat(300000); return {}", "static_data_too_large"),
        (
            "const k = $getWorkflowStaticData('node'); for (let i = 0; i < 501; i++) k[i] = i; return {}",
            "static_data_too_large",
        ),
        ("$getWorkflowStaticData('node')['n'.repeat(201)] = 1; return {}", "bad_value"),
    ],
)
def test_refusals(owner: Person, source: str, kind: str) -> None:
    go_live(owner, chain(hook("count"), code(source)))
    owner.api.post("/webhook/count", {}, format="json")
    assert Execution.plain.get().error["kind"] == kind
    assert not kept()


def test_code_that_forges_its_answer_changes_nothing_of_others(owner: Person) -> None:
    source = "$getWorkflowStaticData('global'); JSON.stringify = () => '{}'; return {a: 1}"
    go_live(owner, chain(hook("count"), code(source)))
    owner.api.post("/webhook/count", {}, format="json")
    assert not kept()
