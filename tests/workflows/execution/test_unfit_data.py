"""What nodes put out but cannot be kept ends the run with a reason; no run is left behind to fail for ever."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import NodeResult
from apps.workflows.execution import preparing, runner
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution
from apps.workflows.models.packed import MAX_DEPTH, pack, unpack
from apps.workflows.nodes.no_op import NoOpNode
from exprsn.kernel.errors import InvalidInput
from tests.people import Person
from tests.workflows.execution.starts import begun, die, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
NEST = "let x = {}; for (let i = 0; i < %d; i++) x = {a: x}; return [{json: x}]"


def code(source: str, name: str = "js") -> tuple[str, str, dict[str, Any]]:
    return name, "code", {"code": source}


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def outputs(owner: Person, execution: dict[str, Any]) -> list[Any]:
    items = owner.api.get(f"/api/v1/executions/{execution['id']}/nodes/").json()["items"]
    return [item["output"] for item in items]


@pytest.mark.parametrize("levels", [300, 900])
def test_code_that_returns_endless_nesting_fails_its_node(owner: Person, levels: int) -> None:
    found = run_by_hand(owner, create(owner, chain(MANUAL, code(NEST % levels))))
    assert (found["status"], found["failed_node"], found["error"]["kind"]) == ("error", "js", "json_too_deep")
    assert "200 levels" in found["error"]["message"]


def test_code_that_returns_halves_of_characters_gets_them_replaced(owner: Person) -> None:
    source = r"return [{json: {half: 'a\ud800', ['\udfff']: 1, whole: '😀', slash: '\\ud800'}}]"
    found = run_by_hand(owner, create(owner, chain(MANUAL, code(source))))
    assert outputs(owner, found)[1]["main"][0]["json"] == {"half": "a�", "�": 1, "whole": "😀", "slash": "\\ud800"}


@pytest.mark.parametrize("save", ["side_effects", "every_node"])
def test_an_error_with_half_a_character_is_kept(owner: Person, save: str) -> None:
    definition = chain(MANUAL, code(r"throw new Error('\ud800 \u0000 end')"), settings={"save_progress": save})
    found = run_by_hand(owner, create(owner, definition))
    assert (found["status"], found["failed_node"]) == ("error", "js")
    assert found["error"]["message"].endswith(" end")


def deepening(monkeypatch: pytest.MonkeyPatch) -> None:
    """No operation, but for what it is here: its items grow by 300 levels."""
    monkeypatch.setattr(NoOpNode, "run", lambda self, context: NodeResult({"main": ItemBatch.of([nested(300)])}))


@pytest.mark.parametrize("save", ["side_effects", "every_node"])
def test_data_too_deep_to_be_kept_ends_the_run_at_its_node(
    owner: Person, monkeypatch: pytest.MonkeyPatch, save: str
) -> None:
    deepening(monkeypatch)
    definition = chain(MANUAL, ("deep", "no_op", {}), ("after", "limit", {}), settings={"save_progress": save})
    found = run_by_hand(owner, create(owner, definition))
    assert (found["status"], found["failed_node"], found["error"]["kind"]) == ("error", "deep", "json_too_deep")
    nodes = owner.api.get(f"/api/v1/executions/{found['id']}/nodes/").json()["items"]
    assert [(node["node_id"], node["status"]) for node in nodes][:2] == [("start", "success"), ("deep", "error")]
    assert nodes[1]["output"] == {}
    assert sweep() == 0


@pytest.mark.parametrize(("module", "part"), [(preparing, "load_entries"), (runner, "run_to_pause")])
def test_a_fault_of_ours_ends_the_run_instead_of_leaving_it_for_ever(
    owner: Person, monkeypatch: pytest.MonkeyPatch, module: Any, part: str
) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    execution.journal_length = 1
    monkeypatch.setattr(module, part, lambda *_: 1 / 0)
    assert execute_held_run(execution, lease).status == "error"
    kept = Execution.plain.get()
    assert (kept.status, kept.error["kind"], kept.owner) == ("error", "internal_error", "")
    assert "division" not in kept.error["message"]


def test_a_fault_of_a_run_that_was_taken_over_writes_nothing(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    execution, lease = begun(owner, create(owner, chain(MANUAL)))
    die(execution, fence=9)
    monkeypatch.setattr(runner, "run_to_pause", lambda *_: 1 / 0)
    assert execute_held_run(execution, lease).handed_over
    kept = Execution.plain.get()
    assert (kept.status, kept.fence, kept.error) == ("running", 9, None)
    leases.release(lease)


def test_values_are_packed_and_unpacked_up_to_the_limit() -> None:
    for value in (nested(MAX_DEPTH), {"half": "\ud800"}, {"big": 2**70}, ["x" * 5000]):
        assert unpack(*pack(value)) == ({"half": "?"} if "half" in value else value)
    with pytest.raises(InvalidInput) as refused:
        pack(nested(MAX_DEPTH + 10))
    assert refused.value.code == "json_too_deep"
