"""Credentials of servers: fields with defaults, and trying them out."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import AuditEvent
from apps.connections.public import credential_for_use
from tests.people import Person
from tests.workflows.execution.smtp_server import Mailbox, mail_server

pytestmark = pytest.mark.django_db
URL = "/api/v1/credentials/"


def stored(person: Person, kind: str, **fields: str) -> str:
    answer = person.api.post(URL, {"name": kind, "kind": kind, "fields": fields})
    assert answer.status_code == 201, answer.content
    found: str = answer.json()["id"]
    return found


def test_what_is_not_given_has_its_default(owner: Person) -> None:
    made = stored(owner, "postgres", host="db.example.com", database="shop", user="ada")
    assert credential_for_use(owner.organization.id, made).fields == {
        "host": "db.example.com",
        "port": "5432",
        "database": "shop",
        "user": "ada",
        "password": "",
        "ssl": "verify",
    }
    described = {entry["kind"]: entry["fields"] for entry in owner.api.get("/api/v1/credential-types/").json()["items"]}
    assert described["smtp"][-1] == {
        "name": "security",
        "label": "Encryption",
        "secret": False,
        "required": True,
        "default": "starttls",
        "options": ["starttls", "tls", "none"],
        "multiline": False,
    }


@pytest.mark.parametrize(
    ("fields", "place"), [({"host": ""}, "host"), ({"security": "maybe"}, "security"), ({"x": "y"}, "x")]
)
def test_what_is_wrong_is_named(owner: Person, fields: dict[str, str], place: str) -> None:
    body = {"name": "m", "kind": "smtp", "fields": {"host": "mail.example.com", **fields}}
    answer = owner.api.post(URL, body)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {f"fields.{place}"})


def test_trying_one_out_really_connects(owner: Person, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    with mail_server(Mailbox(user=("ada", "pass"))) as box:
        made = stored(owner, "smtp", **box.credential)
        path = f"{URL}{made}/test/"
        assert owner.api.post(path).json() == {"ok": True, "code": "", "message": ""}
        assert "AUTH" in box.commands
        owner.api.patch(f"{URL}{made}/", {"fields": {"password": "wrong"}})
        refused = owner.api.post(path).json()
        assert (refused["ok"], refused["code"]) == (False, "smtp_login_refused")
        assert "wrong" not in refused["message"]
        page = owner.client.post(f"/settings/credentials/{made}/test/", follow=True)
        assert refused["message"] in page.content.decode()
    settings.EXPRSN_OUTGOING_ALLOW = []
    assert owner.api.post(path).json()["code"] == "outgoing_request_blocked"
    assert AuditEvent.plain.filter(verb="credential.tested").count() == 4


def test_a_kind_that_names_no_server_cannot_be_tried(owner: Person) -> None:
    made = stored(owner, "bearer", token="x")
    answer = owner.api.post(f"{URL}{made}/test/")
    assert (answer.status_code, answer.json()["code"]) == (409, "credential_not_testable")
    assert b">Test<" not in owner.client.get(f"/settings/credentials/{made}/").content


def test_three_people(owner: Person, mate: Person, stranger: Person) -> None:
    path = f"{URL}{stored(owner, 'smtp', host='mail.invalid')}/test/"
    assert owner.api.post(path).json()["code"] == "connection_failed"
    assert (mate.api.post(path).status_code, stranger.api.post(path).status_code) == (403, 404)


def test_the_screen_offers_choices_and_keeps_and_shows_what_is_no_secret(owner: Person, mate: Person) -> None:
    new = "/settings/credentials/new/mysql/"
    page = owner.client.get(new).content.decode()
    assert '<option value="verify" selected>' in page and 'value="3306"' in page
    typed = {
        "host": "db.example.com",
        "port": "3307",
        "database": "shop",
        "user": "ada",
        "password": "hush-hush",
        "ssl": "require",
    }
    owner.client.post(new, {"name": "Shop", **{f"field-{name}": value for name, value in typed.items()}})
    (made,) = owner.api.get(URL).json()["items"]
    owner.client.post(f"/settings/credentials/{made['id']}/", {"name": "Shop", "field-port": "3308"})
    assert credential_for_use(owner.organization.id, made["id"]).fields == {**typed, "port": "3308"}
    page = owner.client.get(f"/settings/credentials/{made['id']}/").content.decode()
    assert ">Test<" in page and "hush-hush" not in page
    assert all(f'value="{value}"' in page for value in ("db.example.com", "3308", "shop", "ada"))
    assert '<option value="require" selected>' in page
    assert "db.example.com" not in mate.client.get(f"/settings/credentials/{made['id']}/").content.decode()
