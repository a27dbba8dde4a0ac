"""Reading tokens; never their secrets."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.access import can, require_scope
from apps.accounts.constants import Permission, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import ApiToken
from exprsn.kernel.errors import NotFound


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own tokens in the organization, without the digests; a token needs the scope ``read``."""
    require_scope(actor, Scope.READ)
    rows = ApiToken.objects.for_organization(actor.organization_id).defer("digest")
    return rows.filter(user_id=actor.user_id) if actor.user_id else rows.none()


def token_to_revoke(actor: Actor, token_id: UUID) -> ApiToken:
    """A token that the actor may end: an own one, for administrators any; else ``token_not_found``."""
    rows = ApiToken.objects.for_organization(actor.organization_id).defer("digest")
    if not can(actor, Permission.ADMIN):
        rows = tokens_of(actor)
    token = rows.filter(id=token_id).first()
    if token is None:
        raise NotFound("There is no such token.", code="token_not_found")
    return token
