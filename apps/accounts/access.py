"""Who may do what: every question is answered from the one table in ``constants``.

Further ways in (invitations, second factors, single sign-on, signed tokens) end in an ``Actor`` too,
so that nothing here needs to know how somebody came in.
"""

from __future__ import annotations

from uuid import UUID

from apps.accounts.constants import PERMISSION_SCOPE, ROLE_PERMISSIONS, Permission, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Organization, Team, User
from exprsn.kernel.errors import NotAllowed, NotFound


def can(actor: Actor, permission: Permission) -> bool:
    """Whether the actor's role, and a token's scopes, allow this."""
    if actor.kind == "system":
        return True
    if permission not in ROLE_PERMISSIONS.get(actor.role, frozenset()):
        return False
    return actor.scopes is None or PERMISSION_SCOPE[permission] in actor.scopes


def require(actor: Actor, permission: Permission) -> None:
    """Raise ``permission_denied`` unless the actor may."""
    if not can(actor, permission):
        raise NotAllowed(
            f"This needs the permission “{permission.value}”. Ask an administrator of your organization.",
            params={"permission": permission.value},
        )


def require_scope(actor: Actor, scope: Scope) -> None:
    """For what people may always do to what is their own: a token needs the scope, whatever the role."""
    if actor.scopes is not None and scope not in actor.scopes:
        raise NotAllowed(
            f"This token lacks the scope “{scope.value}”. Use one that has it, or sign in.",
            params={"permission": scope.value},
        )


def require_person(actor: Actor) -> UUID:
    """Whose account it is; the product itself has none."""
    if actor.user_id is None:
        raise NotAllowed("Only a person may do this.")
    return actor.user_id


def memberships_of(user: User) -> list[Membership]:
    """The user's memberships, the personal organization first, then by name."""
    rows = Membership.objects.filter(user=user).select_related("organization")
    return list(rows.order_by("-organization__is_personal", "organization__name"))


def membership_in(user: User, wanted: str | UUID | None) -> Membership:
    """The membership in the organization named by slug or id; without a name the personal one.

    ``organization_not_found`` for an organization that the user does not belong to.
    """
    rows = memberships_of(user)
    if wanted is None or wanted == "":
        if rows:
            return rows[0]
        raise NotFound("You do not belong to any organization.", code="organization_not_found")
    text = str(wanted)
    for membership in rows:
        if text in {membership.organization.slug, str(membership.organization_id)}:
            return membership
    raise NotFound("There is no such organization, or you do not belong to it.", code="organization_not_found")


def role_in(user_id: UUID, organization_id: UUID) -> str:
    """The user's role in an organization; empty when there is none."""
    rows = Membership.objects.filter(user_id=user_id, organization_id=organization_id)
    return rows.values_list("role", flat=True).first() or ""


def get_organization(actor: Actor, permission: Permission) -> Organization:
    """The actor's own organization."""
    require(actor, permission)
    return Organization.objects.get(id=actor.organization_id)


def get_member(actor: Actor, membership_id: UUID, permission: Permission, *, lock: bool = False) -> Membership:
    """A membership in the actor's organization, or ``member_not_found``."""
    rows = Membership.objects.select_related("user")
    if lock:
        rows = rows.select_for_update(of=("self",))
    membership = rows.filter(id=membership_id, organization_id=actor.organization_id).first()
    if membership is None:
        raise NotFound("There is no such member.", code="member_not_found")
    require(actor, permission)
    return membership


def get_member_by_email(actor: Actor, email: str, permission: Permission) -> Membership:
    """The membership of whoever has this e-mail address, or ``member_not_found``."""
    require(actor, permission)
    rows = Membership.objects.select_related("user").filter(organization_id=actor.organization_id)
    membership = rows.filter(user__email__iexact=email).first()
    if membership is None:
        raise NotFound("There is no such member.", code="member_not_found")
    return membership


def get_team(actor: Actor, team_id: UUID, permission: Permission, *, lock: bool = False) -> Team:
    """A team of the actor's organization, or ``team_not_found``."""
    rows = Team.objects.for_organization(actor.organization_id)
    if lock:
        rows = rows.select_for_update()
    team = rows.filter(id=team_id).first()
    if team is None:
        raise NotFound("There is no such team.", code="team_not_found")
    require(actor, permission)
    return team
