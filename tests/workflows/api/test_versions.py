"""Versions over HTTP: read, compared, named, brought back."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import WorkflowVersion
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db


def at(made: dict[str, Any], rest: str = "") -> str:
    return f"/api/v1/workflows/{made['id']}/{rest}"


def save(person: Person, made: dict[str, Any], definition: dict[str, Any], message: str = "") -> Any:
    body = {"definition": definition, "message": message}
    answer = person.api.put(at(made), body, format="json", headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.content
    return answer


@pytest.fixture
def made(owner: Person) -> dict[str, Any]:
    """A workflow of two versions: v1 has one step, in v2 it is another and a third is there."""
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    save(owner, made, chain(MANUAL, fields("a", x="2"), fields("b", y="3")), "Two steps")
    return made


def test_a_version_with_its_definition(owner: Person, made: dict[str, Any]) -> None:
    found = owner.api.get(at(made, "versions/1/")).json()
    assert (found["number"], found["definition"]) == (1, made["definition"])
    assert owner.api.get(at(made, "versions/2/")).json()["message"] == "Two steps"


@pytest.mark.parametrize("number", [0, 3, 2**31, 2**70])
def test_a_version_that_is_not_there(owner: Person, made: dict[str, Any], number: int) -> None:
    answer = owner.api.get(at(made, f"versions/{number}/"))
    assert (answer.status_code, answer.json()["code"]) == (404, "version_not_found")


def test_the_difference_between_two_versions(owner: Person, made: dict[str, Any]) -> None:
    found = owner.api.get(at(made, "diff/"), {"from": 1, "to": 2}).json()
    assert (found["from"], found["to"]) == (1, 2)
    assert [node["id"] for node in found["nodes"]["added"]] == ["b"]
    assert found["nodes"]["changed"] == [
        {
            "id": "a",
            "name": "a",
            "changes": [
                {
                    "path": "parameters.assignments[0].value",
                    "keys": ["parameters", "assignments", 0, "value"],
                    "old": "1",
                    "new": "2",
                }
            ],
        }
    ]
    wire = {"source": "a", "source_output": "main", "target": "b", "target_input": "main"}
    assert found["connections"] == {"added": [wire], "removed": []}
    assert (found["settings"], found["nodes"]["removed"], found["nodes"]["moved"]) == ([], [], [])


def test_the_difference_to_the_draft(owner: Person, made: dict[str, Any]) -> None:
    found = owner.api.get(at(made, "diff/"), {"from": 2}).json()
    assert (found["to"], found["nodes"]["changed"], found["nodes"]["added"]) == ("draft", [], [])


def test_secrets_are_never_in_differences(owner: Person) -> None:
    def calling(key: str, authorization: str, address: str) -> dict[str, Any]:
        headers = [{"name": "Authorization", "value": authorization}, {"name": "Accept", "value": "text/plain"}]
        parameters = {"url": address, "headers": headers, "api_key": key}
        return chain(MANUAL, ("call", "http_request", parameters))

    made = create(owner, calling("k-old-1", "Bearer old-secret-1", "https://me:pw-old-1@example.com/"))
    save(owner, made, calling("k-new-2", "Bearer new-secret-2", "https://me:pw-new-2@example.com/"), "New keys")
    answer = owner.api.get(at(made, "diff/"), {"from": 1, "to": 2})
    changes = {one["path"]: (one["old"], one["new"]) for one in answer.json()["nodes"]["changed"][0]["changes"]}
    assert changes == {
        "parameters.url": ("https://me:***@example.com/", "https://me:***@example.com/"),
        "parameters.headers[0].value": ("***", "***"),
        "parameters.api_key": ("***", "***"),
    }
    for secret in (b"old-1", b"new-2", b"secret"):
        assert secret not in answer.content


@pytest.mark.parametrize("query", [{}, {"from": "x"}, {"from": 0}, {"from": 1, "to": "y"}, {"from": 1, "to": 2**40}])
def test_bad_comparisons_are_refused(owner: Person, made: dict[str, Any], query: Any) -> None:
    assert owner.api.get(at(made, "diff/"), query).status_code in (400, 422)


def test_a_named_version_stays(owner: Person, made: dict[str, Any]) -> None:
    tag = owner.api.get(at(made))["ETag"]
    answer = owner.api.post(at(made, "versions/"), {"message": "Before the sale"}, format="json")
    assert (answer.status_code, answer.json()["number"], answer.json()["sealed"]) == (201, 2, True)
    assert owner.api.get(at(made))["ETag"] == tag
    save(owner, made, chain(MANUAL))
    listed = owner.api.get(at(made, "versions/")).json()["items"]
    assert [(row["number"], row["message"]) for row in listed] == [(3, ""), (2, "Before the sale"), (1, "")]
    assert len(owner.api.get(at(made, "versions/2/")).json()["definition"]["nodes"]) == 3


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": "x" * 201}, {"message": None}])
def test_a_version_needs_a_name(owner: Person, made: dict[str, Any], body: Any) -> None:
    answer = owner.api.post(at(made, "versions/"), body, format="json")
    assert answer.status_code in (400, 422)
    assert list(answer.json()["errors"]) == ["message"]


def test_an_earlier_version_comes_back_as_a_new_one(owner: Person, made: dict[str, Any]) -> None:
    epoch = owner.api.get(at(made, "document/")).json()["epoch"]
    answer = owner.api.post(at(made, "restore/"), {"version": 1}, format="json")
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert answer.json()["definition"] == made["definition"]
    listed = owner.api.get(at(made, "versions/")).json()["items"]
    assert [row["message"] for row in listed] == ["Restored from v1", "Two steps", ""]
    assert owner.api.get(at(made, "document/")).json()["epoch"] != epoch
    save(owner, made, chain(MANUAL))
    assert owner.api.get(at(made, "versions/3/")).json()["definition"] == made["definition"]


def test_a_restore_that_is_based_on_something_older_is_refused(owner: Person, made: dict[str, Any]) -> None:
    tag = owner.api.get(at(made))["ETag"]
    save(owner, made, chain(MANUAL), "Newer")
    refused = owner.api.post(at(made, "restore/"), {"version": 1}, format="json", headers={"If-Match": tag})
    assert (refused.status_code, refused.json()["code"]) == (412, "stale_write")
    fresh = owner.api.get(at(made))["ETag"]
    taken = owner.api.post(at(made, "restore/"), {"version": 1}, format="json", headers={"If-Match": fresh})
    assert taken.status_code == 200


def test_without_a_version_it_leaves_the_trash(owner: Person, made: dict[str, Any]) -> None:
    assert owner.api.post(at(made, "restore/"), {}, format="json").status_code == 404
    owner.api.delete(at(made))
    assert owner.api.post(at(made, "restore/"), {"version": 1}, format="json").status_code == 404
    assert owner.api.post(at(made, "restore/"), {}, format="json").status_code == 200
    assert owner.api.get(at(made)).json()["version"] == 2


def test_who_may(owner: Person, editor: Person, mate: Person, stranger: Person, made: dict[str, Any]) -> None:
    for person, reads, writes in ((editor, 200, 200), (mate, 200, 403), (stranger, 404, 404)):
        before = list(WorkflowVersion.plain.values_list("id", "message", "sealed").order_by("id"))
        assert person.api.get(at(made, "versions/1/")).status_code == reads
        assert person.api.get(at(made, "diff/"), {"from": 1}).status_code == reads
        named = person.api.post(at(made, "versions/"), {"message": "Mine"}, format="json").status_code
        restored = person.api.post(at(made, "restore/"), {"version": 1}, format="json").status_code
        assert ({201: 200}.get(named, named), restored) == (writes, writes)
        if writes != 200:
            assert list(WorkflowVersion.plain.values_list("id", "message", "sealed").order_by("id")) == before
