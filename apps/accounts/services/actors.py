"""The actor behind a request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from django.http import HttpRequest

from apps.accounts.access import membership_in
from apps.accounts.constants import Role
from apps.accounts.contracts import Actor
from apps.accounts.models import Organization, User
from exprsn.kernel.errors import NotAllowed, NotAuthenticated, NotFound

SESSION_KEY = "organization"
HEADER = "X-Organization"


def actor_from_request(request: Any) -> Actor:
    """The actor of a Django or DRF request; kept on the request, so that it is found once."""
    raw: HttpRequest = getattr(request, "_request", request)
    known = getattr(raw, "actor", None)
    if isinstance(known, Actor):
        return known
    user = request.user
    if not isinstance(user, User):
        raise NotAuthenticated("Sign in, or send a token.")
    actor = actor_for_user(user, raw)
    raw.actor = actor  # type: ignore[attr-defined]
    name_in_logs(actor)
    return actor


def name_in_logs(actor: Actor) -> None:
    """The rest of the request's log lines say who asked, by ids."""
    structlog.contextvars.bind_contextvars(user=str(actor.user_id), organization=str(actor.organization_id))


def actor_for_user(user: User, request: HttpRequest) -> Actor:
    """A signed-in person within the organization that the header, else the session, names."""
    header = request.headers.get(HEADER)
    if header:
        membership = membership_in(user, header)
    else:
        try:
            membership = membership_in(user, request.session.get(SESSION_KEY))
        except NotFound:
            # The session remembers an organization that the user has left.
            request.session.pop(SESSION_KEY, None)
            membership = membership_in(user, None)
    return Actor(
        kind="user",
        organization_id=membership.organization_id,
        user_id=user.id,
        role=membership.role,
        label=user.email,
        ip=client_address(request),
    )


def administrator_actor(request: HttpRequest, organization_id: UUID) -> Actor:
    """An administrator of the installation at work in any organization, with all that an owner may."""
    user = request.user
    if not (isinstance(user, User) and user.is_active and user.is_superuser):
        raise NotAllowed("This is for administrators of the installation.")
    return Actor("user", organization_id, user.id, Role.OWNER, label=user.email, ip=client_address(request))


def client_address(request: HttpRequest) -> str:
    """The address that the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def system_actor_for(organization_slug: str | None, label: str) -> Actor:
    """The product at work in the named organization, else the oldest administrator's personal one."""
    if organization_slug:
        organization = Organization.objects.filter(slug=organization_slug).first()
    else:
        owners = User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined", "id")
        owner = owners.first()
        organization = Organization.objects.filter(is_personal=True, created_by=owner).first() if owner else None
    if organization is None:
        raise NotFound("There is no such organization.", code="organization_not_found")
    return Actor.system(organization.id, label)
