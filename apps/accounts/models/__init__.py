from __future__ import annotations

from apps.accounts.models.audit import AuditEvent
from apps.accounts.models.organization import Membership, Organization, Team
from apps.accounts.models.token import ApiToken
from apps.accounts.models.user import User

__all__ = ["ApiToken", "AuditEvent", "Membership", "Organization", "Team", "User"]
