"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """On whose behalf something is done, within which organization.

    ``scopes`` is None for a person at the screen, the token's scopes otherwise; ``label`` is the e-mail
    or the name of the system's part, for the audit log.
    """

    kind: Literal["user", "token", "system"]
    organization_id: UUID
    user_id: UUID | None = None
    role: str = ""
    scopes: frozenset[str] | None = None
    label: str = ""
    ip: str = ""
    token_id: UUID | None = None

    @classmethod
    def system(cls, organization_id: UUID, label: str) -> Actor:
        """The product itself at work, for instance a command or a schedule."""
        return cls(kind="system", organization_id=organization_id, label=label)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an organization, as others need to know them to write to them."""

    user_id: UUID
    email: str
    name: str
    locale: str
    role: str
