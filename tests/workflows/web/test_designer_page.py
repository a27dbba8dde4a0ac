"""The page around the designer: what the island begins with, and who may open it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from apps.workflows.models import Workflow
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def props_of(page: str) -> dict[str, Any]:
    """What the island is given."""
    found = re.search(r'<script id="designer-props" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    props: dict[str, Any] = json.loads(found[1])
    return props


def test_the_page_tells_the_island_what_it_begins_with(owner: Person) -> None:
    made = go_live(owner, chain(hook("page"), fields("a", x="1")))
    props = props_of(owner.client.get(f"/workflows/{made['id']}/?execution=abc").content.decode())
    assert props["workflow"]["name"] == made["name"]
    assert props["workflow"]["status"] == "active"
    assert props["workflow"]["published_version"] == 1
    assert props["rights"] == {"write": True, "run": True, "publish": True}
    assert props["execution"] == "abc"
    assert props["view"] is None


def test_the_view_is_where_the_person_left_it(owner: Person, editor: Person) -> None:
    made = create(owner, chain(MANUAL))
    path = f"/workflows/{made['id']}/"
    owner.api.put(f"/api/v1{path}view/", {"x": 10, "y": -20, "zoom": 0.5}, format="json")
    assert props_of(owner.client.get(path).content.decode())["view"] == {"x": 10, "y": -20, "zoom": 0.5}
    assert props_of(editor.client.get(path).content.decode())["view"] is None


def test_who_may_only_look_gets_a_page_that_says_so(owner: Person, mate: Person, stranger: Person) -> None:
    path = f"/workflows/{create(owner, chain(MANUAL))['id']}/"
    assert props_of(mate.client.get(path).content.decode())["rights"]["write"] is False
    assert stranger.client.get(path).status_code == 404


def test_a_name_cannot_break_the_page(owner: Person) -> None:
    name = "</script><script>alert(1)</script>"
    page = owner.client.get(f"/workflows/{create(owner, chain(MANUAL), name)['id']}/").content.decode()
    assert "<script>alert(1)" not in page
    assert props_of(page)["workflow"]["name"] == name


def test_every_node_type_has_its_icon_in_the_page(owner: Person) -> None:
    page = owner.client.get(f"/workflows/{create(owner, chain(MANUAL))['id']}/").content.decode()
    icons = {found["icon"] for found in owner.api.get("/api/v1/node-types/").json()["items"]}
    assert {name for name in icons if f'id="icon-{name}"' in page} == icons


def test_a_new_workflow_opens_empty(editor: Person, mate: Person) -> None:
    answer = editor.client.post("/workflows/new/")
    made = Workflow.plain.get()
    assert answer["Location"] == f"/workflows/{made.id}/"
    assert made.current is not None
    assert made.current.node_count == 0
    assert mate.client.post("/workflows/new/").status_code == 403
    assert Workflow.plain.count() == 1


def test_the_page_asks_the_database_little(
    owner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"/workflows/{create(owner, chain(MANUAL, *[fields(f'n{at}', x='1') for at in range(30)]))['id']}/"
    owner.client.get(path)
    with django_assert_max_num_queries(12):
        owner.client.get(path)
