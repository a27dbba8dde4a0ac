"""What other apps may use of accounts."""

from __future__ import annotations

from apps.accounts.access import can, get_organization, require, require_scope
from apps.accounts.constants import Permission, Role, Scope
from apps.accounts.selectors.organizations import organizations_of, personal_organization
from apps.accounts.services.actors import actor_from_request, administrator_actor, system_actor_for
from apps.accounts.services.audit import audit
from apps.accounts.services.screens import back_to, signed_in
from apps.accounts.services.tokens import authenticate_token

__all__ = [
    "Permission",
    "Role",
    "Scope",
    "actor_from_request",
    "administrator_actor",
    "audit",
    "authenticate_token",
    "back_to",
    "can",
    "get_organization",
    "organizations_of",
    "personal_organization",
    "require",
    "require_scope",
    "signed_in",
    "system_actor_for",
]
