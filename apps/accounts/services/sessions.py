"""The audit log of signing in and out."""

from __future__ import annotations

import structlog
from django.http import HttpRequest

from apps.accounts.access import membership_in
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.actors import client_address
from apps.accounts.services.audit import audit

security = structlog.get_logger("exprsn.security")


def note_sign_in(user: User, request: HttpRequest) -> None:
    """Somebody signed in."""
    audit(_actor(user, request), "session.signed_in", "user", user.id, user.email)


def note_sign_out(user: User, request: HttpRequest) -> None:
    """Somebody signed out."""
    audit(_actor(user, request), "session.signed_out", "user", user.id, user.email)


def note_password_changed(user: User, request: HttpRequest) -> None:
    """Somebody chose another password, signed in or by a link that was mailed."""
    audit(_actor(user, request), "user.password_changed", "user", user.id, user.email)


def note_failed_sign_in(email: str, request: HttpRequest) -> None:
    """Somebody tried with a wrong password; in the log of the account that was meant, if there is one."""
    security.warning("sign_in_failed", address=client_address(request))
    user = User.objects.filter(email__iexact=email).first() if email else None
    if user is not None:
        audit(_actor(user, request), "session.sign_in_failed", "user", user.id, user.email)


def _actor(user: User, request: HttpRequest) -> Actor:
    membership = membership_in(user, None)
    return Actor(
        "user",
        membership.organization_id,
        user.id,
        membership.role,
        label=user.email,
        ip=client_address(request),
    )
