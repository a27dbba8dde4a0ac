"""Credentials: typed, encrypted, never readable again."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from apps.accounts.models import AuditEvent
from apps.connections.models import Credential
from apps.connections.public import credential_for_use, credential_ids, credential_names, find_credential_id
from apps.connections.services.keys import KeyRing
from exprsn.kernel.errors import NotFound, Unavailable
from tests.people import Person

pytestmark = pytest.mark.django_db
URL = "/api/v1/credentials/"
SECRET = "sk-very-secret"
BEARER = {"name": "Shop", "kind": "bearer", "fields": {"token": SECRET}}


def test_a_secret_goes_in_and_never_comes_out(owner: Person) -> None:
    made = owner.api.post(URL, BEARER)
    answers: list[Any] = [
        made,
        owner.api.get(URL),
        owner.api.get(f"{URL}{made.json()['id']}/"),
        owner.api.get("/api/v1/audit-events/"),
    ]
    pages: list[Any] = [
        owner.client.get("/settings/credentials/"),
        owner.client.get(f"/settings/credentials/{made.json()['id']}/"),
    ]
    assert [answer.status_code for answer in (*answers, *pages)] == [201, 200, 200, 200, 200, 200]
    assert not any(SECRET.encode() in answer.content for answer in (*answers, *pages))
    assert SECRET.encode() not in bytes(Credential.plain.get().payload)
    assert SECRET not in repr(credential_for_use(owner.organization.id, made.json()["id"]))


def test_at_run_time_it_is_opened(owner: Person) -> None:
    made = owner.api.post(URL, BEARER).json()
    assert credential_for_use(owner.organization.id, made["id"]).fields == {"token": SECRET}
    assert credential_ids(owner.organization.id) == {made["id"]}
    assert credential_names(owner.organization.id) == {made["id"]: "Shop"}
    assert find_credential_id(owner.organization.id, "Shop") == made["id"]
    assert find_credential_id(owner.organization.id, "Nope") is None


@pytest.mark.parametrize("wanted", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_what_does_not_exist_cannot_be_opened(owner: Person, wanted: str) -> None:
    with pytest.raises(NotFound):
        credential_for_use(owner.organization.id, wanted)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "name"),
        ({**BEARER, "kind": "magic"}, "kind"),
        ({**BEARER, "fields": {}}, "fields.token"),
        ({**BEARER, "fields": {"token": "a\nb"}}, "fields.token"),
        ({**BEARER, "fields": {"token": "x", "extra": "y"}}, "fields.extra"),
        ({**BEARER, "fields": {"token": 5}}, "fields.token"),
        ({**BEARER, "name": " "}, "name"),
    ],
)
def test_bad_credentials_are_refused_with_the_place(owner: Person, body: dict[str, Any], place: str) -> None:
    answer = owner.api.post(URL, body)
    assert answer.status_code == 422
    assert place in answer.json()["errors"]
    assert not Credential.plain.exists()


def test_names_are_unique_in_an_organization(owner: Person, stranger: Person) -> None:
    owner.api.post(URL, BEARER)
    assert owner.api.post(URL, BEARER).json()["code"] == "credential_name_taken"
    assert stranger.api.post(URL, BEARER).status_code == 201


def test_what_is_left_empty_keeps_its_value(owner: Person) -> None:
    fields = {"username": "ada", "password": SECRET}
    made = owner.api.post(URL, {"name": "Basic", "kind": "basic", "fields": fields}).json()
    owner.api.patch(f"{URL}{made['id']}/", {"name": "Renamed", "fields": {"username": "eve", "password": ""}})
    assert credential_for_use(owner.organization.id, made["id"]).fields == {"username": "eve", "password": SECRET}
    assert AuditEvent.plain.get(verb="credential.updated").changes == {"name": ["Basic", "Renamed"]}


def test_three_people(owner: Person, mate: Person, stranger: Person) -> None:
    made = owner.api.post(URL, BEARER).json()
    path = f"{URL}{made['id']}/"
    assert mate.api.get(path).status_code == 200
    assert [
        mate.api.post(URL, BEARER).status_code,
        mate.api.patch(path, {"name": "x"}).status_code,
        mate.api.delete(path).status_code,
    ] == [403] * 3
    assert [
        stranger.api.get(path).status_code,
        stranger.api.patch(path, {"name": "x"}).status_code,
        stranger.api.delete(path).status_code,
    ] == [404] * 3
    assert Credential.plain.get().name == "Shop"
    assert owner.api.delete(path).status_code == 204


def test_the_kinds_are_described(owner: Person) -> None:
    kinds = {entry["kind"] for entry in owner.api.get("/api/v1/credential-types/").json()["items"]}
    assert kinds == {"header", "basic", "bearer", "query", "smtp", "postgres", "mysql", "hmac", "jwt"}


def test_screens_enter_change_and_delete(owner: Person) -> None:
    new = "/settings/credentials/new/query/"
    assert owner.client.get(new).status_code == 200
    owner.client.post(new, {"name": "Q", "field-name": "key", "field-value": SECRET})
    credential = Credential.plain.get()
    assert b"Another credential" in owner.client.post(new, {"name": "Q", "field-name": "k", "field-value": "v"}).content
    page = f"/settings/credentials/{credential.id}/"
    owner.client.post(page, {"name": "Q2", "field-name": "", "field-value": ""})
    assert credential_for_use(owner.organization.id, str(credential.id)).fields == {"name": "key", "value": SECRET}
    owner.client.post(f"{page}delete/")
    assert not Credential.plain.exists()


def test_keys_rotate_and_old_ones_still_decrypt() -> None:
    old, new = (f"{name}:{Fernet.generate_key().decode()}" for name in ("old", "new"))
    key_id, token = KeyRing([old]).encrypt(b"x")
    ring = KeyRing([new, old])
    assert (ring.current, ring.decrypt(key_id, token)) == ("new", b"x")
    with pytest.raises(Unavailable):
        KeyRing([new]).decrypt(key_id, token)


def test_a_key_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="broken"):
        KeyRing(["broken:abc"])
