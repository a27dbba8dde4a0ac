"""The members of an organization, for nodes that ask them something."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from apps.accounts.public import Role, member_ids_by_email
from apps.workflows.engine.ports_people import Assignee
from exprsn.kernel.errors import NotFound

ROLE_PREFIX = "role:"


class Members:
    """The members of one organization."""

    def __init__(self, organization_id: UUID) -> None:
        self._organization_id = organization_id

    def find(self, references: Sequence[str]) -> list[Assignee]:
        """E-mail addresses of members, or roles such as ``role:admin``; each once, in their order."""
        roles = {one: one.removeprefix(ROLE_PREFIX) for one in references if "@" not in one}
        unknown = [one for one, role in roles.items() if role not in Role.values]
        emails = [one for one in references if one not in roles]
        known = member_ids_by_email(self._organization_id, emails) if emails else {}
        unknown += [one for one in emails if one.lower() not in known]
        if unknown:
            raise NotFound(
                f"“{unknown[0]}” is neither the e-mail address of a member nor a role such as role:admin.",
                code="assignee_not_found",
            )
        found = [Assignee(role=roles[o]) if o in roles else Assignee(str(known[o.lower()])) for o in references]
        return list(dict.fromkeys(found))
