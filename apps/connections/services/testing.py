"""Trying a credential out on what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.connections.access import get_credential
from apps.connections.registry import credential_tests
from apps.connections.services.credentials import open_fields
from exprsn.kernel.errors import Conflict, DomainError


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What trying it out came to."""

    ok: bool
    code: str = ""
    message: str = ""


def can_be_tested(kind: str) -> bool:
    """Whether credentials of a kind say by themselves whom to ask."""
    return kind in credential_tests


def try_credential(*, actor: Actor, credential_id: UUID) -> TrialResult:
    """Connect and sign in. Raises ``credential_not_testable`` for a kind that names no server."""
    credential = get_credential(actor, credential_id, Permission.WRITE)
    if not can_be_tested(credential.kind):
        raise Conflict(
            "A credential of this kind does not say which service it is for. Try it in a workflow.",
            code="credential_not_testable",
        )
    fields = open_fields(credential)
    audit(actor, "credential.tested", "credential", credential.id, credential.name)
    try:
        credential_tests.get(credential.kind)(fields)
    except DomainError as error:
        return TrialResult(False, error.code, error.message)
    return TrialResult(True)
