from __future__ import annotations

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.urls("tests.core.urls")


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("conflict", 409, "name_taken"),
        ("places", 422, "invalid"),
        ("unavailable", 503, "service_unavailable"),
        ("stale", 412, "stale_write"),
        ("unauthenticated", 401, "not_authenticated"),
        ("http404", 404, "not_found"),
        ("denied", 403, "permission_denied"),
        ("suspicious", 400, "malformed"),
        ("too_big", 413, "body_too_large"),
        ("operational", 503, "service_unavailable"),
        ("interface", 503, "service_unavailable"),
        ("data", 422, "invalid"),
        ("integrity", 409, "conflict"),
        ("throttled", 429, "rate_limited"),
        ("teapot", 500, "error"),
        ("bug", 500, "internal_error"),
    ],
)
def test_every_error_is_a_problem_document(api: APIClient, name: str, status: int, code: str) -> None:
    answer = api.get(f"/api/v1/raise/{name}/", headers={"X-Correlation-ID": "c-1"})
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert body["request_id"] == answer["X-Correlation-ID"] == "c-1"
    assert set(body) >= {"type", "title", "detail", "errors"}
    assert "geheim" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "header", "value"),
    [
        ("unavailable", "Retry-After", "7"),
        ("operational", "Retry-After", "2"),
        ("throttled", "Retry-After", "12"),
        ("stale", "ETag", '"v2"'),
        ("unauthenticated", "WWW-Authenticate", "Bearer"),
    ],
)
def test_refusals_carry_the_headers_that_help(api: APIClient, name: str, header: str, value: str) -> None:
    assert api.get(f"/api/v1/raise/{name}/")[header] == value


def test_public_facts_and_places_are_in_the_document(api: APIClient) -> None:
    assert api.get("/api/v1/raise/conflict/").json()["name"] == "a"
    places = api.get("/api/v1/raise/places/").json()["errors"]
    assert places == {"definition.nodes[3].parameters.url": ["Required."]}


def test_serializer_errors_name_the_place_in_nested_documents(api: APIClient) -> None:
    nodes = [{"url": "https://a.example/"}, {"url": "nowhere", "tags": ["ok", "far too long"]}, {}]
    answer = api.post("/api/v1/validate/", {"nodes": nodes})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "nodes[1].url": ["Enter a valid URL."],
        "nodes[1].tags[1]": ["Ensure this field has no more than 3 characters."],
        "nodes[2].url": ["This field is required."],
    }


def test_errors_of_the_whole_body_have_a_place_too(api: APIClient) -> None:
    errors = api.post("/api/v1/validate/", [1]).json()["errors"]
    assert errors == {"body": ["Invalid data. Expected a dictionary, but got list."]}


def test_an_unknown_address_below_api_answers_json(api: APIClient) -> None:
    answer = api.get("/api/v1/nowhere/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_wrong_method_says_which_are_allowed(api: APIClient) -> None:
    answer = api.delete("/api/v1/echo/")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "POST, OPTIONS"


def test_a_bug_is_logged_with_its_trace(api: APIClient, caplog: pytest.LogCaptureFixture) -> None:
    api.get("/api/v1/raise/bug/")
    (record,) = [record for record in caplog.records if "unhandled_error" in str(record.msg)]
    assert record.exc_info is not None or "ZeroDivisionError" in str(record.msg)


def test_a_scheme_of_authentication_is_named(api: APIClient) -> None:
    answer = api.get("/api/v1/signed-in/")
    assert (answer.status_code, answer.json()["code"], answer["WWW-Authenticate"]) == (
        401,
        "not_authenticated",
        "Bearer",
    )
