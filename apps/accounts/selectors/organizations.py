"""Reading organizations, members and teams."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from apps.accounts.access import require, require_scope
from apps.accounts.constants import Permission, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Organization, Team, User


def organizations_of(user: User) -> QuerySet[Organization]:
    """The organizations that the user belongs to."""
    return Organization.objects.filter(memberships__user=user)


def organizations_within_reach(actor: Actor, user: User) -> QuerySet[Organization]:
    """The user's organizations; a token reaches only its own, with the scope ``read``."""
    require_scope(actor, Scope.READ)
    rows = organizations_of(user)
    return rows.filter(id=actor.organization_id) if actor.kind == "token" else rows


def personal_organization(user: User) -> Organization:
    """The organization that was made together with the user."""
    return Organization.objects.get(created_by=user, is_personal=True)


def members_of(actor: Actor, *, search: str = "", role: str = "") -> QuerySet[Membership]:
    """The members of the actor's organization with their teams; ``search`` looks at name and e-mail."""
    require(actor, Permission.READ)
    rows = Membership.objects.filter(organization_id=actor.organization_id)
    if search:
        rows = rows.filter(Q(user__name__icontains=search) | Q(user__email__icontains=search))
    if role:
        rows = rows.filter(role=role)
    return rows.select_related("user").prefetch_related("teams")


def teams_of(actor: Actor) -> QuerySet[Team]:
    """The teams of the actor's organization, each with its number of ``members``."""
    require(actor, Permission.READ)
    return Team.objects.for_organization(actor.organization_id).annotate(members=Count("memberships"))


def members_in_team(actor: Actor, team_id: UUID) -> QuerySet[Membership]:
    """The members of one team."""
    require(actor, Permission.READ)
    return members_of(actor).filter(teams=team_id)


def emails_outside_team(actor: Actor, team_id: UUID, limit: int) -> list[str]:
    """Whom one could put into a team: e-mail addresses of members who are not in it, in order."""
    require(actor, Permission.ADMIN)
    rows = Membership.objects.filter(organization_id=actor.organization_id).exclude(teams=team_id)
    return list(rows.order_by("user__email").values_list("user__email", flat=True)[:limit])
