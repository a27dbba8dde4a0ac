"""Organizations: made, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from apps.accounts.access import require, require_person, require_scope
from apps.accounts.constants import Permission, Role, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Organization, User
from apps.accounts.models.organization import free_organization_slug
from apps.accounts.services.audit import audit
from apps.accounts.services.profile import require_locale
from exprsn.kernel.errors import InvalidInput


def create_organization(
    *, actor: Actor, name: str, timezone: str = "UTC", locale: str = "en", retention_days: int | None = None
) -> Organization:
    """A new organization that the actor owns; everybody may make one, a token with the scope ``admin``."""
    require_scope(actor, Scope.ADMIN)
    _require_timezone(timezone)
    require_locale(locale)
    user = User.objects.get(id=require_person(actor))
    with transaction.atomic():
        organization = Organization.objects.create(
            name=name,
            slug=free_organization_slug(name),
            timezone=timezone,
            locale=locale,
            retention_days=retention_days,
            created_by=user,
        )
        Membership.objects.create(user=user, organization=organization, role=Role.OWNER)
        within = replace(actor, organization_id=organization.id, role=Role.OWNER)
        audit(within, "organization.created", "organization", organization.id, name)
    return organization


def update_organization(*, actor: Actor, changes: Mapping[str, Any]) -> Organization:
    """Change name, zone, language or retention of the actor's organization."""
    require(actor, Permission.ADMIN)
    if "timezone" in changes:
        _require_timezone(changes["timezone"])
    if "locale" in changes:
        require_locale(changes["locale"])
    with transaction.atomic():
        organization = Organization.objects.select_for_update().get(id=actor.organization_id)
        changed = {
            field: (getattr(organization, field), changes[field])
            for field in ("name", "timezone", "locale", "retention_days")
            if field in changes and changes[field] != getattr(organization, field)
        }
        for field, (_, value) in changed.items():
            setattr(organization, field, value)
        if changed:
            organization.save(update_fields=[*changed, "updated_at"])
            audit(actor, "organization.updated", "organization", organization.id, organization.name, changed)
    return organization


def change_plan(*, actor: Actor, plan: str) -> Organization:
    """Put the organization on another plan; for administrators of the installation."""
    require(actor, Permission.ADMIN)
    with transaction.atomic():
        organization = Organization.objects.select_for_update().get(id=actor.organization_id)
        before, organization.plan = organization.plan, plan
        if before != plan:
            organization.save(update_fields=["plan", "updated_at"])
            changes = {"plan": (before, plan)}
            audit(actor, "organization.plan_changed", "organization", organization.id, organization.name, changes)
    return organization


def _require_timezone(name: str) -> None:
    if name not in available_timezones():
        raise InvalidInput(
            "There is no such time zone.",
            code="invalid",
            errors={"timezone": ["Use a name like Europe/Berlin."]},
        )
