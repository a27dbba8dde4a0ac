"""The first screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.contracts import Actor
from apps.accounts.public import signed_in
from apps.workflows.public import recent_activity


@require_GET
@signed_in
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What runs, what failed, where to go on."""
    return render(request, "console/home.html", {"activity": recent_activity(actor)})
