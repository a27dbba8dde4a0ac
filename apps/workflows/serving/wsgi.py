"""Webhooks ahead of Django's request handler: no middleware, no session, the same receiver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError

from apps.core.public import bind_correlation_id, count_request, fresh_connections
from apps.workflows.serving.bodies import parse_fields
from apps.workflows.serving.receive import receive_webhook
from apps.workflows.serving.refusals import refusal
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.clock import monotonic
from exprsn.kernel.errors import DomainError, MalformedInput, TooLarge, Unavailable

logger = structlog.get_logger(__name__)
PREFIX = "/webhook/"
TEST_PREFIX = "/webhook-test/"
ROUTE = "webhook/<path:path>"
StartResponse = Callable[..., Any]
Receive = Callable[[WebhookCall], WebhookAnswer]
WsgiApplication = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

_REASONS = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    204: "No Content",
    400: "Bad Request",
    404: "Not Found",
}
BODILESS = frozenset({204, 304})


class WebhookGateway:
    """WSGI middleware: answers ``/webhook/…`` itself and passes the rest on."""

    def __init__(self, application: WsgiApplication) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._application(environ, start_response)
        started = monotonic()
        with bind_correlation_id(environ.get("HTTP_X_CORRELATION_ID", "")) as correlation_id:
            fresh_connections()
            answer = answer_call(lambda: call_from_environ(environ, correlation_id), correlation_id)
        count_request(environ["REQUEST_METHOD"], ROUTE, answer.status, monotonic() - started)
        headers = [
            *body_headers(answer),
            ("X-Correlation-ID", correlation_id),
            ("X-Content-Type-Options", "nosniff"),
            *answer.headers.items(),
        ]
        start_response(f"{answer.status} {_REASONS.get(answer.status, 'Status')}", headers)
        return body_of(answer, environ["REQUEST_METHOD"])


def body_headers(answer: WebhookAnswer) -> list[tuple[str, str]]:
    """What the body is; an answer that has none says nothing of one."""
    if answer.status in BODILESS:
        return []
    if answer.chunks is not None:
        return [("Content-Type", answer.content_type)]
    return [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]


def body_of(answer: WebhookAnswer, method: str) -> Iterable[bytes]:
    """What is sent behind the headers. Servers close it when the caller leaves."""
    if answer.chunks is not None and method != "HEAD":
        return answer.chunks
    return [b"" if method == "HEAD" or answer.status in BODILESS else answer.body]


def answer_call(
    read: Callable[[], WebhookCall], correlation_id: str, receive: Receive = receive_webhook
) -> WebhookAnswer:
    """Read a call and answer it; refusals and an absent database become problem documents."""
    try:
        return receive(read())
    except DomainError as error:
        return refusal(error, correlation_id)
    except DatabaseError as error:
        logger.warning("webhook_database_error", error=str(error))
        away = Unavailable("The database is away. Try again in a moment.", params={"retry_after": 2})
        return refusal(away, correlation_id)


def call_from_environ(environ: dict[str, Any], correlation_id: str, prefix: str = PREFIX) -> WebhookCall:
    """The call that a WSGI environment describes; the body is read up to the limit."""
    path = environ["PATH_INFO"][len(prefix) :].encode("latin-1", "replace").decode("utf-8", "replace")
    headers = {
        name[5:].replace("_", "-").lower(): value.encode("latin-1", "replace").decode("utf-8", "replace")
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    content_type = environ.get("CONTENT_TYPE") or ""
    if content_type:
        headers["content-type"] = content_type
    return WebhookCall(
        method=environ["REQUEST_METHOD"].upper(),
        path=path,
        headers=headers,
        query=parse_fields(environ.get("QUERY_STRING", "")),
        body=_read(environ),
        content_type=content_type,
        correlation_id=correlation_id,
        remote_address=environ.get("REMOTE_ADDR", ""),
    )


def _read(environ: dict[str, Any]) -> bytes:
    limit = settings.EXPRSN_WEBHOOK_MAX_BYTES
    length = environ.get("CONTENT_LENGTH") or ""
    stream = environ["wsgi.input"]
    if length.isascii() and length.isdigit():
        return _exactly(stream, int(length[:20]), limit)
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked" or environ.get("wsgi.input_terminated"):
        return bytes(stream.read(limit + 1))
    return b""


def _exactly(stream: Any, length: int, limit: int) -> bytes:
    if length > limit:
        raise TooLarge(f"The body is larger than {limit} bytes.", code="body_too_large")
    body = bytes(stream.read(length)) if length else b""
    if len(body) < length:
        # Half of an order must not be taken for the whole of another one.
        raise MalformedInput("The body ended before its announced length.", code="body_incomplete")
    return body
