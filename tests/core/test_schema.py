from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from apps.core.api.pagination import KeysetPagination
from apps.core.api.schema import _let_anything_be_null
from tests.core import urls

pytestmark = pytest.mark.urls("tests.core.urls")


@pytest.fixture
def schema(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator(urlconf=urls).get_schema(request=None, public=True)
    return made


def names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation["parameters"]}


def test_it_is_served_as_openapi_31(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/api/schema/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")


def test_every_operation_has_the_common_refusals(schema: dict[str, Any]) -> None:
    get = schema["paths"]["/api/v1/document/"]["get"]
    assert {"200", "401", "403", "429", "503"} <= set(get["responses"])
    assert get["responses"]["429"] == {"$ref": "#/components/responses/Problem429"}
    assert "X-Correlation-ID" in names(get)
    assert not {"400", "409", "422"} & set(get["responses"])
    assert "409" in schema["paths"]["/api/v1/document/"]["put"]["responses"]
    assert "404" in schema["paths"]["/api/v1/raise/{name}/"]["get"]["responses"]


def test_preconditions_and_idempotency_are_described(schema: dict[str, Any]) -> None:
    put = schema["paths"]["/api/v1/document/"]["put"]
    assert {"412", "428"} <= set(put["responses"])
    assert "If-Match" in names(put)
    post = schema["paths"]["/api/v1/start/"]["post"]
    assert "Idempotency-Key" in names(post)
    assert "409" in post["responses"]
    assert not {"x-idempotent", "x-needs-if-match"} & (set(put) | set(post))


def test_problems_are_described_once(schema: dict[str, Any]) -> None:
    assert {"CursorPageInfo", "NumberedPageInfo"} <= set(schema["components"]["schemas"])
    problem = schema["components"]["schemas"]["Problem"]
    assert set(problem["required"]) == set(problem["examples"][0])
    content = schema["components"]["responses"]["Problem404"]["content"]
    assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_lists_are_described_with_both_kinds_of_pages() -> None:
    found = KeysetPagination().get_paginated_response_schema({"type": "array"})
    assert [kind["$ref"] for kind in found["properties"]["page_info"]["oneOf"]] == [
        "#/components/schemas/CursorPageInfo",
        "#/components/schemas/NumberedPageInfo",
    ]
    parameters = KeysetPagination().get_schema_operation_parameters(urls.Rows)
    assert [entry["name"] for entry in parameters] == ["cursor", "limit", "page", "ordering"]
    assert "-type" in parameters[-1]["schema"]["enum"]


def test_anything_or_null_is_said_as_anything() -> None:
    found = {"a": {"oneOf": [{}, {"type": "null"}], "readOnly": True}, "b": [{"oneOf": [{"type": "string"}]}]}
    _let_anything_be_null(found)
    assert found == {"a": {"readOnly": True}, "b": [{"oneOf": [{"type": "string"}]}]}
