"""Whatever is sent to the accounts API and screens: an answer that says what is wrong, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

from apps.accounts.contracts import Actor
from apps.accounts.models import Membership
from apps.accounts.services.organizations import create_organization
from apps.accounts.services.profile import update_profile
from apps.accounts.services.teams import create_team
from exprsn.kernel.errors import NotAllowed
from tests.hostile import JSON_TEXTS, TEXTS, send, with_value
from tests.people import Person

pytestmark = pytest.mark.django_db
READS = ("/me/", "/organizations/", "/teams/", "/tokens/", "/audit-events/")


@dataclass(frozen=True)
class Endpoint:
    """Where something is written, and a body that would do; ``path`` is made for the person who asks."""

    method: str
    path: Callable[[Person], str]
    body: dict[str, Any]


def _members(person: Person) -> str:
    return f"/organizations/{person.organization.id}/members/"


def _member(person: Person) -> str:
    return f"{_members(person)}{Membership.objects.get(user__email='mate@example.com', role='viewer').id}/"


def _team(person: Person) -> str:
    return f"/teams/{create_team(actor=person.actor, name='A team').id}/"


TOKEN = {"name": "x", "scopes": ["read"], "expires_at": None, "use_limit": 3}
ENDPOINTS = {
    "me": Endpoint("PATCH", lambda _: "/me/", {"name": "A", "locale": "en", "theme": "dark"}),
    "new organization": Endpoint("POST", lambda _: "/organizations/", {"name": "A", "timezone": "UTC", "locale": "en"}),
    "organization": Endpoint(
        "PATCH", lambda p: f"/organizations/{p.organization.id}/", {"name": "A", "timezone": "UTC", "locale": "en"}
    ),
    "new member": Endpoint("POST", _members, {"email": "stranger@example.com", "role": "viewer"}),
    "member": Endpoint("PATCH", _member, {"role": "viewer", "teams": []}),
    "new team": Endpoint("POST", lambda _: "/teams/", {"name": "A"}),
    "team": Endpoint("PATCH", _team, {"name": "B"}),
    "new token": Endpoint("POST", lambda _: "/tokens/", TOKEN),
}
PLACES = [(name, place) for name, made in ENDPOINTS.items() for place in ((), *((field,) for field in made.body))]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_any_value_in_any_place_of_the_api(
    owner: Person, mate: Person, stranger: Person, name: str, place: tuple[str, ...]
) -> None:
    endpoint = ENDPOINTS[name]
    path = f"/api/v1{endpoint.path(owner)}"
    for text in JSON_TEXTS:
        answer = send(owner.api, endpoint.method, path, with_value(endpoint.body, place, text))
        assert answer.status_code < 500, (text[:80], answer.content)
        if answer.status_code == 422 and place:
            assert any(found.startswith(place[0]) for found in answer.json()["errors"]), (text[:80], answer.content)
    assert [owner.api.get(f"/api/v1{read}").status_code for read in READS] == [200] * len(READS)


FILTERS = ("actor", "verb", "object_type", "object_id", "since", "until", "search", "cursor", "limit", "ordering")


@pytest.mark.parametrize("path", READS[1:])
def test_any_value_in_any_filter(owner: Person, path: str) -> None:
    for field in FILTERS:
        for text in (*TEXTS, "%FF"):
            raw = text if text == "%FF" else quote(text)
            answer = owner.api.get(f"/api/v1{path}?{field}={raw}")
            assert answer.status_code < 500, (field, text[:80], answer.content)


@pytest.mark.parametrize("text", [*TEXTS[4:], "é"])
def test_any_header(owner: Person, text: str) -> None:
    for header in ("X-Organization", "Authorization"):
        for value in (text, f"Bearer {text}"):
            assert owner.api.get("/api/v1/me/", headers={header: value}).status_code < 500, (header, value)
            assert owner.client.get("/api/v1/me/", headers={header: value}).status_code < 500, (header, value)


SCREENS = {
    "/settings/tokens/": {"name": "x", "scopes": "read", "days": "30"},
    "/organizations/switch/": {"organization": "x", "back": "/"},
    "/accounts/login/": {"login": "a@example.com", "password": "x", "next": "/"},
    "/accounts/password/reset/": {"email": "a@example.com"},
}


@pytest.mark.parametrize("path", SCREENS)
def test_any_value_in_any_form(owner: Person, path: str) -> None:
    for field in SCREENS[path]:
        for text in TEXTS:
            answer = owner.client.post(path, {**SCREENS[path], field: text})
            assert answer.status_code < 500, (field, text[:80])


@pytest.mark.parametrize("field", ["search", "before", "verb", "actor", "since", "until", "object_id"])
def test_any_value_in_the_filter_of_the_audit_screen(owner: Person, field: str) -> None:
    for text in TEXTS:
        assert owner.client.get("/settings/audit/", {field: text}).status_code < 500, text[:80]


def test_the_product_itself_has_no_account(owner: Person) -> None:
    system = Actor.system(owner.organization.id, "a schedule")
    for call in (
        lambda: update_profile(actor=system, changes={"name": "x"}),
        lambda: create_organization(actor=system, name="x"),
    ):
        with pytest.raises(NotAllowed, match="Only a person"):
            call()
