from __future__ import annotations

from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from apps.core.middleware.correlation import CorrelationIdMiddleware
from apps.core.middleware.security import SecurityHeadersMiddleware
from exprsn.kernel.correlation import correlation_id

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def test_a_sane_correlation_id_is_used_and_sent_back() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(correlation_id())
        return HttpResponse()

    answer = CorrelationIdMiddleware(view)(RequestFactory().get("/", headers={"X-Correlation-ID": "mine-1"}))
    assert seen == [answer["X-Correlation-ID"]] == ["mine-1"]
    assert correlation_id() == ""


@pytest.mark.urls("tests.core.urls")
@pytest.mark.parametrize("offered", ["", "with space", "x" * 129, "ü"])
def test_an_insane_correlation_id_is_replaced(api: APIClient, offered: str) -> None:
    answer = api.get("/health/live", headers={"X-Correlation-ID": offered})
    assert UUID(answer["X-Correlation-ID"]).version == 7


@pytest.mark.urls("tests.core.urls")
@pytest.mark.parametrize("path", ["/health/live", "/api/docs/", "/api/v1/nowhere/", "/api/v1/raise/bug/"])
def test_every_answer_has_the_security_headers(api: APIClient, path: str) -> None:
    answer = api.get(path)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Content-Security-Policy" in answer
    assert "X-Correlation-ID" in answer


@pytest.mark.urls("tests.core.urls")
def test_pages_have_a_strict_policy_with_a_fresh_nonce(client: Client) -> None:
    nonces = set()
    for _ in range(2):
        answer = client.get("/api/docs/")
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        (nonce,) = set(policy["script-src"].split()) - {"'strict-dynamic'"}
        assert "'strict-dynamic'" in policy["script-src"]
        assert policy["style-src"].split()[0] == "'self'"
        assert policy["style-src-attr"] == policy["object-src"] == policy["frame-ancestors"] == "'none'"
        value = nonce.removeprefix("'nonce-").rstrip("'")
        assert answer.content.decode().count(f'<script nonce="{value}"') == 2
        assert "unsafe" not in answer["Content-Security-Policy"]
        nonces.add(value)
    assert len(nonces) == 2


@pytest.mark.urls("tests.core.urls")
def test_data_runs_nothing(api: APIClient) -> None:
    assert api.get("/health/live")["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_the_admin_has_a_policy_of_its_own() -> None:
    page = SecurityHeadersMiddleware(lambda request: HttpResponse("<p>"))
    policy = page(RequestFactory().get("/admin/login/"))["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "nonce" not in policy
    assert "Content-Security-Policy" not in page(RequestFactory().get("/"))
