"""Every request and its answer carry a correlation id."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from exprsn.kernel.correlation import bind_correlation_id

GetResponse = Callable[[HttpRequest], HttpResponse]


class CorrelationIdMiddleware:
    """Takes a sane ``X-Correlation-ID`` over, makes one otherwise, and sends it back."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with bind_correlation_id(request.headers.get("X-Correlation-ID", "")) as chosen:
            try:
                response = self._get_response(request)
            finally:
                # Threads serve many: what was said about this caller must not stand in the next one's lines.
                structlog.contextvars.clear_contextvars()
        response["X-Correlation-ID"] = chosen
        return response
