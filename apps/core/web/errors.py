"""Error pages for browsers, problem documents for the API."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from apps.core.services.jsontext import dumps
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.problems import problem

_CODES = {
    400: "malformed",
    403: "permission_denied",
    404: "not_found",
    500: "internal_error",
    503: "service_unavailable",
}
_DETAILS = {
    400: "The request cannot be read.",
    403: "You may not do this.",
    404: "There is nothing here, or not for you.",
    500: "Something went wrong on our side. The request id helps whoever looks into it.",
    503: "The database is away. Try again in a moment.",
}


def _respond(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith(("/api/", "/webhook")):
        body = problem(status, _CODES[status], _DETAILS[status], request_id=correlation_id())
        return HttpResponse(dumps(body), status=status, content_type="application/problem+json")
    context = {"request_id": correlation_id()}
    if status < 500:
        return render(request, f"{status}.html", context, status=status)
    # Without context processors: they ask the database, which may be what is away.
    return HttpResponse(render_to_string(f"{status}.html", {**context, "request": request}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _respond(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _respond(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _respond(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when it is the database that is away, also for what came before any view."""
    # Django calls this inside of its except block and hands no exception over.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _respond(request, 503)
        response["Retry-After"] = "2"
        return response
    return _respond(request, 500)
