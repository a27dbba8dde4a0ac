"""Every example of the gallery is sound, well drawn and does what it says with the sample data that it brings."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from apps.workflows.interchange.gallery import TemplateFile, template_files
from tests.people import Person
from tests.workflows.gallery.examples import rehearsed, used

pytestmark = pytest.mark.django_db(transaction=True)
FILES = list(template_files().values())
GRID, CARD = 16, (224, 56)
each_example = pytest.mark.parametrize("file", FILES, ids=lambda file: file.slug)

# What the last steps hand on in a dry run, as far as it is worth saying.
ENDS: dict[str, list[dict[str, Any]]] = {
    "check-and-answer": [{"total": 58.5, "problems": []}],
    "contact-form": [{"team": "support team"}],
    "new-entries-only": [{"id": 101}, {"id": 102}, {"id": 103}],
    "csv-summary": [{"best": "South", "total": 629.5}],
    "loop-over-pages": [{"orders": 6, "revenue": 184.5}],
    "compare-two-lists": [
        {"sku": "B2", "finding": "Shop 4, warehouse 3"},
        {"sku": "C3", "finding": "Missing in the warehouse"},
        {"sku": "D4", "finding": "Not in the shop"},
    ],
    "call-a-part": [{"product": "Tea"}, {"product": "Coffee"}],
    "python-and-javascript": [
        {"sensor": "cellar", "count": 3, "verdict": "The values of cellar vary by 8.86"},
        {"sensor": "roof", "count": 2, "mean": 21.8, "verdict": "as usual"},
    ],
    "tidy-addresses": [{"csv": "name,email\r\nAda Lovelace,ada@example.com\r\nGrace Hopper,grace@example.com\r\n"}],
    "follow-up-later": [
        {"to": "ada@example.com", "text": "Ticket 42 (“The printer is on fire”) is still open."},
    ],
    "approve-expenses": [{"decision": "waiting", "decided_by": "team lead"}],
    "page-to-data": [{"name": "Cup", "price": 6.5}, {"name": "Tea pot", "price": 24.9}],
}


def box(node: dict[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on the canvas."""
    x, y = node["position"]["x"], node["position"]["y"]
    own = node["parameters"]
    width, height = (own["width"], own["height"]) if node["type"] == "sticky_note" else CARD
    return x, y, x + width, y + height


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    left, top, right, bottom = box(one)
    other_left, other_top, other_right, other_bottom = box(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


@each_example
def test_it_has_no_fault_but_a_credential_that_it_names(owner: Person, file: TemplateFile) -> None:
    made = used(owner, file.slug)
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/validate/", {}, format="json").json()
    places = [fault["path"] for fault in answer["faults"]]
    named = any("credential" in need.lower() for need in file.needs)
    assert [path for path in places if not (named and ".credentials" in path)] == []


@each_example
def test_nothing_covers_anything_and_all_lies_on_the_grid(file: TemplateFile) -> None:
    nodes = file.definition["nodes"]
    assert [(one["name"], other["name"]) for one, other in combinations(nodes, 2) if overlap(one, other)] == []
    assert [node["name"] for node in nodes if any(side % GRID for side in box(node)[:2])] == []
    assert [node for node in nodes if node["type"] == "sticky_note"], "no note says what it is about"
    assert len({node["name"] for node in nodes}) == len(nodes)


@pytest.mark.parametrize("slug", ENDS)
def test_a_dry_run_ends_with_what_it_promises(owner: Person, slug: str) -> None:
    told = rehearsed(owner, used(owner, slug))
    assert (told["execution"]["status"], told["execution"]["error"]) == ("success", None)
    found = told["execution"]["result"]
    told_of = [{key: item.get(key) for key in wanted} for item, wanted in zip(found, ENDS[slug], strict=True)]
    assert told_of == ENDS[slug]


def test_the_mail_about_a_failure_would_be_sent(owner: Person) -> None:
    told = rehearsed(owner, used(owner, "failure-mail"))
    assert told["execution"]["status"] == "success"
    assert [change["node"] for change in told["changes"]] == ["Send the mail"]
    assert told["changes"][0]["effect"]["subject"].startswith("Failed: ")


def test_every_example_is_run_by_one_of_these_tests() -> None:
    assert {file.slug for file in FILES} == {*ENDS, "failure-mail"}
