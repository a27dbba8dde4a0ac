"""What other apps may use of accounts."""

from __future__ import annotations

from apps.accounts.access import can, get_organization, require, require_scope
from apps.accounts.constants import Permission, Role, Scope
from apps.accounts.selectors.organizations import organizations_of, personal_organization
from apps.accounts.selectors.people import actor_of_member, member_ids_by_email, members_asked
from apps.accounts.services.actors import actor_from_request, administrator_actor, system_actor_for
from apps.accounts.services.audit import audit
from apps.accounts.services.screens import back_to, signed_in
from apps.accounts.services.tokens import authenticate_token

__all__ = [
    "Permission",
    "Role",
    "Scope",
    "actor_from_request",
    "actor_of_member",
    "administrator_actor",
    "audit",
    "authenticate_token",
    "back_to",
    "can",
    "get_organization",
    "member_ids_by_email",
    "members_asked",
    "organizations_of",
    "personal_organization",
    "require",
    "require_scope",
    "signed_in",
    "system_actor_for",
]
