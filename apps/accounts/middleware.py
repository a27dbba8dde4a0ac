"""Signed-in people act within one organization."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from apps.accounts.services.actors import actor_from_request

GetResponse = Callable[[HttpRequest], HttpResponse]


class OrganizationMiddleware:
    """Offers ``request.actor_lazily``: looked up when a page asks for it, not before."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor_lazily = SimpleLazyObject(lambda: actor_from_request(request))  # type: ignore[attr-defined]
        return self._get_response(request)
