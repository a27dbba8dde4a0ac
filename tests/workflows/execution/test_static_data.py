"""Static data: kept by runs in production, changed once, no count lost."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from apps.workflows.constants import TriggerMode
from apps.workflows.engine.ports_static import StaticChange
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.static_data import KeptStaticData, read_static_data
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import StaticDataChange, WorkflowStaticData
from exprsn.kernel.errors import InvalidInput, TooLarge
from tests.people import Person
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = ("count", "static_data", {"operation": "increment", "name": "n", "output_field": "n"})


def run(person: Person, made: dict[str, Any], **more: Any) -> Any:
    more.setdefault("trigger_mode", TriggerMode.WEBHOOK)
    execution, lease = begun(person, made, **more)
    return execute_held_run(execution, lease)


def kept(person: Person, made: dict[str, Any], scope: str = "") -> dict[str, Any]:
    return read_static_data(person.organization.id, UUID(made["id"]), scope)


def test_runs_in_production_keep_what_they_change(owner: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT))
    assert [run(owner, made).output[0]["json"]["n"] for _ in range(3)] == [1, 2, 3]
    assert kept(owner, made) == {"n": 3}
    assert WorkflowStaticData.plain.get().version == 3


def test_a_run_by_hand_sees_it_and_keeps_nothing(owner: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT, ("again", "static_data", COUNT[2])))
    assert run(owner, made).output[0]["json"]["n"] == 2
    by_hand = run_by_hand(owner, made)
    seen = owner.api.get(f"/api/v1/executions/{by_hand['id']}/").json()
    assert seen["output"][0]["json"]["n"] == 4
    assert run(owner, made, dry_run=True).output is not None
    assert kept(owner, made) == {"n": 2}


def test_each_operation(owner: Person) -> None:
    def step(name: str, **parameters: Any) -> tuple[str, str, dict[str, Any]]:
        return name, "static_data", {"output_field": name, "name": "a", **parameters}

    steps = (
        step("a0", default="none"),
        step("a1", operation="set", value={"x": [1, "é"]}),
        step("a2"),
        step("a3", operation="set", value="={{ 'tru' + 'e' }}"),
        step("a4", operation="delete"),
        step("a5", operation="increment", amount=1.5, scope="node"),
        step("a6", scope="node", default=0),
    )
    made = create(owner, chain(MANUAL, *steps))
    (item,) = run(owner, made).output
    values = {name: item["json"][name] for name, _, _ in steps}
    assert values.pop("a1")["x"][0] == 1 and values.pop("a2")["x"][0] == 1
    assert values == {"a0": "none", "a3": "true", "a4": "true", "a5": 1.5, "a6": 0}
    assert (kept(owner, made), kept(owner, made, "a5")) == ({}, {"a": 1.5})


def test_a_run_that_was_taken_over_counts_once(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the change and before the journal: the worst moment."""
    made = create(owner, chain(MANUAL, COUNT))
    execution, _ = begun(owner, made, trigger_mode=TriggerMode.WEBHOOK)
    KeptStaticData(owner.organization.id, execution.workflow_id, execution.id).apply(
        StaticChange("increment", "", "n", 1), f"{execution.id}:count:0:0"
    )
    die(execution)
    assert sweep() == 1
    execution.refresh_from_db()
    assert (execution.status, kept(owner, made)) == ("success", {"n": 1})


def test_runs_at_once_lose_no_count(owner: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT))
    execution, _ = begun(owner, made)
    failures: list[BaseException] = []

    def count(thread: int) -> None:
        port = KeptStaticData(owner.organization.id, execution.workflow_id, execution.id)
        try:
            for at in range(15):
                port.apply(StaticChange("increment", "", "n", 1), f"{thread}:{at}")
        except BaseException as error:  # noqa: BLE001 - told by the assertion
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert kept(owner, made) == {"n": 60}


def test_limits(owner: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT))
    execution, _ = begun(owner, made)
    port = KeptStaticData(owner.organization.id, execution.workflow_id, execution.id)
    with pytest.raises(TooLarge, match="256 KB"):
        port.apply(StaticChange("set", "", "big", "x" * 300_000), "k1")
    port.apply(StaticChange("set", "", "text", "x"), "k2")
    for name, step, key in (("text", 1, "k3"), ("n", 2**53, "k4")):
        with pytest.raises(InvalidInput) as refused:
            port.apply(StaticChange("increment", "", name, step), key)
        assert refused.value.code == "static_data_not_a_number"
    assert kept(owner, made) == {"text": "x"}


def test_it_goes_with_its_workflow_and_the_notes_with_their_run(owner: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT))
    run(owner, made)
    assert StaticDataChange.plain.count() == 1
    StaticDataChange.plain.get().execution.delete()
    assert (StaticDataChange.plain.count(), kept(owner, made)) == (0, {"n": 1})


def test_another_organization_s_is_not_seen(owner: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL, COUNT))
    run(owner, made)
    assert read_static_data(stranger.organization.id, UUID(made["id"])) == {}


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ({"operation": "increment", "amount": "={{ 'x' }}"}, "bad_value"),
        ({"name": "={{ '' }}"}, "bad_value"),
        ({"name": "={{ 'x'.repeat(201) }}"}, "bad_value"),
    ],
)
def test_refusals(owner: Person, parameters: dict[str, Any], kind: str) -> None:
    made = create(owner, chain(MANUAL, ("count", "static_data", {**COUNT[2], **parameters})))
    assert run_by_hand(owner, made)["error"]["kind"] == kind
