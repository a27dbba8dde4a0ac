"""Signing in and out, resetting a password, bootstrap."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import ApiToken, AuditEvent, User
from tests.people import PASSWORD, Person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def test_everything_leads_to_the_sign_in_page() -> None:
    for path in ("/", "/workflows/", "/settings/audit/"):
        assert Client().get(path)["Location"].startswith(LOGIN)


def test_signing_in_and_out_is_audited(owner: Person) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": "OWNER@example.com", "password": PASSWORD})
    assert answer["Location"] == "/"
    client.post("/accounts/logout/")
    verbs = list(AuditEvent.plain.filter(object_type="user").order_by("id").values_list("verb", flat=True))
    assert verbs == ["session.signed_in", "session.signed_out"]
    assert client.get("/")["Location"].startswith(LOGIN)


def test_after_some_wrong_passwords_even_the_right_one_waits(owner: Person) -> None:
    client = Client()
    for _ in range(6):
        client.post(LOGIN, {"login": "owner@example.com", "password": "wrong-password"})
    answer = client.post(LOGIN, {"login": "owner@example.com", "password": PASSWORD})
    assert answer.status_code == 200
    assert AuditEvent.plain.filter(verb="session.sign_in_failed").exists()


def test_nobody_signs_up_unless_it_is_allowed() -> None:
    answer = Client().post("/accounts/signup/", {"email": "n@e.w", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="n@e.w").exists()
    assert answer.status_code == 200


def test_a_password_is_reset_by_mail(owner: Person) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": "owner@example.com"})
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link.group().replace("http://testserver", ""), follow=True)
    form_path = page.redirect_chain[-1][0]
    client.post(form_path, {"password1": "another-long-password", "password2": "another-long-password"})
    owner.user.refresh_from_db()
    assert owner.user.check_password("another-long-password")


def test_passwords_have_at_least_twelve_characters(owner: Person) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": "owner@example.com"})
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link.group().replace("http://testserver", ""), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "short-one", "password2": "short-one"})
    owner.user.refresh_from_db()
    assert owner.user.check_password(PASSWORD)


def bootstrap(*arguments: str) -> dict[str, str]:
    out = StringIO()
    call_command("bootstrap", *arguments, "--json", stdout=out)
    answer: dict[str, str] = json.loads(out.getvalue())
    return answer


def test_bootstrap_makes_an_administrator_once_and_a_new_token_each_time() -> None:
    first = bootstrap("--email", "root@example.com", "--password", PASSWORD)
    second = bootstrap("--email", "root@example.com", "--password", PASSWORD)
    assert (first["organization"], first["user"]) == ("root", "root@example.com")
    assert first["token"] != second["token"]
    assert User.objects.filter(is_superuser=True).count() == 1
    assert ApiToken.plain.filter(revoked_at__isnull=True).count() == 1
    client = Client(headers={"Authorization": f"Bearer {second['token']}"})
    assert client.get("/api/v1/me/").json()["email"] == "root@example.com"


def test_bootstrap_makes_up_a_password_and_says_it_once() -> None:
    out = StringIO()
    call_command("bootstrap", "--first-run", stdout=out)
    assert "shown once" in out.getvalue()
    again = StringIO()
    call_command("bootstrap", "--first-run", stdout=again)
    assert again.getvalue() == ""


def test_bootstrap_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError):
        call_command("bootstrap", "--email", "nonsense")
