"""RFC 9457 problem documents, made of domain errors."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.errors import DomainError

TITLES = {
    400: "Malformed request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    412: "Changed since it was read",
    413: "Too large",
    415: "Unsupported media type",
    422: "Invalid input",
    428: "Precondition required",
    429: "Too many requests",
    500: "Internal error",
    502: "Upstream failed",
    503: "Service unavailable",
    504: "Took too long",
}


def problem(
    status: int, code: str, detail: str, *, request_id: str = "", errors: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    """A problem document."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors or {},
        "request_id": request_id,
    }


def problem_document(error: DomainError, *, request_id: str) -> dict[str, Any]:
    """The problem document of a domain error, its public facts included."""
    document = problem(error.http_status, error.code, error.message, request_id=request_id, errors=error.errors)
    for name, value in error.params.items():
        document.setdefault(name, value)
    return document
