from __future__ import annotations

import pytest

from exprsn.kernel import errors
from exprsn.kernel.problems import problem, problem_document


@pytest.mark.parametrize(
    ("kind", "status", "exit_code", "code"),
    [
        (errors.InvalidInput, 422, 2, "invalid"),
        (errors.MalformedInput, 400, 2, "malformed"),
        (errors.NotAuthenticated, 401, 3, "not_authenticated"),
        (errors.NotAllowed, 403, 3, "permission_denied"),
        (errors.NotFound, 404, 4, "not_found"),
        (errors.Conflict, 409, 5, "conflict"),
        (errors.StaleWrite, 412, 5, "stale_write"),
        (errors.TooLarge, 413, 2, "too_large"),
        (errors.WrongMediaType, 415, 2, "unsupported_media_type"),
        (errors.RateLimited, 429, 6, "rate_limited"),
        (errors.Unavailable, 503, 7, "service_unavailable"),
        (errors.UpstreamFailed, 502, 7, "upstream_failed"),
    ],
)
def test_each_kind_has_its_numbers(kind: type[errors.DomainError], status: int, exit_code: int, code: str) -> None:
    error = kind("What to do.")
    assert (error.http_status, error.exit_code, error.code, str(error)) == (
        status,
        exit_code,
        code,
        "What to do.",
    )


def test_every_category_has_a_status_and_an_exit_code() -> None:
    assert set(errors.HTTP_STATUS) == set(errors.Category) == set(errors.EXIT_CODES)


def test_an_error_becomes_a_problem_document() -> None:
    error = errors.NotFound(
        "Gone.", code="thing_not_found", errors={"id": ("Unknown.",)}, params={"hint": 1, "status": 9}
    )
    assert problem_document(error, request_id="r-1") == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "Gone.",
        "code": "thing_not_found",
        "errors": {"id": ["Unknown."]},
        "request_id": "r-1",
        "hint": 1,
    }


def test_an_unusual_status_has_a_title_too() -> None:
    assert problem(418, "teapot", "Short.")["title"] == "Error"
