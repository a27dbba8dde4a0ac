"""``/metrics`` for Prometheus."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from apps.core.services.metrics_access import metrics_answer


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics in Prometheus' text format, for those who may read them."""
    address = request.META.get("REMOTE_ADDR", "")
    status, content_type, body = metrics_answer(request.headers.get("Authorization", ""), address)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return HttpResponse(body, status=status, content_type=content_type, headers=headers)
