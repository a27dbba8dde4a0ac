"""What nodes may ask about the people of the organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from exprsn.kernel.errors import NotFound
from exprsn.kernel.jsonvalue import JsonObject


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody who is asked to decide: a person by id, or everybody with a role."""

    user_id: str = ""
    role: str = ""

    def to_data(self) -> JsonObject:
        """As JSON."""
        return {"user": self.user_id} if self.user_id else {"role": self.role}


class PeoplePort(Protocol):
    """Knows the members of the workflow's organization."""

    def find(self, references: Sequence[str]) -> list[Assignee]:
        """Whom these mean: e-mail addresses of members, or roles (``role:admin``). Raises ``NotFound``
        (``assignee_not_found``) naming what is neither."""


class NoPeople:
    """For runs beside which there are no people."""

    def find(self, references: Sequence[str]) -> list[Assignee]:
        """Nobody but nobody is found."""
        if references:
            raise NotFound(f"There is no member {references[0]!r}.", code="assignee_not_found")
        return []
