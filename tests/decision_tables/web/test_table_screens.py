"""The screens around decision tables: what people find there, and what its buttons do for whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.tables import create_table
from tests.people import Person

pytestmark = pytest.mark.django_db

DOCUMENT: dict[str, Any] = {
    "input_columns": [{"name": "quantity", "type": "number", "label": "Quantity"}],
    "output_columns": [{"name": "price", "type": "number", "label": "Unit Price"}],
    "rules": [
        {
            "id": "r1",
            "conditions": [{"column": "quantity", "operator": ">=", "value": 100}],
            "outputs": {"price": 8.5},
            "annotation": "Bulk",
        },
        {"id": "r2", "outputs": {"price": {"feel": "quantity * 2"}}, "enabled": False},
    ],
}


def make(person: Person, label: str, **more: Any) -> DecisionTable:
    return create_table(actor=person.actor, document=more.pop("document", DOCUMENT), label=label, **more)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<a class="title"[^>]*>([^<]+)</a>', page)


def test_the_list_says_what_to_do_first(owner: Person) -> None:
    page = text(owner.client, "/decisions/")
    assert "No decision table yet" in page
    assert "Start from the example" in page


def test_the_example_becomes_a_table_of_ones_own(owner: Person) -> None:
    answer = owner.client.post("/decisions/examples/product-pricing/")
    table = DecisionTable.plain.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/decisions/{table.id}/")
    assert table.name == "product-pricing"
    assert "Product pricing" in text(owner.client, "/decisions/")


def test_the_list_is_searched_filtered_and_sorted(owner: Person) -> None:
    make(owner, "Zebra", application="billing")
    make(owner, "Apple", document={}, description="of fruit")
    make(owner, "Mango", application="billing")
    assert names(text(owner.client, "/decisions/")) == ["Mango", "Apple", "Zebra"]
    assert names(text(owner.client, "/decisions/?sort=name")) == ["Apple", "Mango", "Zebra"]
    assert names(text(owner.client, "/decisions/?sort=rules"))[-1] == "Apple"
    assert names(text(owner.client, "/decisions/?application=billing&sort=name")) == ["Mango", "Zebra"]
    assert names(text(owner.client, "/decisions/?search=fruit")) == ["Apple"]
    assert "Nothing fits" in text(owner.client, "/decisions/?search=nowhere")


@pytest.mark.parametrize("sort", ["updated", "name", "rules", "created"])
def test_pages_have_every_table_once(owner: Person, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.decision_tables.web.listing.PAGE", 2)
    wanted = {make(owner, f"Table {letter}").label for letter in "abcde"}
    seen, url = [], f"/decisions/?sort={sort}"
    while url:
        page = text(owner.client, url)
        seen += names(page)
        following = re.search(r'href="(\?[^"]+)" rel="next"', page)
        url = "/decisions/" + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 5
    assert set(seen) == wanted


@pytest.mark.parametrize(
    "query", ["after=x", "sort=nothing", "after=WyItdXBkYXRlZF9hdCwtaWQiLCJ4IiwieSJd", "search=%00"]
)
def test_a_spoiled_address_shows_the_list(owner: Person, query: str) -> None:
    make(owner, "Zebra")
    assert owner.client.get(f"/decisions/?{query}").status_code in (200, 400)


def test_a_new_table_opens_in_the_designer(owner: Person) -> None:
    answer = owner.client.post("/decisions/new/", {"label": "Product pricing", "description": "By quantity"})
    table = DecisionTable.plain.get()
    assert answer.headers["Location"] == f"/decisions/{table.id}/"
    assert (table.name, table.label, table.description) == ("product-pricing", "Product pricing", "By quantity")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"label": ""}, "This field is required."),
        ({"label": "Taken", "name": "taken"}, "This name is taken."),
        ({"label": "Bad", "name": "Not Good"}, "Use small letters and digits"),
        ({"label": "Import", "name": "import"}, "cannot be used"),
        ({"label": "Nul", "description": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_new_table_says_what_is_wrong(owner: Person, given: dict[str, str], said: str) -> None:
    make(owner, "Taken")
    page = owner.client.post("/decisions/new/", given).content.decode()
    assert said in page
    assert DecisionTable.plain.count() == 1


def test_name_and_description_are_changed(owner: Person) -> None:
    table = make(owner, "Old")
    page = text(owner.client, f"/decisions/{table.name}/settings/")
    assert 'value="Old"' in page
    given = {"label": "New", "name": "", "description": "d", "application": "billing"}
    owner.client.post(f"/decisions/{table.id}/settings/", given)
    table.refresh_from_db()
    assert (table.label, table.name, table.application) == ("New", "old", "billing")


def test_a_deleted_table_can_be_taken_back_at_once(owner: Person) -> None:
    table = make(owner, "Alpha")
    page = owner.client.post(f"/decisions/{table.id}/delete/", follow=True).content.decode()
    assert "“Alpha” is in the trash." in page
    assert f"/decisions/{table.id}/restore/" in page
    assert "Alpha" in text(owner.client, "/decisions/trash/")
    owner.client.post(f"/decisions/{table.id}/restore/")
    assert names(text(owner.client, "/decisions/")) == ["Alpha"]


def test_a_table_that_others_require_stays(owner: Person) -> None:
    table = make(owner, "Tiers")
    needs = {**DOCUMENT, "requires": [{"table": table.name, "provides": {"quantity": "price"}}]}
    make(owner, "Prices", document=needs)
    page = owner.client.post(f"/decisions/{table.id}/delete/", follow=True).content.decode()
    assert "Other tables require this one: prices." in page
    assert names(page) == ["Prices", "Tiers"]


def test_a_copy_is_opened_and_can_be_taken_back(owner: Person) -> None:
    table = make(owner, "Alpha")
    answer = owner.client.post(f"/decisions/{table.id}/duplicate/")
    copy = DecisionTable.plain.get(name="alpha-copy")
    assert answer.headers["Location"] == f"/decisions/{copy.id}/"
    assert f"/decisions/{copy.id}/delete/" in text(owner.client, "/decisions/")


def test_the_overview_shows_the_rules_without_scripts(owner: Person) -> None:
    table = make(owner, "Alpha")
    page = text(owner.client, f"/decisions/{table.name}/overview/")
    for said in (
        "Unit Price",
        "≥ 100",
        "8.5",
        "= quantity * 2",
        "Bulk",
        "off",
        "/api/v1/decision-tables/alpha/evaluate/",
    ):
        assert said in page


@pytest.mark.parametrize("kind", ["json", "dmn", "csv", "xlsx"])
def test_a_file_goes_out_and_comes_in_again(owner: Person, kind: str) -> None:
    table = make(owner, "Alpha")
    file = owner.client.get(f"/decisions/{table.id}/download/{kind}/")
    assert f'filename="alpha.{kind}"' in file.headers["Content-Disposition"]
    upload = SimpleUploadedFile(f"alpha.{kind}", file.content)
    page = owner.client.post("/decisions/import/", {"file": upload}, follow=True).content.decode()
    made = DecisionTable.plain.get(name="alpha-2")
    assert f"/decisions/{made.id}/" in page or f'"id": "{made.id}"' in page
    assert (made.rule_count, len(made.inputs), len(made.outputs)) == (2, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b">= 100", b"many", ["Worth a look", "kept as a FEEL expression"]),
        (b"8.5", b"cheap", ["Nothing was imported", "is no number"]),
    ],
)
def test_an_import_says_which_cells_are_strange(owner: Person, old: bytes, new: bytes, said: list[str]) -> None:
    table = make(owner, "Alpha")
    content = owner.client.get(f"/decisions/{table.id}/download/csv/").content.replace(old, new)
    upload = SimpleUploadedFile("prices.csv", content)
    page = owner.client.post("/decisions/import/", {"file": upload}).content.decode()
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.json", b"{", "Nothing was imported"), ("a.exe", b"x", "Say which format"), ("", b"", "Choose a file first.")],
)
def test_an_import_says_what_is_wrong(owner: Person, name: str, content: bytes, said: str) -> None:
    given = {"file": SimpleUploadedFile(name, content)} if name else {}
    assert said in owner.client.post("/decisions/import/", given).content.decode()
    assert not DecisionTable.plain.exists()


def test_the_designer_begins_with_what_the_island_needs(owner: Person) -> None:
    table = make(owner, "Alpha")
    for key in (table.id, table.name):
        page = text(owner.client, f"/decisions/{key}/")
        assert 'data-island="table-designer"' in page
        assert f'"id": "{table.id}"' in page
        assert '"published_version": null' in page


WRITES = ["new", "examples/product-pricing", "{id}/duplicate", "{id}/delete", "{id}/restore", "{id}/settings"]


@pytest.mark.parametrize("path", WRITES)
def test_who_may_only_look_changes_nothing(owner: Person, mate: Person, path: str) -> None:
    table = make(owner, "Alpha")
    answer = mate.client.post(f"/decisions/{path.format(id=table.id)}/", {"label": "Mine"})
    assert answer.status_code in (403, 404)
    assert list(DecisionTable.plain.values_list("label", "deleted_at")) == [("Alpha", None)]


def test_who_may_only_look_sees_no_button_that_writes(owner: Person, mate: Person) -> None:
    make(owner, "Alpha")
    page = text(mate.client, "/decisions/")
    assert names(page) == ["Alpha"]
    assert "New table" not in page
    assert "/delete/" not in page


@pytest.mark.parametrize("path", ["", "overview/", "settings/", "download/json/"])
def test_strangers_find_nothing(owner: Person, stranger: Person, path: str) -> None:
    table = make(owner, "Alpha")
    assert stranger.client.get(f"/decisions/{table.id}/{path}").status_code == 404
    assert "Alpha" not in text(stranger.client, "/decisions/")
