"""The examples of the OpenAPI document: every write has one, and it works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.contract.world import path_ids
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = ("post", "put", "patch")


def writes() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """``(method, address, operation)`` of every operation that takes JSON."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    for address, operations in document["paths"].items():
        for method in WRITES:
            body = operations.get(method, {}).get("requestBody", {}).get("content", {})
            if "application/json" in body:
                yield method, address, operations[method]


def examples_of(operation: dict[str, Any]) -> list[Any]:
    found = operation["requestBody"]["content"]["application/json"].get("examples", {})
    return [example["value"] for example in found.values()]


def test_every_write_has_an_example() -> None:
    assert [f"{method} {address}" for method, address, operation in writes() if not examples_of(operation)] == []


def test_every_example_is_taken(owner: Person) -> None:
    ids = path_ids(owner)
    make_person("eve@example.com")
    refused = {}
    # What takes a draft back to an earlier state comes last: other examples build on each other's edits.
    for method, address, operation in sorted(writes(), key=lambda write: write[1].endswith("/restore/")):
        path = address.replace("{execution_id}/resume/", "{doubtful_id}/resume/").format_map(ids)
        for example in examples_of(operation):
            headers = {"If-Match": owner.api.get(path)["ETag"]} if method == "put" else {}
            named = {"teams": [ids["team_id"]], "execution": ids["execution_id"]}
            body = {**example, **{name: value for name, value in named.items() if name in example}}
            answer = getattr(owner.api, method)(path, body, format="json", headers=headers)
            if answer.status_code >= 300:
                refused[f"{method} {address}"] = (answer.status_code, answer.content[:400])
    assert refused == {}
