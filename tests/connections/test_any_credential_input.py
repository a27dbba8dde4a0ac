"""Whatever is sent to the credentials API and screens: a refusal that names the place, never a crash."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from apps.connections.models import Credential
from apps.connections.public import credential_for_use
from tests.hostile import JSON_TEXTS, TEXTS, send, with_value
from tests.people import Person

pytestmark = pytest.mark.django_db
URL = "/api/v1/credentials/"
BODIES: dict[str, dict[str, Any]] = {
    "bearer": {"name": "Shop", "kind": "bearer", "fields": {"token": "secret"}},
    "header": {"name": "Shop", "kind": "header", "fields": {"name": "X-Key", "value": "secret"}},
}
PLACES = [
    (kind, place)
    for kind, body in BODIES.items()
    for place in ((), ("name",), ("kind",), ("fields",), *(("fields", field) for field in body["fields"]))
]


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_any_value_in_any_place_of_the_api(owner: Person, method: str, kind: str, place: tuple[str, ...]) -> None:
    made = owner.api.post(URL, {**BODIES[kind], "name": "First"}).json()
    path = URL if method == "POST" else f"{URL}{made['id']}/"
    for text in JSON_TEXTS:
        answer = send(owner.api, method, path, with_value(BODIES[kind], place, text))
        assert answer.status_code in {200, 201, 400, 409, 422}, (text[:80], answer.content)
        if answer.status_code == 422 and place:
            expected = ".".join(place)
            assert any(found.startswith(expected) for found in answer.json()["errors"]), (text[:80], answer.content)
    for credential in owner.api.get(URL).json()["items"]:
        assert all(credential_for_use(owner.organization.id, credential["id"]).fields.values())


@pytest.mark.parametrize("kind", ["[]", "{}", "5", "null", '["bearer"]', '"Bearer"', "true"])
def test_a_kind_that_is_none_is_refused_by_name(owner: Person, kind: str) -> None:
    answer = send(owner.api, "POST", URL, with_value(BODIES["bearer"], ("kind",), kind))
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["kind"])
    assert not Credential.plain.exists()


def test_any_value_in_any_query(owner: Person) -> None:
    for field in ("cursor", "limit", "ordering", "kind", "search"):
        for text in TEXTS:
            answer = owner.api.get(f"{URL}?{field}={quote(text)}")
            assert answer.status_code < 500, (field, text[:80], answer.content)


@pytest.mark.parametrize("field", ["name", "field-name", "field-value"])
def test_any_value_in_any_form(owner: Person, field: str) -> None:
    new = "/settings/credentials/new/header/"
    good = {"name": "Shop", "field-name": "X-Key", "field-value": "secret"}
    owner.client.post(new, {**good, "name": "First"})
    first = Credential.plain.get()
    for text in TEXTS:
        for path in (new, f"/settings/credentials/{first.id}/"):
            answer = owner.client.post(path, {**good, field: text})
            assert answer.status_code < 500, (path, text[:80])
    rows = Credential.plain.all()
    assert all(0 < len(row.name) <= 100 and "\x00" not in row.name for row in rows)


@pytest.mark.parametrize("before", TEXTS)
def test_any_page_of_the_screen(owner: Person, before: str) -> None:
    assert owner.client.get("/settings/credentials/", {"before": before}).status_code == 200
