"""The span of the request that is being answered. Its route is known only to whoever finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from exprsn.kernel.tracing import NO_SPAN, Span, is_tracing, span

_request: ContextVar[Span] = ContextVar("request_span", default=NO_SPAN)


@contextmanager
def request_span(method: str, traceparent: str) -> Iterator[Span]:
    """Around the answering of one request; the caller's trace goes on here."""
    with span(method, kind="server", attributes={"http.request.method": method}, parent=traceparent) as begun:
        token = _request.set(begun)
        try:
            yield begun
        finally:
            _request.reset(token)


def route_found(method: str, route: str) -> None:
    """Name the request by its route: paths may hold ids and secrets, routes do not."""
    if is_tracing():
        found = _request.get()
        found.rename(f"{method} {route}")
        found.note({"http.route": route})
