"""The members of an organization."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.access import get_member, require
from apps.accounts.constants import Permission, Role
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Team, User
from apps.accounts.services.audit import audit
from exprsn.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound


def add_member(*, actor: Actor, email: str, role: str) -> Membership:
    """Take an existing user into the organization."""
    require(actor, Permission.ADMIN)
    _require_may_give(actor, role)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise NotFound("There is no user with this e-mail address.", code="user_not_found")
    return _take_in(actor, user, role)


def restore_member(*, actor: Actor, user_id: UUID, role: str, team_ids: Collection[UUID]) -> Membership:
    """Take back a removal: the role and those of the teams that are still there."""
    require(actor, Permission.ADMIN)
    _require_may_give(actor, role)
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None:
        raise NotFound("This user is no longer there.", code="user_not_found")
    with transaction.atomic():
        membership = _take_in(actor, user, role)
        there = Team.objects.for_organization(actor.organization_id).filter(id__in=team_ids)
        set_member_teams(actor=actor, membership_id=membership.id, team_ids=list(there.values_list("id", flat=True)))
    return membership


def _take_in(actor: Actor, user: User, role: str) -> Membership:
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, organization_id=actor.organization_id, role=role)
            audit(actor, "member.added", "membership", membership.id, user.email, {"role": ("", role)})
    except IntegrityError:
        raise Conflict("This user is a member already.", code="already_member") from None
    return membership


def change_role(*, actor: Actor, membership_id: UUID, role: str) -> Membership:
    """Change what a member is; somebody must remain owner."""
    with transaction.atomic():
        membership = get_member(actor, membership_id, Permission.ADMIN, lock=True)
        _require_may_give(actor, role)
        _require_may_give(actor, membership.role)
        if membership.role == Role.OWNER and role != Role.OWNER:
            _require_other_owner(membership)
        before, membership.role = membership.role, role
        membership.save(update_fields=["role", "updated_at"])
        audit(
            actor,
            "member.role_changed",
            "membership",
            membership.id,
            membership.user.email,
            {"role": (before, role)},
        )
    return membership


def remove_member(*, actor: Actor, membership_id: UUID) -> None:
    """Take somebody out of the organization."""
    with transaction.atomic():
        membership = get_member(actor, membership_id, Permission.ADMIN, lock=True)
        _require_may_give(actor, membership.role)
        if membership.role == Role.OWNER:
            _require_other_owner(membership)
        audit(actor, "member.removed", "membership", membership.id, membership.user.email)
        membership.delete()


def set_member_teams(*, actor: Actor, membership_id: UUID, team_ids: Collection[UUID]) -> Membership:
    """Say which teams a member belongs to; all must be of the organization."""
    with transaction.atomic():
        membership = get_member(actor, membership_id, Permission.ADMIN, lock=True)
        teams = list(Team.objects.for_organization(actor.organization_id).filter(id__in=team_ids).order_by("name"))
        unknown = set(team_ids) - {team.id for team in teams}
        if unknown:
            raise InvalidInput(
                "Your organization has no such team.",
                code="invalid",
                errors={"teams": [f"There is no team {found}." for found in sorted(map(str, unknown))]},
            )
        before = sorted(membership.teams.values_list("name", flat=True))
        after = sorted(team.name for team in teams)
        if before != after:
            membership.teams.set(teams)
            changes = {"teams": (", ".join(before), ", ".join(after))}
            audit(actor, "member.teams_changed", "membership", membership.id, membership.user.email, changes)
    return membership


def _require_other_owner(membership: Membership) -> None:
    others = Membership.objects.select_for_update().filter(organization_id=membership.organization_id, role=Role.OWNER)
    if len(others) < 2:
        raise Conflict("Make somebody else an owner first: one must remain.", code="last_owner")


def _require_may_give(actor: Actor, role: str) -> None:
    if role == Role.OWNER and actor.role != Role.OWNER:
        raise NotAllowed("Only an owner decides about owners.", code="owner_required")
