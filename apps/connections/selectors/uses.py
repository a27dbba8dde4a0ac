"""Who uses a credential."""

from __future__ import annotations

from uuid import UUID

from apps.accounts.contracts import Actor
from apps.connections.contracts import CredentialUse
from apps.connections.registry import credential_users


def uses_of(actor: Actor, credential_id: UUID) -> list[CredentialUse]:
    """Everything that uses the credential, by name; what the actor may not see comes last."""
    found = [use for _, find in credential_users.items() for use in find(actor, credential_id)]
    return sorted(found, key=lambda use: (use.id is None, use.name.casefold(), str(use.id)))
