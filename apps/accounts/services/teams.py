"""Teams: the departments of an organization."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.access import get_member, get_team, require
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Team
from apps.accounts.services.audit import audit
from apps.accounts.services.members import set_member_teams
from exprsn.kernel.errors import Conflict


def create_team(*, actor: Actor, name: str) -> Team:
    """A new department."""
    require(actor, Permission.ADMIN)
    with _one_of_each_name():
        team = Team(organization_id=actor.organization_id, name=name)
        team.save(force_insert=True)
        audit(actor, "team.created", "team", team.id, name)
    return team


def rename_team(*, actor: Actor, team_id: UUID, name: str) -> Team:
    """Give a department another name."""
    with _one_of_each_name():
        team = get_team(actor, team_id, Permission.ADMIN, lock=True)
        before, team.name = team.name, name
        if before != name:
            team.save(update_fields=["name", "updated_at"])
            audit(actor, "team.renamed", "team", team.id, name, {"name": (before, name)})
    return team


def add_to_team(*, actor: Actor, team_id: UUID, membership_id: UUID) -> Membership:
    """Put a member into a department."""
    return _change_membership(actor, team_id, membership_id, belongs=True)


def remove_from_team(*, actor: Actor, team_id: UUID, membership_id: UUID) -> Membership:
    """Take a member out of a department; they stay in the organization."""
    return _change_membership(actor, team_id, membership_id, belongs=False)


def _change_membership(actor: Actor, team_id: UUID, membership_id: UUID, *, belongs: bool) -> Membership:
    with transaction.atomic():
        team = get_team(actor, team_id, Permission.ADMIN)
        membership = get_member(actor, membership_id, Permission.ADMIN, lock=True)
        others = set(membership.teams.exclude(id=team.id).values_list("id", flat=True))
        wanted = {*others, team.id} if belongs else others
        return set_member_teams(actor=actor, membership_id=membership.id, team_ids=wanted)


def delete_team(*, actor: Actor, team_id: UUID) -> None:
    """Remove a department; what belonged to it stays with the organization."""
    with transaction.atomic():
        team = get_team(actor, team_id, Permission.ADMIN, lock=True)
        audit(actor, "team.deleted", "team", team.id, team.name)
        team.delete()


@contextmanager
def _one_of_each_name() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Conflict("Another team has this name.", code="team_name_taken") from None
