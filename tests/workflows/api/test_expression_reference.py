"""The reference of expressions over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import Person

pytestmark = pytest.mark.django_db
PATH = "/api/v1/expressions/reference/"


def test_every_method_and_name_with_what_completion_shows(mate: Person) -> None:
    entries = mate.api.get(PATH).json()["entries"]
    assert len(entries) > 300
    assert {
        "on": "text",
        "name": "trim",
        "signature": "trim()",
        "description": "Without white space at both ends.",
        "example": '"  a b ".trim()',
        "result": '"a b"',
    } in entries
    assert {entry["on"] for entry in entries} >= {"number", "list", "object", "DateTime", "globals", "Math"}


def test_it_is_sent_once(owner: Person) -> None:
    tag = owner.api.get(PATH)["ETag"]
    again = owner.api.get(PATH, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_it_is_for_people_who_signed_in() -> None:
    assert Client().get(PATH).status_code == 401
