"""Every refusal of the API as a problem document (RFC 9457)."""

from __future__ import annotations

import math
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.core.services.metrics import errors as errors_total
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.errors import DomainError
from exprsn.kernel.problems import problem, problem_document

logger = structlog.get_logger(__name__)
CONTENT_TYPE = "application/problem+json"
_CODES = {
    400: "malformed",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
    428: "if_match_required",
    429: "rate_limited",
}
# Exceptions of Django and the database driver: status, code, what to say. The first that fits counts.
_FOREIGN: tuple[tuple[type[Exception], int, str, str], ...] = (
    (Http404, 404, "not_found", "There is nothing here, or not for you."),
    (PermissionDenied, 403, "permission_denied", "You may not do this."),
    (RequestDataTooBig, 413, "body_too_large", "The body is larger than this endpoint takes."),
    (SuspiciousOperation, 400, "malformed", "The request cannot be read."),
    (UnreadablePostError, 400, "malformed", "The body ended too early."),
    (DataError, 422, "invalid", "A value is too long, too large or holds characters that cannot be stored."),
    (
        IntegrityError,
        409,
        "conflict",
        "Someone else made or removed the same thing at this moment. Read it again.",
    ),
    (OperationalError, 503, "service_unavailable", "The database is away. Try again in a moment."),
    (InterfaceError, 503, "service_unavailable", "The database is away. Try again in a moment."),
)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: domain errors, DRF's own, Django's, the database's; the rest is a 500."""
    set_rollback()
    if isinstance(error, DomainError):
        return _domain(error)
    if isinstance(error, exceptions.ValidationError):
        return _validation(error)
    if isinstance(error, exceptions.APIException):
        return _api(error)
    return _foreign(error)


def _foreign(error: Exception) -> Response:
    for kind, status, code, detail in _FOREIGN:
        if isinstance(error, kind):
            if isinstance(error, DatabaseError | InterfaceError):
                logger.warning("database_refused", code=code, error=str(error))
            return answer_problem(status, code, detail, {"Retry-After": "2"} if status == 503 else None)
    logger.error("unhandled_error", error=str(error), exc_info=error)
    return answer_problem(
        500, "internal_error", "Something went wrong on our side. The request id helps whoever looks into it."
    )


def _domain(error: DomainError) -> Response:
    headers = {}
    if "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    if "etag" in error.params:
        headers["ETag"] = f'"{error.params["etag"]}"'
    if error.http_status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    errors_total.labels(error.code).inc()
    document = problem_document(error, request_id=correlation_id())
    return Response(document, status=error.http_status, headers=headers, content_type=CONTENT_TYPE)


def _validation(error: exceptions.ValidationError) -> Response:
    errors: dict[str, list[str]] = {}
    _flatten(error.detail, "", errors)
    errors_total.labels("invalid").inc()
    document = problem(422, "invalid", "Some values are wrong; see errors.", request_id=correlation_id(), errors=errors)
    return Response(document, status=422, content_type=CONTENT_TYPE)


def _flatten(detail: Any, path: str, into: dict[str, list[str]]) -> None:
    """DRF's nested errors as ``definition.nodes[3].parameters.url`` → messages."""
    if isinstance(detail, dict):
        for name, member in detail.items():
            _flatten(member, _joined(path, name), into)
        return
    members = detail if isinstance(detail, list) else [detail]
    for position, member in enumerate(members):
        if isinstance(member, dict | list):
            _flatten(member, f"{path}[{position}]", into)
        else:
            into.setdefault(path or "body", []).append(str(member))


def _joined(path: str, name: Any) -> str:
    if name == "non_field_errors":
        return path
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else str(name)


def _api(error: exceptions.APIException) -> Response:
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(error, "wait", None) or 1)))
    authenticate = getattr(error, "auth_header", None)
    if authenticate:
        headers["WWW-Authenticate"] = str(authenticate)
    status = error.status_code
    code = _CODES.get(status, "error")
    return answer_problem(status, code, str(error.detail), headers)


def answer_problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem document as an answer."""
    errors_total.labels(code).inc()
    document = problem(status, code, detail, request_id=correlation_id())
    return Response(document, status=status, headers=headers, content_type=CONTENT_TYPE)
