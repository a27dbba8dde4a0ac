"""Who may read the metrics: whoever has the token, or calls from an address that is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection

from apps.core.services.metrics import CONTENT_TYPE, exposition


def metrics_answer(authorization: str, address: str) -> tuple[HTTPStatus, str, bytes]:
    """Status, content type and body for a caller with this ``Authorization`` at this address."""
    if not _has_token(authorization) and not _is_allowed(address):
        status = HTTPStatus.UNAUTHORIZED if settings.EXPRSN_METRICS_TOKEN else HTTPStatus.FORBIDDEN
        said = b"Set EXPRSN_METRICS_TOKEN or EXPRSN_METRICS_ALLOW, and send the token as Authorization: Bearer.\n"
        return status, "text/plain; charset=utf-8", said
    return HTTPStatus.OK, CONTENT_TYPE, exposition()


def _has_token(authorization: str) -> bool:
    scheme, _, token = authorization.partition(" ")
    wanted = settings.EXPRSN_METRICS_TOKEN.encode()
    return bool(wanted) and scheme.lower() == "bearer" and compare_digest(token.strip().encode(), wanted)


def _is_allowed(address: str) -> bool:
    try:
        caller = ip_address(address)
        return any(caller in ip_network(network, strict=False) for network in settings.EXPRSN_METRICS_ALLOW)
    except ValueError:
        return False


def worker_application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application by which a worker shows its metrics; workers have no other address."""
    status, content_type, body = _NOWHERE
    if environ.get("PATH_INFO") == "/metrics":
        try:
            status, content_type, body = metrics_answer(
                environ.get("HTTP_AUTHORIZATION", ""), environ.get("REMOTE_ADDR", "")
            )
        finally:
            connection.close()  # this thread asks the database a few times a minute
    start_response(f"{status.value} {status.phrase}", [("Content-Type", content_type)])
    return [body]


_NOWHERE = (HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"See /metrics.\n")
