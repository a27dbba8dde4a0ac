"""The gallery over the API: what is listed, what is made of it, and for whom."""

from __future__ import annotations

import pytest

from apps.workflows.models import Workflow
from tests.people import Person
from tests.workflows.gallery.examples import API, used

pytestmark = pytest.mark.django_db(transaction=True)


def slugs(person: Person, query: str = "") -> list[str]:
    return [entry["slug"] for entry in person.api.get(f"{API}?{query}").json()["items"]]


def test_the_list_says_what_each_is_made_of(owner: Person) -> None:
    answer = owner.api.get(API).json()
    assert answer["page_info"]["count"] == len(answer["items"]) >= 12
    entry = next(entry for entry in answer["items"] if entry["slug"] == "failure-mail")
    assert (entry["name"], entry["node_count"]) == ("Write a mail when something fails", 3)
    assert [look["type"] for look in entry["node_types"]] == ["error_trigger", "set", "send_email"]
    assert all(look["icon"] and look["color"] and look["name"] for look in entry["node_types"])
    assert "SMTP" in entry["needs"][0]
    assert "definition" not in entry


def test_it_is_narrowed_by_category_and_by_words(owner: Person) -> None:
    everything = slugs(owner)
    web = slugs(owner, "category=web")
    assert web == ["check-and-answer", "contact-form", "approve-expenses"]
    assert everything[: len(web)] == web
    assert slugs(owner, "search=PYTHON+spread") == ["python-and-javascript"]
    assert slugs(owner, "search=send+e-mail") == ["failure-mail"]
    assert slugs(owner, "category=web&search=python") == slugs(owner, "category=nothing") == []


def test_one_example_comes_with_its_definition(owner: Person) -> None:
    entry = owner.api.get(f"{API}csv-summary/").json()
    assert entry["category"] == "data"
    assert [node["name"] for node in entry["definition"]["nodes"] if node["type"] == "csv"] == ["One item per row"]


@pytest.mark.parametrize("ask", ["get", "post"])
def test_an_unknown_example_is_not_found(owner: Person, ask: str) -> None:
    path = f"{API}nothing/" + ("use/" if ask == "post" else "")
    answer = getattr(owner.api, ask)(path, format="json")
    assert (answer.status_code, answer.json()["code"]) == (404, "template_not_found")


def test_a_name_is_taken_or_refused(owner: Person) -> None:
    assert used(owner, "csv-summary", name="Sales of May")["name"] == "Sales of May"
    made = used(owner, "csv-summary")
    assert (made["name"], made["status"], made["version"]) == ("CSV to a summary", "draft", 1)
    answer = owner.api.post(f"{API}csv-summary/use/", {"name": "x"}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["name"])


def test_two_copies_have_addresses_of_their_own(owner: Person, stranger: Person) -> None:
    for person in (owner, owner, stranger):
        for slug in ("check-and-answer", "contact-form"):
            made = used(person, slug)
            address = next(n["parameters"]["path"] for n in made["definition"]["nodes"] if "path" in n["parameters"])
            notes = [n["parameters"]["content"] for n in made["definition"]["nodes"] if n["type"] == "sticky_note"]
            assert any(f"{address}`" in note for note in notes), "the note tells of another address"
            for verb in ("publish", "activate"):
                answer = person.api.post(f"/api/v1/workflows/{made['id']}/{verb}/", {}, format="json")
                assert answer.status_code == 200, answer.content


def test_who_may_not_write_looks_only(owner: Person, mate: Person) -> None:
    assert slugs(mate) == slugs(owner)
    assert mate.api.get(f"{API}csv-summary/").status_code == 200
    assert mate.api.post(f"{API}csv-summary/use/", {}, format="json").status_code == 403
    assert Workflow.plain.count() == 0


def test_nobody_sees_it_signed_out(client: object) -> None:
    assert client.get(API).status_code == 401  # type: ignore[attr-defined]
