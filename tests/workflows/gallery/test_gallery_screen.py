"""The screen of examples, without scripts."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from apps.workflows.interchange.gallery import template_files
from apps.workflows.models import Workflow
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)
SCREEN = "/workflows/gallery/"


def names(person: Person, query: str = "") -> list[str]:
    page = person.client.get(f"{SCREEN}?{query}").content.decode()
    return re.findall(r'<p class="label">[^<]*</p>\s*<h2>([^<]+)</h2>', page)


def test_every_example_is_shown_with_its_steps_and_a_button(owner: Person) -> None:
    page = owner.client.get(SCREEN).content.decode()
    for file in template_files().values():
        assert file.name in page
        assert f"{SCREEN}{file.slug}/use/" in page
    assert "A credential of the kind SMTP" in page
    assert ">Send e-mail</span>" in page


def test_words_and_categories_narrow_them(owner: Person) -> None:
    assert names(owner, "category=schedule") == ["Read prices from a web page", "Tell me only what is new"]
    assert names(owner, "search=statistics+javascript") == []
    assert names(owner, "search=javascript") == ["Python and JavaScript side by side"]
    assert names(owner, "search=%00%3Cscript%3E") == names(owner, "category=nothing") == []
    assert "Nothing fits" in owner.client.get(f"{SCREEN}?search=%3Cscript%3E").content.decode()


def test_use_makes_a_workflow_and_opens_it(owner: Person) -> None:
    answer = owner.client.post(f"{SCREEN}csv-summary/use/")
    made = Workflow.plain.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/workflows/{made.id}/")
    assert (made.name, made.created_by_id) == ("CSV to a summary", owner.user.id)
    assert "is yours now" in owner.client.get("/workflows/").content.decode()


def test_whoever_may_only_look_has_no_button_and_makes_nothing(owner: Person, mate: Person, client: Client) -> None:
    page = mate.client.get(SCREEN).content.decode()
    assert "CSV to a summary" in page
    assert "/use/" not in page
    assert mate.client.post(f"{SCREEN}csv-summary/use/").status_code == 403
    assert client.get(SCREEN).status_code == 302
    assert Workflow.plain.count() == 0


def test_an_unknown_example_is_a_page_that_is_not_there(owner: Person) -> None:
    assert owner.client.post(f"{SCREEN}nothing/use/").status_code == 404


def test_the_list_of_workflows_leads_here(owner: Person) -> None:
    page = owner.client.get("/workflows/").content.decode()
    assert page.count(f'href="{SCREEN}"') == 2  # beside Import, and in the empty state
