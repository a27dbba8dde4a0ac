"""The administration is entered by the product's own sign-in page, with its lock-out and its audit log."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from apps.accounts.models import AuditEvent, User
from tests.people import PASSWORD, Person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("root@example.com", PASSWORD)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def where(answer: Any) -> tuple[str, str]:
    """The path of a redirect and its ``next``."""
    assert answer.status_code == 302
    parts = urlsplit(answer["Location"])
    return parts.path, parse_qs(parts.query).get("next", [""])[0]


def test_the_administration_leads_to_the_sign_in_page_and_back(administrator: User) -> None:
    client = Client()
    door = client.get("/admin/auth/group/")["Location"]
    assert where(client.get(door)) == (LOGIN, "/admin/auth/group/")
    answer = client.post(LOGIN, {"login": administrator.email, "password": PASSWORD, "next": "/admin/auth/group/"})
    assert where(answer) == ("/admin/auth/group/", "")
    assert client.get("/admin/auth/group/").status_code == 200
    assert AuditEvent.plain.filter(verb="session.signed_in", actor_id=administrator.id).count() == 1


def test_no_password_is_taken_at_the_former_address(administrator: User) -> None:
    client = Client()
    for _ in range(2):
        answer = client.post("/admin/login/?next=/admin/", {"username": administrator.email, "password": PASSWORD})
        assert where(answer) == (LOGIN, "/admin/")
    assert where(client.get("/admin/"))[0] == "/admin/login/"


def test_who_is_signed_in_signs_in_nobody_else_there(administrator: User, owner: Person) -> None:
    client = signed_in(administrator)
    answer = client.post("/admin/login/", {"username": "owner@example.com", "password": PASSWORD})
    assert where(answer) == ("/admin/", "")
    assert client.get("/api/v1/me/").json()["email"] == administrator.email


def test_the_lock_out_holds_for_the_administration(administrator: User) -> None:
    client = Client()
    for _ in range(6):
        client.post(f"{LOGIN}?next=/admin/", {"login": administrator.email, "password": "wrong-password"})
    client.post("/admin/login/?next=/admin/", {"username": administrator.email, "password": PASSWORD})
    client.post(f"{LOGIN}?next=/admin/", {"login": administrator.email, "password": PASSWORD})
    assert client.get("/admin/").status_code == 302
    assert AuditEvent.plain.filter(verb="session.sign_in_failed", actor_id=administrator.id).exists()


def test_who_may_not_administer_is_told_so_and_not_sent_round(owner: Person) -> None:
    answer = owner.client.get("/admin/", follow=True)
    assert [status for _, status in answer.redirect_chain] == [302]
    assert answer.status_code == 403
    assert owner.client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("", "/admin/"),
        ("/admin/auth/group/", "/admin/auth/group/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example", "/admin/"),
    ],
)
def test_only_own_pages_follow(administrator: User, wanted: str, path: str) -> None:
    assert signed_in(administrator).get("/admin/login/", {"next": wanted})["Location"] == path
    assert where(Client().get("/admin/login/", {"next": wanted})) == (LOGIN, path)


def test_signing_out_of_the_administration_is_audited(administrator: User) -> None:
    client = signed_in(administrator)
    assert client.post("/admin/logout/").status_code == 302
    assert AuditEvent.plain.filter(verb="session.signed_out", actor_id=administrator.id).count() == 1
    assert client.get("/admin/").status_code == 302


def test_the_password_is_changed_on_the_products_screen(administrator: User) -> None:
    assert where(signed_in(administrator).get("/admin/password_change/"))[0] == "/accounts/password/change/"
