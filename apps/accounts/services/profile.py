"""What people say about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.accounts.access import require_person, require_scope
from apps.accounts.constants import Scope, Theme
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.audit import audit
from exprsn.kernel.errors import InvalidInput

FIELDS = ("name", "locale", "theme")


def update_profile(*, actor: Actor, changes: Mapping[str, Any]) -> User:
    """Change one's own name, language or theme; a token needs the scope ``write``."""
    require_scope(actor, Scope.WRITE)
    if "locale" in changes:
        require_locale(changes["locale"])
    if changes.get("theme", Theme.SYSTEM) not in Theme.values:
        one_of = f"One of: {', '.join(Theme.values)}."
        raise InvalidInput("There is no such theme.", code="invalid", errors={"theme": [one_of]})
    with transaction.atomic():
        user = User.objects.select_for_update().get(id=require_person(actor))
        changed = {
            field: (getattr(user, field), changes[field])
            for field in FIELDS
            if field in changes and changes[field] != getattr(user, field)
        }
        for field, (_, value) in changed.items():
            setattr(user, field, value)
        if changed:
            user.save(update_fields=[*changed])
            audit(actor, "user.updated", "user", user.id, user.email, changed)
    return user


def require_locale(code: str) -> None:
    """Raise unless the product knows this language."""
    if code not in dict(settings.LANGUAGES):
        raise InvalidInput(
            "There is no such language.", code="invalid", errors={"locale": ["Use a code like en or de."]}
        )
