"""API tokens: hashed, scoped, expiring, counted, revocable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.test import APIClient

from apps.accounts.models import ApiToken, AuditEvent
from apps.accounts.services.tokens import create_token, revoke_token
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import InvalidInput, NotFound
from tests.people import Person

pytestmark = pytest.mark.django_db


def with_token(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_the_secret_is_shown_once_and_never_stored(owner: Person) -> None:
    made = owner.api.post("/api/v1/tokens/", {"name": "script", "scopes": ["read"]}).json()
    assert made["token"].startswith("exprsn_")
    assert "token" not in owner.api.get("/api/v1/tokens/").json()["items"][0]
    assert made["token"] not in str(ApiToken.plain.values_list())


def test_a_token_acts_as_its_owner(owner: Person) -> None:
    assert owner.api.get("/api/v1/me/").json()["email"] == "owner@example.com"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"revoked_at": utc_now()}, "token_revoked"),
        ({"expires_at": utc_now() - timedelta(seconds=1)}, "token_expired"),
        ({"use_limit": 1, "use_count": 1}, "token_use_limit_reached"),
        ({"digest": "0" * 64}, "token_invalid"),
    ],
)
def test_a_token_that_is_no_good_says_why(owner: Person, change: dict[str, Any], code: str) -> None:
    token, secret = create_token(actor=owner.actor, name="t", scopes=["read"])
    ApiToken.plain.filter(id=token.id).update(**change)
    answer = with_token(secret).get("/api/v1/me/")
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_each_use_counts_against_the_limit(owner: Person) -> None:
    _, secret = create_token(actor=owner.actor, name="t", scopes=["read"], use_limit=2)
    statuses = [with_token(secret).get("/api/v1/me/").status_code for _ in range(3)]
    assert statuses == [200, 200, 401]


def test_a_scope_narrows_the_role(owner: Person) -> None:
    _, secret = create_token(actor=owner.actor, name="t", scopes=["read"])
    answer = with_token(secret).post("/api/v1/workflows/", {"name": "No"})
    assert (answer.status_code, answer.json()["permission"]) == (403, "write")


def test_nobody_gives_a_token_more_than_they_may(mate: Person) -> None:
    with pytest.raises(InvalidInput) as caught:
        create_token(actor=mate.actor, name="t", scopes=["write"])
    assert caught.value.code == "scope_not_allowed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["fly"]},
        {"name": "", "scopes": ["read"]},
    ],
)
def test_a_bad_token_request_is_refused(owner: Person, body: dict[str, Any]) -> None:
    assert owner.api.post("/api/v1/tokens/", body).status_code == 422


def test_an_expiry_in_the_past_is_refused(owner: Person) -> None:
    body = {"name": "x", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"}
    assert owner.api.post("/api/v1/tokens/", body).json()["errors"] == {"expires_at": ["Must be in the future."]}


def test_revoking_is_for_the_owner_of_the_token_and_administrators(
    owner: Person, mate: Person, stranger: Person
) -> None:
    token, _ = create_token(actor=owner.actor, name="t", scopes=["read"])
    for person in (mate, stranger):
        with pytest.raises(NotFound):
            revoke_token(actor=person.actor, token_id=token.id)
    theirs, _ = create_token(actor=mate.actor, name="t", scopes=["read"])
    assert revoke_token(actor=owner.actor, token_id=theirs.id).revoked_at is not None
    assert ApiToken.plain.get(id=token.id).revoked_at is None


def limited(owner: Person, **limits: Any) -> tuple[ApiToken, APIClient]:
    """A token of the owner and a client that sends it."""
    token, secret = create_token(actor=owner.actor, name="t", **{"scopes": ["read"], **limits})
    return token, with_token(secret)


@pytest.mark.parametrize("scopes", [["read"], ["write"], ["read", "write", "execute"]])
def test_a_token_without_the_scope_to_administer_manages_no_tokens(owner: Person, scopes: list[str]) -> None:
    other, _ = create_token(actor=owner.actor, name="other", scopes=["read"])
    own, client = limited(owner, scopes=scopes)
    refused = [
        client.post("/api/v1/tokens/", {"name": "more", "scopes": ["admin"]}),
        client.post("/api/v1/tokens/", {"name": "same", "scopes": scopes}),
        client.delete(f"/api/v1/tokens/{other.id}/"),
    ]
    assert [(answer.status_code, answer.json()["permission"]) for answer in refused] == [(403, "admin")] * 3
    assert not ApiToken.plain.filter(name__in=["more", "same"]).exists()
    assert not ApiToken.plain.filter(revoked_at__isnull=False).exists()
    assert client.delete(f"/api/v1/tokens/{own.id}/").status_code == 204


def test_a_token_needs_the_scope_to_read_to_list(owner: Person) -> None:
    _, client = limited(owner, scopes=["execute"])
    answers = [client.get(path) for path in ("/api/v1/tokens/", "/api/v1/organizations/")]
    assert [(answer.status_code, answer.json()["permission"]) for answer in answers] == [(403, "read")] * 2


def test_a_token_gives_no_scope_that_it_lacks(owner: Person) -> None:
    _, client = limited(owner, scopes=["read", "admin"])
    answer = client.post("/api/v1/tokens/", {"name": "x", "scopes": ["read", "write"]})
    assert (answer.status_code, answer.json()["errors"]) == (422, {"scopes": ["write"]})
    assert client.post("/api/v1/tokens/", {"name": "x", "scopes": ["read"]}).status_code == 201


def test_a_token_makes_none_that_outlives_it(owner: Person) -> None:
    token, client = limited(owner, scopes=["read", "admin"], expires_at=utc_now() + timedelta(days=2))
    body = {"name": "x", "scopes": ["read"]}
    assert client.post("/api/v1/tokens/", body).status_code == 201
    assert ApiToken.plain.get(name="x").expires_at == token.expires_at
    later = client.post("/api/v1/tokens/", {**body, "expires_at": utc_now() + timedelta(days=3)})
    assert (later.status_code, list(later.json()["errors"])) == (422, ["expires_at"])
    sooner = utc_now() + timedelta(days=1)
    assert client.post("/api/v1/tokens/", {**body, "name": "y", "expires_at": sooner}).status_code == 201
    assert ApiToken.plain.get(name="y").expires_at == sooner


def test_a_token_without_an_end_may_give_one(owner: Person) -> None:
    _, client = limited(owner, scopes=["read", "admin"])
    sooner = utc_now() + timedelta(days=1)
    assert client.post("/api/v1/tokens/", {"name": "y", "scopes": ["read"], "expires_at": sooner}).status_code == 201
    assert ApiToken.plain.get(name="y").expires_at == sooner


def test_a_token_with_a_use_limit_makes_no_others(owner: Person) -> None:
    _, client = limited(owner, scopes=["read", "admin"], use_limit=5)
    assert client.post("/api/v1/tokens/", {"name": "x", "scopes": ["read"]}).status_code == 403
    assert not ApiToken.plain.filter(name="x").exists()


def uses(token: ApiToken) -> list[str]:
    """The addresses that the log of a token's use names."""
    rows = AuditEvent.plain.filter(verb="token.used", object_id=str(token.id)).order_by("occurred_at")
    return list(rows.values_list("ip", flat=True))


