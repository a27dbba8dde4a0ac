"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CredentialSecret:
    """A credential opened for one use; its ``repr`` shows no value."""

    kind: str
    fields: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CredentialUse:
    """Something that uses a credential. What the actor may not see has neither id nor name nor address."""

    kind: str
    id: UUID | None = None
    name: str = ""
    url: str = ""
