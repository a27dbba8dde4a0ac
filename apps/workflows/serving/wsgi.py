"""Webhooks ahead of Django's request handler: no middleware, no session, the same receiver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError

from apps.core.public import bind_correlation_id, count_request, dumps, fresh_connections, problem_document
from apps.workflows.serving.bodies import parse_fields
from apps.workflows.serving.receive import receive_webhook
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
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.body))),
            ("X-Correlation-ID", correlation_id),
            ("X-Content-Type-Options", "nosniff"),
            *answer.headers.items(),
        ]
        start_response(f"{answer.status} {_REASONS.get(answer.status, 'Status')}", headers)
        return [answer.body if environ["REQUEST_METHOD"] != "HEAD" else b""]


def answer_call(
    read: Callable[[], WebhookCall], correlation_id: str, receive: Receive = receive_webhook
) -> WebhookAnswer:
    """Read a call and answer it; refusals and an absent database become problem documents."""
    try:
        return receive(read())
    except DomainError as error:
        return _refusal(error, correlation_id)
    except DatabaseError as error:
        logger.warning("webhook_database_error", error=str(error))
        away = Unavailable("The database is away. Try again in a moment.", params={"retry_after": 2})
        return _refusal(away, correlation_id)


def _refusal(error: DomainError, correlation_id: str) -> WebhookAnswer:
    headers = {}
    if "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    if error.http_status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="webhook"'
    body = dumps(problem_document(error, request_id=correlation_id))
    return WebhookAnswer(error.http_status, body, "application/problem+json", headers)


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
