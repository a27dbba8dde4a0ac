"""Import and export over HTTP, as JSON and as uploads."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.decision_tables.interchange.formats import Format
from apps.decision_tables.interchange.outcome import ReadTable
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services import interchange
from tests.decision_tables.pricing import PRICING, at, call, create, done, publish, refusal
from tests.people import Person

pytestmark = pytest.mark.django_db
NAME = "product-pricing"


def export(person: Person, **query: Any) -> Any:
    return person.api.get(at(NAME, "export"), {"format": "json", **query})


def upload(person: Person, content: bytes, name: str = "prices.json", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    return person.api.post(at("import"), {"file": file, **fields}, format="multipart")


@pytest.mark.parametrize("file_format", ["json", "dmn"])
def test_what_is_exported_can_be_imported(owner: Person, file_format: str) -> None:
    made = create(owner)
    file = export(owner, format=file_format)
    assert file["Content-Disposition"] == f'attachment; filename="{NAME}.{file_format}"'
    answer = upload(owner, file.content, f"x.{file_format}")
    assert answer.status_code == 201, answer.content
    found = answer.json()["table"]
    assert (found["name"], found["rules"], found["input_columns"]) == (
        "product-pricing-2", made["rules"], made["input_columns"],
    )  # fmt: skip
    assert [each["table"]["id"] for each in answer.json()["tables"]] == [found["id"]]


@pytest.mark.parametrize("file_format", ["json", "dmn", "csv", "xlsx"])
def test_the_application_goes_with_the_file(owner: Person, file_format: str) -> None:
    create(owner)
    done(owner, "patch", at(NAME), {"application": "shop"})
    answer = upload(owner, export(owner, format=file_format).content, f"x.{file_format}")
    assert answer.json()["table"]["application"] == "shop"
    assert "application" not in [each["place"] for each in answer.json()["report"]]


@pytest.mark.parametrize("application", ["two words", "a" * 101, "ü"])
def test_an_application_that_cannot_be_is_reported(owner: Person, application: str) -> None:
    content = {"application": application, "table": {"rules": []}}
    made = done(owner, "post", at("import"), {"format": "json", "content": content})
    assert made["table"]["application"] == ""
    assert [each["place"] for each in made["report"]] == ["application"]


def test_a_name_is_made_of_any_label(owner: Person) -> None:
    named = [done(owner, "post", at(), {"label": label})["name"] for label in ("Tarif Übergröße", "Цена")]
    assert named == ["tarif-ubergrosse", "table"]


def test_a_version_is_exported(owner: Person) -> None:
    create(owner)
    publish(owner)
    done(owner, "patch", at(NAME), {"rules": []})
    counts = [len(export(owner, version=version).json()["table"]["rules"]) for version in (1, "published", "draft")]
    assert counts == [3, 3, 0]


def test_the_same_table_gives_the_same_file(owner: Person) -> None:
    create(owner)
    assert export(owner).content == export(owner).content
    assert json.loads(export(owner).content)["name"] == NAME


@pytest.mark.parametrize(
    "body",
    [
        {"format": "json", "content": PRICING},
        {"format": "json", "content": json.dumps({"table": PRICING})},
        {"file_name": "prices.json", "content": json.dumps(PRICING)},
        {"format": "json", "encoding": "base64", "content": base64.b64encode(json.dumps(PRICING).encode()).decode()},
    ],
)
def test_content_is_text_an_object_or_base64(owner: Person, body: dict[str, Any]) -> None:
    answer = call(owner, "post", at("import"), {**body, "name": "mine", "label": "My prices"})
    assert answer.status_code == 201, answer.content
    table = answer.json()["table"]
    assert (table["name"], table["label"], table["rule_count"]) == ("mine", "My prices", 3)


def test_members_that_mean_nothing_are_reported(owner: Person) -> None:
    answer = call(owner, "post", at("import"), {"format": "json", "content": {**PRICING, "colour": "red"}})
    assert [(each["severity"], each["place"]) for each in answer.json()["report"]] == [("warning", "colour")]


def test_an_import_replaces_the_draft_of_a_table(owner: Person) -> None:
    create(owner)
    publish(owner)
    body = {"format": "json", "content": {**PRICING, "rules": []}, "table": NAME}
    table = done(owner, "post", at("import"), body)["table"]
    assert (table["name"], table["rules"], table["published_version"]) == (NAME, [], 1)
    assert DecisionTable.plain.count() == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"content": "{}"}, "unknown_format"),
    ({"format": "docx", "content": "{}"}, "unknown_format"),
    ({"format": "json", "content": "[]"}, "import_not_recognized"),
    ({"format": "json", "content": {"table": 5}}, "import_not_recognized"),
    ({"format": "json", "content": {"nodes": []}}, "import_not_recognized"),
    ({"format": "json", "content": {"rules": [{"outputs": {"z": 1}}]}}, "table_invalid"),
    ({"format": "json", "content": "x", "encoding": "base64"}, "invalid"),
    ({"format": "json"}, "invalid"),
    ({"format": "json", "content": PRICING, "name": "No slug"}, "invalid"),
]


def test_what_cannot_be_imported_is_refused(owner: Person) -> None:
    for body, code in REFUSED:
        assert refusal(call(owner, "post", at("import"), body)) == (422, code)
    assert not DecisionTable.plain.exists()


def test_several_tables_in_a_file_are_all_made_or_none(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [ReadTable({**PRICING}, name=name) for name in ("one", "two")]
    several = Format("text/plain", "several", lambda _: tables, lambda *_: b"")
    monkeypatch.setattr(interchange, "FORMATS", {"several": several})
    body = {"format": "several", "content": "-"}
    assert refusal(call(owner, "post", at("import"), {**body, "name": "mine"})) == (422, "several_tables")
    made = done(owner, "post", at("import"), body)["tables"]
    assert [each["table"]["name"] for each in made] == ["one", "two"]
    tables[1].document["hit_policy"] = "LAST"
    assert refusal(call(owner, "post", at("import"), body)) == (422, "table_invalid")
    tables.clear()
    assert refusal(call(owner, "post", at("import"), body)) == (422, "import_not_recognized")
    assert DecisionTable.plain.count() == 2


def test_text_that_is_no_json_is_refused_with_the_place(owner: Person) -> None:
    answer = upload(owner, b'{"rules": [')
    assert (refusal(answer), answer.json()["line"]) == ((400, "malformed_json"), 1)


def test_large_files_are_refused(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interchange, "MAX_BYTES", 100)
    assert refusal(upload(owner, json.dumps(PRICING).encode())) == (413, "file_too_large")
    big = owner.api.post(at("import"), b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(10**8))
    assert refusal(big) == (413, "body_too_large")


def test_formats_that_there_are_not(owner: Person) -> None:
    create(owner)
    for query in ({"format": "pdf"}, {"format": "json", "version": "x"}):
        assert owner.api.get(at(NAME, "export"), query).status_code == 422
