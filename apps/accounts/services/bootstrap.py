"""The first administrator of an installation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from apps.accounts.access import membership_in
from apps.accounts.constants import Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import ApiToken, User
from apps.accounts.services.tokens import create_token, revoke_token

TOKEN_NAME = "bootstrap"  # noqa: S105 - a name, not a secret


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What a bootstrap made or found."""

    organization: str
    user: str
    token: str


def bootstrap(*, email: str, password: str | None) -> Bootstrapped:
    """Make sure of the administrator and give a new token with all scopes; the former one is revoked."""
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_superuser(email, password)
        elif password is not None and not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        membership = membership_in(user, None)
        actor = Actor(
            kind="user",
            organization_id=membership.organization_id,
            user_id=user.id,
            role=membership.role,
            label=user.email,
        )
        former = ApiToken.objects.for_organization(membership.organization_id)
        for token in former.filter(name=TOKEN_NAME, user=user, revoked_at__isnull=True):
            revoke_token(actor=actor, token_id=token.id)
        _, secret = create_token(actor=actor, name=TOKEN_NAME, scopes=Scope.values)
    return Bootstrapped(membership.organization.slug, user.email, secret)
