"""The members of an organization, for parts of the product that ask or tell them something."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from apps.accounts.contracts import Actor, Member
from apps.accounts.models import Membership

MAX_ASKED = 200


def member_ids_by_email(organization_id: UUID, emails: Sequence[str]) -> dict[str, UUID]:
    """Lower-case e-mail → id of those of them who belong to the organization and are active."""
    wanted = {email.lower() for email in emails}
    rows = Membership.objects.filter(organization_id=organization_id, user__is_active=True, user__email__in=wanted)
    return {email.lower(): user_id for email, user_id in rows.values_list("user__email", "user_id")}


def members_asked(organization_id: UUID, user_ids: Collection[UUID], roles: Collection[str]) -> list[Member]:
    """The active members with one of these ids or roles, by e-mail; the first ``MAX_ASKED``."""
    rows = Membership.objects.filter(organization_id=organization_id, user__is_active=True)
    asked = rows.filter(Q(user_id__in=user_ids) | Q(role__in=roles)).order_by("user__email")
    facts = asked.values_list("user_id", "user__email", "user__name", "user__locale", "role")
    return [Member(*one) for one in facts[:MAX_ASKED]]


def actor_of_member(organization_id: UUID, user_id: UUID, ip: str = "") -> Actor | None:
    """A member at work without a session, by a link that was sent to them; None for who belongs no longer."""
    rows = Membership.objects.filter(organization_id=organization_id, user_id=user_id, user__is_active=True)
    found = rows.values_list("role", "user__email").first()
    return None if found is None else Actor("user", organization_id, user_id, found[0], label=found[1], ip=ip)
