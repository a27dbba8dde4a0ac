"""Health for load balancers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from apps.core.services.health import readiness
from apps.core.services.jsontext import dumps


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The process is up."""
    return HttpResponse(dumps({"status": "live"}), content_type="application/json")


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """The process and everything that it needs."""
    answer = readiness()
    status = 200 if answer["status"] == "ready" else 503
    return HttpResponse(dumps(answer), status=status, content_type="application/json")
