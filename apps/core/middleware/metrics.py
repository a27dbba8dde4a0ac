"""Counts and times every request by the name of its route."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.core.services.metrics import count_request
from exprsn.kernel.clock import monotonic

GetResponse = Callable[[HttpRequest], HttpResponse]


class MetricsMiddleware:
    """The outermost, so that what the others refuse is counted, too."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = monotonic()
        response = self._get_response(request)
        match = request.resolver_match
        route = match.route if match is not None and match.route else "unmatched"
        count_request(request.method or "", route, response.status_code, monotonic() - started)
        return response
