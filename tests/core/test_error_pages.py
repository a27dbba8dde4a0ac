from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from apps.core.web import errors


def away(*arguments: Any, **options: Any) -> Any:
    raise OperationalError("server closed the connection; password=geheim")


def get(path: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A request whose session cannot be read, because the database is away."""
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    return client.get(path)


def test_the_api_answers_503_when_the_database_is_away_before_any_view(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = get("/api/v1/workflows/", monkeypatch)
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "service_unavailable", "2")
    assert b"geheim" not in answer.content


def test_a_page_answers_503_without_asking_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = get("/", monkeypatch)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert answer["Content-Type"].startswith("text/html")
    assert b"geheim" not in answer.content


@pytest.mark.parametrize(
    ("view", "status", "code"),
    [
        (errors.bad_request, 400, b'"malformed"'),
        (errors.permission_denied, 403, b'"permission_denied"'),
        (errors.page_not_found, 404, b'"not_found"'),
    ],
)
def test_below_api_errors_are_problem_documents(view: Any, status: int, code: bytes) -> None:
    request: HttpRequest = RequestFactory().get("/api/v1/x/")
    answer = view(request, ValueError("geheim"))
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert code in answer.content
    assert b"geheim" not in answer.content


def test_a_bug_is_500_without_a_trace() -> None:
    answer = errors.server_error(RequestFactory().get("/api/v1/x/"))
    assert (answer.status_code, b'"internal_error"' in answer.content) == (500, True)


@pytest.mark.parametrize("status", [500, 503])
def test_pages_about_our_faults_need_no_database(status: int) -> None:
    answer = errors._respond(RequestFactory().get("/"), status)
    assert answer.status_code == status
    assert b"<h1>" in answer.content
