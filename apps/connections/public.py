"""What other apps may use of connections."""

from __future__ import annotations

from uuid import UUID

from apps.connections.contracts import CredentialSecret, CredentialUse
from apps.connections.models import Credential
from apps.connections.registry import credential_tests, credential_users
from apps.connections.services.credentials import open_fields
from exprsn.kernel.errors import NotFound

__all__ = [
    "CredentialSecret",
    "CredentialUse",
    "credential_for_use",
    "credential_ids",
    "credential_names",
    "credential_tests",
    "credential_users",
    "find_credential_id",
]


def credential_for_use(organization_id: UUID, credential_id: str) -> CredentialSecret:
    """Open a credential for one use at run time. Raises ``credential_not_found``."""
    try:
        wanted = UUID(str(credential_id))
    except ValueError:
        wanted = None
    credential = Credential.objects.for_organization(organization_id).filter(id=wanted).first() if wanted else None
    if credential is None:
        raise NotFound(
            "The credential that the node names does not exist. Choose another one.",
            code="credential_not_found",
        )
    return CredentialSecret(credential.kind, open_fields(credential))


def credential_ids(organization_id: UUID) -> frozenset[str]:
    """The ids of an organization's credentials."""
    rows = Credential.objects.for_organization(organization_id)
    return frozenset(str(found) for found in rows.values_list("id", flat=True))


def credential_names(organization_id: UUID) -> dict[str, str]:
    """The names of an organization's credentials by id."""
    rows = Credential.objects.for_organization(organization_id)
    return {str(found): name for found, name in rows.values_list("id", "name")}


def find_credential_id(organization_id: UUID, name: str) -> str | None:
    """The id of the credential with this name."""
    rows = Credential.objects.for_organization(organization_id).filter(name=name)
    found = rows.values_list("id", flat=True).first()
    return str(found) if found else None
