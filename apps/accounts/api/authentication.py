"""How the API knows who is asking: a bearer token, else the session."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.request import Request

from apps.accounts.contracts import Actor
from apps.accounts.models import Organization, User
from apps.accounts.services.actors import HEADER, client_address, name_in_logs
from apps.accounts.services.tokens import authenticate_token
from exprsn.kernel.errors import NotFound


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer exprsn_…``."""

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        user, actor = authenticate_token(secret.strip(), client_address(request._request))
        wanted = request.headers.get(HEADER)
        if wanted and wanted != str(actor.organization_id) and wanted != _slug(actor):
            raise NotFound("This token does not belong to that organization.", code="organization_not_found")
        request._request.actor = actor  # type: ignore[attr-defined]
        name_in_logs(actor)
        return user, actor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF protection on writes."""


def _slug(actor: Actor) -> str:
    return Organization.objects.values_list("slug", flat=True).get(id=actor.organization_id)
