"""The browsable form of the OpenAPI document, with the scripts that are shipped along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def api_docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI under the strict policy: its two scripts carry the nonce."""
    return render(request, "core/api_docs.html")
