from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.people import Person


@pytest.mark.django_db
def test_the_gallery_is_hidden_unless_it_is_switched_on(client: Client, settings: Any) -> None:
    settings.EXPRSN_DESIGN_GALLERY = False
    assert client.get("/_design/").status_code == 404


@pytest.mark.django_db
def test_the_gallery_needs_nobody_to_be_signed_in(client: Client, settings: Any) -> None:
    settings.EXPRSN_DESIGN_GALLERY = True
    answer = client.get("/_design/")
    assert answer.status_code == 200
    assert b"organization-switch" not in answer.content
    assert client.post("/_design/").status_code == 405


def test_every_script_carries_the_nonce_of_the_policy(owner: Person) -> None:
    answer = owner.client.get("/")
    policy = answer["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    scripts = re.findall(r"<script\b[^>]*>", answer.content.decode())
    running = [tag for tag in scripts if "application/json" not in tag]
    assert running
    assert [tag for tag in running if f'nonce="{nonce[1]}"' not in tag] == []
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/workflows/", "/executions/", "/settings/tokens/", "/settings/audit/"])
def test_pages_have_no_inline_styles_and_handlers(owner: Person, path: str) -> None:
    html = owner.client.get(path).content.decode()
    assert re.findall(r"<[^>]+\s(?:style|on[a-z]+)=", html) == []


def test_the_theme_is_chosen_before_styles_and_scripts_load(owner: Person) -> None:
    head = owner.client.get("/").content.decode().partition("</head>")[0]
    assert head.index("exprsn.theme") < head.index("stylesheet")


def test_the_shell_shows_the_organization_and_the_current_entry(owner: Person) -> None:
    html = owner.client.get("/workflows/").content.decode()
    assert owner.organization.name in html
    assert re.findall(r'href="([^"]+)"[^>]*aria-current="page"', html) == ["/workflows/"]


def test_who_may_only_look_is_not_offered_the_audit_log(owner: Person, mate: Person) -> None:
    assert b"/settings/audit/" in owner.client.get("/").content
    assert b"/settings/audit/" not in mate.client.get("/").content


@pytest.mark.django_db
def test_a_missing_page_looks_like_the_product(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert b"auth-card" in answer.content
    assert b"There is nothing here" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "password/reset/key/1-abc/", "confirm-email/abc/", "inactive/"]
)
def test_every_page_of_sign_in_looks_like_the_product(client: Client, path: str) -> None:
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 200
    assert b"auth-card" in answer.content


def test_who_may_not_import_is_not_offered_to(owner: Person, mate: Person) -> None:
    assert b"Import a workflow" in owner.client.get("/").content
    assert b"Import a workflow" not in mate.client.get("/").content
