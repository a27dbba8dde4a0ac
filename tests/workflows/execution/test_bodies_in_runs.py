"""Steps with a body in recorded runs: published, run, journaled, shown."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import Execution
from tests.people import Person
from tests.workflows.main_job.definitions import create

pytestmark = pytest.mark.django_db(transaction=True)


def node(name: str, kind: str, at: int, **parameters: Any) -> dict[str, Any]:
    place = {"x": 0, "y": at}
    return {"id": name, "name": name, "type": kind, "position": place, "parameters": parameters}


def keep(name: str, at: int, value: str) -> dict[str, Any]:
    assignments = [{"name": name, "type": "any", "value": value}]
    return node(name, "set", at, include="none", assignments=assignments)


def definition(mode: str) -> dict[str, Any]:
    """For each number: try to divide by it, beside a second branch; what fails is told instead."""
    code = "if ($json.n === 0) { throw new Error('by nothing'); } return {json: {part: 12 / $json.n}};"
    nodes = [
        node("start", "manual", 0),
        node("each", "for_each", 1, mode="at_once" if mode == "parallel" else "in_order"),
        node("group", "parallel_group", 2),
        keep("twice", 3, "={{ $('start').item.json.n * 2 }}"),
        node("divide", "code", 4, mode="each_item", code=code),
        keep("end", 5, "={{ $json }}"),
        node("try", "try_catch", 6),
        keep("sorry", 7, "={{ $json.error.node }}"),
    ]
    lines = [
        "start main try",
        "try body each",
        "each body twice",
        "each body divide",
        "try done end",
        "try error sorry",
    ]
    lines += ["end main group"]
    connections = [dict(zip(("source", "source_output", "target"), line.split(), strict=True)) for line in lines]
    return {
        "schema_version": 1,
        "nodes": nodes,
        "connections": connections,
        "variables": {},
        "settings": {"execution_mode": mode},
    }


def execute(owner: Person, made: dict[str, Any], numbers: list[int]) -> dict[str, Any]:
    body = {"trigger_data": [{"n": n} for n in numbers], "wait": True}
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", body, format="json")
    assert answer.status_code in (200, 202), answer.json()
    found: dict[str, Any] = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    return found


@pytest.mark.parametrize("mode", ["sequential", "parallel"])
def test_a_workflow_with_bodies_is_published_and_runs(mode: str, owner: Person) -> None:
    made = create(owner, definition(mode))
    published = owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json")
    assert published.status_code == 200, published.json()
    good = execute(owner, made, [1, 2])
    assert good["status"] == "success"
    nodes = owner.api.get(f"/api/v1/executions/{good['id']}/nodes/").json()["items"]
    end = next(run for run in nodes if run["node_id"] == "end")
    assert [item["json"]["end"] for item in end["output"]["main"]] == [
        *({"twice": 2}, {"part": 12}),
        *({"twice": 4}, {"part": 6}),
    ]
    bad = execute(owner, made, [3, 0])
    assert bad["status"] == "partial_success"
    assert [item["json"] for item in bad["output"]] == [{"sorry": "divide"}, {"sorry": "divide"}]
    assert Execution.objects.for_system(reason="test").filter(status="error").count() == 0


def test_a_connection_out_of_a_body_cannot_be_published(owner: Person) -> None:
    crossing = definition("sequential")
    crossing["connections"].append({"source": "divide", "source_output": "main", "target": "end"})
    made = create(owner, crossing)
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json")
    assert answer.status_code == 422
    paths = {fault["path"] for fault in answer.json()["faults"] if fault["code"] == "scope_crossed"}
    assert paths == {"definition.connections[4]"}