@pytest.mark.parametrize("use_limit", [None, 9])
def test_the_first_use_of_a_token_is_audited_for_each_address(owner: Person, use_limit: int | None) -> None:
    token, client = limited(owner, use_limit=use_limit)
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.1", "2001:db8::1"):
        assert client.get("/api/v1/me/", REMOTE_ADDR=address).status_code == 200
    assert uses(token) == ["192.0.2.1", "192.0.2.2", "2001:db8::1"]


def test_the_first_use_of_a_token_is_audited_on_each_day(owner: Person) -> None:
    token, client = limited(owner)
    with time_machine.travel("2031-03-01T23:59:00Z", tick=False) as traveller:
        for moment in ("2031-03-01T23:59:00Z", "2031-03-01T23:59:59Z", "2031-03-02T00:00:00Z", "2031-03-02T18:00:00Z"):
            traveller.move_to(moment)
            client.get("/api/v1/me/")
    assert uses(token) == ["127.0.0.1"] * 2


def test_the_first_use_is_told_once_though_the_cache_forgets(owner: Person) -> None:
    token, client = limited(owner)
    for _ in range(3):
        client.get("/api/v1/me/")
        cache.clear()
    assert uses(token) == ["127.0.0.1"]


def test_a_refused_use_is_no_use(owner: Person) -> None:
    token, client = limited(owner, use_limit=1)
    assert [client.get("/api/v1/me/", REMOTE_ADDR=ip).status_code for ip in ("192.0.2.1", "192.0.2.2")] == [200, 401]
    assert uses(token) == ["192.0.2.1"]


def test_a_token_of_somebody_who_left_is_no_good(owner: Person, mate: Person) -> None:
    secret = mate.token
    owner.organization.memberships.filter(user=mate.user).delete()
    assert with_token(secret).get("/api/v1/me/").json()["code"] == "token_invalid"


def test_a_token_stays_within_its_organization(owner: Person, stranger: Person) -> None:
    answer = owner.api.get("/api/v1/me/", headers={"X-Organization": stranger.organization.slug})
    assert (answer.status_code, answer.json()["code"]) == (404, "organization_not_found")
    assert owner.api.get("/api/v1/me/", headers={"X-Organization": owner.organization.slug}).status_code == 200
