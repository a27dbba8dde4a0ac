"""Checking a draft over HTTP: the faults that publishing refuses, each with its node and place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db


def check(person: Person, workflow: str, body: Any = None) -> Any:
    answer = person.api.post(f"/api/v1/workflows/{workflow}/validate/", body or {}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_sound_draft_has_no_faults(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    assert check(owner, made["id"]) == {"valid": True, "faults": [], "count": 0}


def test_a_broken_expression_is_named_with_its_node_and_place(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="={{ $json. }}")))
    found = check(owner, made["id"])
    assert (found["valid"], found["count"]) == (False, 1)
    fault = found["faults"][0]
    assert (fault["severity"], fault["code"]) == ("error", "expression_syntax_error")
    assert (fault["node_id"], fault["node_name"]) == ("a", "a")
    assert fault["path"] == "definition.nodes[1].parameters.assignments[0].value"
    assert fault["position"]["line"] == 1


def test_what_publishing_refuses_is_what_is_told(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("b", "http_request", {}), ("c", "teleport", {})))
    refused = owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json").json()
    told = check(owner, made["id"])["faults"]
    errors = [(fault["path"], fault["message"]) for fault in told if fault["severity"] == "error"]
    assert errors == [(path, message) for path, messages in refused["errors"].items() for message in messages]


def test_warnings_leave_it_valid(owner: Person) -> None:
    lonely = chain(MANUAL, fields("a", x="1"))
    lonely["connections"] = []
    found = check(owner, create(owner, lonely)["id"])
    assert found["valid"] is True
    assert [fault["severity"] for fault in found["faults"]] == ["warning"]


def test_another_definition_may_be_checked_and_nothing_is_saved(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    found = check(owner, made["id"], {"definition": chain(fields("a", x="1"))})
    assert [fault["code"] for fault in found["faults"]] == ["no_trigger"]
    assert owner.api.get(f"/api/v1/workflows/{made['id']}/").json()["definition"] == made["definition"]


@pytest.mark.parametrize("nodes", [None, "x", [None], [{"id": 5}], [{"id": "a", "type": "set", "name": 5}]])
def test_a_definition_of_the_wrong_shape_is_told_not_refused(owner: Person, nodes: Any) -> None:
    made = create(owner, chain(MANUAL))
    found = check(owner, made["id"], {"definition": {"nodes": nodes}})
    assert found["valid"] is False
    assert found["count"] >= 1


def test_of_two_nodes_with_one_id_the_second_is_named(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    twice = chain(MANUAL, fields("a", x="1"))
    twice["nodes"].append({**twice["nodes"][1], "name": "second"})
    faults = check(owner, made["id"], {"definition": twice})["faults"]
    assert [fault["node_name"] for fault in faults if fault["code"] == "duplicate_id"] == ["second"]


def test_many_faults_are_counted_but_not_all_told(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    nodes = [("n" + str(at), "teleport", {}) for at in range(250)]
    found = check(owner, made["id"], {"definition": chain(MANUAL, *nodes)})
    assert (found["count"], len(found["faults"])) == (250, 200)


def test_viewers_may_check_and_strangers_find_nothing(owner: Person, mate: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL))
    assert check(mate, made["id"])["valid"] is True
    answer = stranger.api.post(f"/api/v1/workflows/{made['id']}/validate/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (404, "workflow_not_found")


@pytest.mark.parametrize("body", [{"definition": []}, {"definition": "x"}, {"definition": None}, [1]])
def test_bad_bodies_are_refused(owner: Person, body: Any) -> None:
    made = create(owner, chain(MANUAL))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/validate/", body, format="json")
    assert answer.status_code in (400, 422)
