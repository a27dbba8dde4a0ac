"""WSGI: a span for each request, webhooks included. In the chain only where traces are on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from apps.core.services.request_spans import request_span

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NOTED = {"X-Correlation-ID": "exprsn.correlation_id"}
_FAULT = 500


class TracedRequests:
    """The outermost of all."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in _METHODS else "_OTHER"
        with request_span(method, environ.get("HTTP_TRACEPARENT", "")) as span:

            def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                code = int(status[:3])
                span.note({"http.response.status_code": code})
                span.note({_NOTED[name]: value for name, value in headers if name in _NOTED})
                if code >= _FAULT:
                    span.fail(str(code))
                return start_response(status, headers, *rest)

            return self._application(environ, started)
