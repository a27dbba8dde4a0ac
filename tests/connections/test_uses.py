"""A credential that something uses stays, and its screen says by what it is used."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import AuditEvent
from apps.connections.models import Credential
from apps.workflows.models import Workflow
from tests.people import Person

pytestmark = pytest.mark.django_db
URL = "/api/v1/credentials/"


def store(person: Person, name: str = "Shop") -> str:
    answer = person.api.post(URL, {"name": name, "kind": "bearer", "fields": {"token": "secret"}})
    return str(answer.json()["id"])


def definition(credential_id: str | None, **more: Any) -> dict[str, Any]:
    """A request that is sent with a credential, or without."""
    credentials = {"bearer": credential_id} if credential_id else {}
    parameters = {"url": "https://example.com/", "authentication": "bearer" if credential_id else "none"}
    call = {"id": "call", "type": "http_request", "name": "Call", "parameters": parameters, "credentials": credentials}
    nodes = [{"id": "start", "type": "manual", "name": "Start", "parameters": {}}, {**call, **more}]
    links = [{"source": "start", "target": "call"}]
    return {"schema_version": 1, "nodes": nodes, "connections": links, "variables": {}, "settings": {}}


def draw(person: Person, name: str, document: dict[str, Any]) -> str:
    answer = person.api.post("/api/v1/workflows/", {"name": name, "definition": document})
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["id"])


def delete(person: Person, credential_id: str) -> tuple[int, list[Any]]:
    """Status and named users of an attempt to delete."""
    answer = person.api.delete(f"{URL}{credential_id}/")
    return (answer.status_code, []) if answer.status_code == 204 else (answer.status_code, answer.json()["used_by"])


def use(workflow_id: str, name: str) -> dict[str, Any]:
    return {"kind": "workflow", "id": workflow_id, "name": name}


def test_what_a_draft_uses_stays(owner: Person) -> None:
    credential = store(owner)
    workflow = draw(owner, "Orders", definition(credential))
    draw(owner, "Other", definition(store(owner, "Other")))
    draw(owner, "None", definition(None))
    answer = owner.api.delete(f"{URL}{credential}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "credential_in_use")
    assert answer.json()["used_by"] == [use(workflow, "Orders")]
    assert "“Orders”" in answer.json()["detail"]
    assert Credential.plain.filter(id=credential).exists()
    assert not AuditEvent.plain.filter(verb="credential.deleted").exists()


@pytest.mark.parametrize("written", [str.upper, lambda text: f"{{{text}}}", lambda text: text.replace("-", "")])
def test_the_id_counts_however_it_is_written(owner: Person, written: Any) -> None:
    credential = store(owner)
    draw(owner, "Orders", definition(written(credential)))
    assert delete(owner, credential)[0] == 409


def test_a_node_that_is_switched_off_counts(owner: Person) -> None:
    credential = store(owner)
    draw(owner, "Orders", definition(credential, disabled=True))
    assert delete(owner, credential)[0] == 409


def test_what_the_published_version_uses_stays_until_another_is_published(owner: Person) -> None:
    credential = store(owner)
    workflow = draw(owner, "Orders", definition(credential))
    path = f"/api/v1/workflows/{workflow}/"
    assert owner.api.post(f"{path}publish/", {}).status_code == 200
    tag = owner.api.get(path)["ETag"]
    changed = owner.api.put(path, {"name": "Orders", "definition": definition(None)}, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.json()
    assert delete(owner, credential) == (409, [use(workflow, "Orders")])
    assert owner.api.post(f"{path}publish/", {}).status_code == 200
    assert delete(owner, credential) == (204, [])


def test_the_trash_uses_nothing(owner: Person) -> None:
    credential = store(owner)
    workflow = draw(owner, "Orders", definition(credential))
    owner.api.delete(f"/api/v1/workflows/{workflow}/")
    assert delete(owner, credential) == (204, [])


def test_many_users_are_named_in_part_and_counted(owner: Person) -> None:
    credential = store(owner)
    for number in range(7):
        draw(owner, f"Flow {number}", definition(credential))
    answer = owner.api.delete(f"{URL}{credential}/").json()
    assert [found["name"] for found in answer["used_by"]] == [f"Flow {number}" for number in range(7)]
    assert answer["uses"] == 7
    assert "“Flow 4”, 2 more." in answer["detail"]


def test_private_workflows_of_others_count_and_are_not_named(owner: Person, editor: Person) -> None:
    credential = store(owner)
    workflow = draw(editor, "My secret plan", definition(credential))
    Workflow.plain.filter(id=workflow).update(scope="user")
    assert delete(owner, credential) == (409, [{"kind": "workflow", "id": None, "name": ""}])
    assert delete(editor, credential) == (409, [use(workflow, "My secret plan")])
    page = owner.client.get(f"/settings/credentials/{credential}/").content.decode()
    assert "private workflow" in page
    assert "secret plan" not in page


def test_other_organizations_use_nothing_of_ours(owner: Person, stranger: Person) -> None:
    credential = store(owner)
    draw(stranger, "Theirs", definition(credential))
    assert delete(owner, credential) == (204, [])


def test_who_may_not_delete_learns_nothing_by_trying(owner: Person, mate: Person, stranger: Person) -> None:
    credential = store(owner)
    draw(owner, "Orders", definition(credential))
    for person, status in ((mate, 403), (stranger, 404)):
        answer = person.api.delete(f"{URL}{credential}/")
        assert (answer.status_code, "used_by" in answer.json()) == (status, False)


def test_the_screen_names_the_users_and_keeps_the_credential(owner: Person) -> None:
    credential = store(owner)
    path = f"/settings/credentials/{credential}/"
    assert "No workflow uses it." in owner.client.get(path).content.decode()
    workflow = draw(owner, "Orders <1>", definition(credential))
    page = owner.client.get(path).content.decode()
    assert f'<a href="/workflows/{workflow}/">Orders &lt;1&gt;</a>' in page
    answer = owner.client.post(f"{path}delete/", follow=True)
    assert (answer.status_code, "is used by “Orders" in answer.content.decode()) == (200, True)
    assert Credential.plain.filter(id=credential).exists()
