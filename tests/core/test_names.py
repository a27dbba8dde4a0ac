"""Names cannot turn the words around them backwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
TURNED = "evil\u202egnp\u2066.x"
KEPT = "evilgnp.x"


def made(person: Person, path: str, body: dict[str, Any]) -> Any:
    answer = person.api.post(f"/api/v1/{path}/", body, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_wherever_a_name_is_written(owner: Person) -> None:
    flow = create(owner, chain(MANUAL), TURNED)
    assert flow["name"] == KEPT
    renamed = owner.api.patch(f"/api/v1/workflows/{flow['id']}/", {"name": f"{TURNED} 2"}, format="json")
    assert renamed.json()["name"] == f"{KEPT} 2"
    assert made(owner, "credentials", {"name": TURNED, "kind": "bearer", "fields": {"token": "t"}})["name"] == KEPT
    assert made(owner, "teams", {"name": TURNED})["name"] == KEPT
    again = owner.api.post("/api/v1/teams/", {"name": KEPT}, format="json")
    assert again.status_code == 409  # they are the same name
    assert TURNED not in owner.client.get("/workflows/").content.decode()


def test_a_name_of_nothing_else_is_seen_all_the_same(owner: Person) -> None:
    assert create(owner, chain(MANUAL), "\u202e\u2066")["name"] == "\ufffd"


def test_marks_that_names_of_other_scripts_need_stay(owner: Person) -> None:
    assert create(owner, chain(MANUAL), "שלום\u200f (1)")["name"] == "שלום\u200f (1)"
