"""API tokens: create, check, revoke."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from apps.accounts.access import can, require_scope, role_in
from apps.accounts.constants import Permission, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import ApiToken, AuditEvent, User
from apps.accounts.services.audit import audit
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import InvalidInput, NotAllowed, NotAuthenticated, NotFound

PREFIX = "exprsn_"
USED_AGAIN_AFTER = timedelta(minutes=1)
_A_DAY = 86_400
_SCOPE_NEEDS = {
    Scope.READ: Permission.READ,
    Scope.WRITE: Permission.WRITE,
    Scope.EXECUTE: Permission.EXECUTE,
    Scope.ADMIN: Permission.ADMIN,
}


def create_token(
    *,
    actor: Actor,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    use_limit: int | None = None,
) -> tuple[ApiToken, str]:
    """A new token of the actor and its secret, which is never to be seen again.

    A token makes others only with the scope to administer, none that may more and none that lives longer.
    """
    if actor.user_id is None:
        raise InvalidInput("Only a person can own a token.", code="token_needs_user")
    require_scope(actor, Scope.ADMIN)
    _require_own_scopes(actor, scopes)
    if expires_at is not None and expires_at <= utc_now():
        raise _bad_expiry("The expiry is in the past.", "Must be in the future.")
    expires_at = _within_own_limits(actor, expires_at)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken(
            organization_id=actor.organization_id,
            user_id=actor.user_id,
            name=name,
            digest=digest_of(secret),
            hint=secret[:12],
            scopes=sorted(set(scopes)),
            expires_at=expires_at,
            use_limit=use_limit,
        )
        token.save(force_insert=True)
        audit(actor, "token.created", "token", token.id, name, {"scopes": (None, ", ".join(token.scopes))})
    return token, secret


def revoke_token(*, actor: Actor, token_id: UUID) -> ApiToken:
    """End a token of the actor; administrators may end anybody's in their organization.

    A token may always end itself, others only with the scope to administer.
    """
    if token_id != actor.token_id:
        require_scope(actor, Scope.ADMIN)
    with transaction.atomic():
        rows = ApiToken.objects.for_organization(actor.organization_id).select_for_update()
        if not can(actor, Permission.ADMIN):
            rows = rows.filter(user_id=actor.user_id) if actor.user_id else rows.none()
        token = rows.filter(id=token_id).first()
        if token is None:
            raise NotFound("There is no such token.", code="token_not_found")
        if token.revoked_at is None:
            token.revoked_at = utc_now()
            token.save(update_fields=["revoked_at", "updated_at"])
            audit(actor, "token.revoked", "token", token.id, token.name)
    return token


def authenticate_token(secret: str, ip: str) -> tuple[User, Actor]:
    """The user and actor behind a token. The refusal's code says what is wrong with it."""
    token = (
        ApiToken.objects.for_system(reason="authenticate")
        .select_related("user")
        .filter(digest=digest_of(secret))
        .first()
    )
    if token is None or not token.user.is_active:
        raise NotAuthenticated("This token is not known.", code="token_invalid")
    _require_usable(token)
    role = role_in(token.user_id, token.organization_id)
    if not role:
        raise NotAuthenticated("The token's owner left the organization.", code="token_invalid")
    actor = Actor(
        kind="token",
        organization_id=token.organization_id,
        user_id=token.user_id,
        role=role,
        scopes=frozenset(token.scopes),
        label=f"{token.user.email} ({token.name})",
        ip=ip,
        token_id=token.id,
    )
    _note_use(token, actor)
    return token.user, actor


def digest_of(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _require_own_scopes(actor: Actor, scopes: Collection[str]) -> None:
    unknown = sorted(set(scopes) - set(Scope.values))
    if unknown or not scopes:
        raise InvalidInput(
            "Choose scopes among read, write, execute and admin.",
            code="invalid",
            errors={"scopes": unknown or ["Required."]},
        )
    beyond = [scope for scope in scopes if not can(actor, _SCOPE_NEEDS[Scope(scope)])]
    if beyond:
        raise InvalidInput(
            "You cannot give a token more than you may do yourself.",
            code="scope_not_allowed",
            errors={"scopes": beyond},
        )


def _within_own_limits(actor: Actor, expires_at: datetime | None) -> datetime | None:
    """The expiry for a token that this actor makes; a token's own is the latest, and what is taken by default."""
    if actor.token_id is None:
        return expires_at
    maker = ApiToken.objects.for_organization(actor.organization_id).get(id=actor.token_id)
    if maker.use_limit is not None:
        raise NotAllowed("A token with a use limit makes no others: they would be uses that nobody counts.")
    if maker.expires_at is None or expires_at is None:
        return expires_at or maker.expires_at
    if expires_at > maker.expires_at:
        raise _bad_expiry("A token cannot make one that outlives it.", "Must not be later than this token's own.")
    return expires_at


def _bad_expiry(message: str, place: str) -> InvalidInput:
    return InvalidInput(message, code="invalid", errors={"expires_at": [place]})


def _require_usable(token: ApiToken) -> None:
    if token.revoked_at is not None:
        raise NotAuthenticated("This token was revoked. Create a new one.", code="token_revoked")
    if token.expires_at is not None and token.expires_at <= utc_now():
        raise NotAuthenticated("This token has expired. Create a new one.", code="token_expired")
    if token.use_limit is not None and token.use_count >= token.use_limit:
        raise NotAuthenticated("This token has been used as often as allowed.", code="token_use_limit_reached")


def _note_use(token: ApiToken, actor: Actor) -> None:
    now = utc_now()
    rows = ApiToken.objects.for_system(reason="note use").filter(id=token.id)
    if token.use_limit is not None:
        # Each use counts; the condition keeps two at once from both being the last.
        if not rows.filter(use_count__lt=token.use_limit).update(use_count=F("use_count") + 1, last_used_at=now):
            raise NotAuthenticated("This token has been used as often as allowed.", code="token_use_limit_reached")
    elif token.last_used_at is None or now - token.last_used_at > USED_AGAIN_AFTER:
        rows.update(last_used_at=now)
    _audit_first_use(token, actor, now)


def _audit_first_use(token: ApiToken, actor: Actor, now: datetime) -> None:
    """One line in the log per token, address and day; the cache only spares the question."""
    seen = f"token-use:{token.id}:{digest_of(actor.ip)[:16]}:{now:%Y%m%d}"
    if cache.get(seen):
        return
    rows = AuditEvent.objects.for_organization(token.organization_id).filter(
        object_type="token",
        object_id=str(token.id),
        verb="token.used",
        ip=actor.ip,
        occurred_at__gte=datetime.combine(now.date(), time.min, now.tzinfo),
    )
    if not rows.exists():
        audit(actor, "token.used", "token", token.id, token.name)
    cache.set(seen, True, _A_DAY)
