"""Pasting what n8n copies: converted for the workflow that is open, and nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import Workflow
from tests.people import Person, make_person
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db

COPIED: dict[str, Any] = {
    "nodes": [
        {
            "id": "x", "name": "Get", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "position": [0, 0],
            "parameters": {"url": "https://example.com/orders"},
        },
        {"id": "y", "name": "Odd", "type": "n8n-nodes-base.unheardOf", "position": [220, 0], "parameters": {}},
    ],
    "connections": {"Get": {"main": [[{"node": "Odd", "type": "main", "index": 0}]]}},
}  # fmt: skip


def convert(person: Person, workflow: dict[str, Any], body: Any) -> Any:
    return person.api.post(f"/api/v1/workflows/{workflow['id']}/convert/", body, format="json")


def test_copied_nodes_come_back_as_ours_with_a_report(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    answer = convert(owner, made, COPIED)
    assert answer.status_code == 200, answer.content
    part = answer.json()
    assert [(node["name"], node["type"]) for node in part["nodes"]] == [("Get", "http_request"), ("Odd", "placeholder")]
    get, odd = part["nodes"]
    assert (get["parameters"]["url"], odd["position"]) == ("https://example.com/orders", {"x": 304, "y": 0})
    assert [(end["source"], end["target"]) for end in part["connections"]] == [(get["id"], odd["id"])]
    assert [entry["node"] for entry in part["report"]["placeholders"]] == ["Odd"]


def test_nothing_is_stored(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    before = owner.api.get(f"/api/v1/workflows/{made['id']}/").json()
    convert(owner, made, COPIED)
    assert owner.api.get(f"/api/v1/workflows/{made['id']}/").json() == before
    assert Workflow.plain.count() == 1


@pytest.mark.parametrize("body", [{"hello": 1}, [], {"workflows": [COPIED, COPIED]}])
def test_what_is_no_part_of_one_workflow_is_refused(owner: Person, body: Any) -> None:
    answer = convert(owner, create(owner, chain(MANUAL)), body)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_not_recognized")


def test_strangers_do_not_find_the_workflow(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    answer = convert(make_person("stranger@example.com"), made, COPIED)
    assert (answer.status_code, answer.json()["code"]) == (404, "workflow_not_found")
