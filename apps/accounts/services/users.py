"""People as administrators of the installation see them: taken in, changed, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.selectors.organizations import personal_organization
from apps.accounts.services.audit import audit
from exprsn.kernel.errors import Conflict

FIELDS = ("email", "name", "locale", "is_active", "is_staff", "is_superuser")
_KEEPS_ONE_IN = {"is_active", "is_staff", "is_superuser"}


def add_user(*, actor: Actor, user: User) -> User:
    """Write a new user with a personal organization; the line of the log is in the actor's own."""
    with transaction.atomic():
        made = User.objects.save_new(user)
        audit(actor, "user.created", "user", made.id, made.email)
    return made


def change_user(*, actor: Actor, user_id: Any, changes: Mapping[str, Any]) -> User:
    """Change what somebody is; nobody locks themselves out, so one administrator always remains."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(id=user_id)
        changed = {
            field: (getattr(user, field), changes[field])
            for field in FIELDS
            if field in changes and changes[field] != getattr(user, field)
        }
        if user.id == actor.user_id and _KEEPS_ONE_IN & changed.keys():
            raise Conflict("Ask another administrator: nobody closes or demotes their own account.", code="own_account")
        for field, (_, value) in changed.items():
            setattr(user, field, value)
        if changed:
            user.save(update_fields=[*changed])
            audit(actor, "user.changed", "user", user.id, user.email, changed)
    return user


def note_password_set(*, actor: Actor, user: User) -> None:
    """An administrator gave somebody another password."""
    audit(actor, "user.password_set", "user", user.id, user.email)


def note_groups(*, actor: Actor, user: User, before: str, after: str) -> None:
    """Staff sees other parts of the administration from now on."""
    audit(actor, "user.changed", "user", user.id, user.email, {"groups": (before, after)})


def organization_of(user: User) -> Any:
    """The id of the organization whose log tells about this person."""
    return personal_organization(user).id
