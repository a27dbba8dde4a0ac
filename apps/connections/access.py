"""The only way to get a credential on behalf of somebody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.connections.models import Credential
from exprsn.kernel.errors import NotFound


def visible_credentials(actor: Actor) -> QuerySet[Credential]:
    """The credentials of the actor's organization, without their payload."""
    require(actor, Permission.READ)
    return Credential.objects.for_organization(actor.organization_id).defer("payload")


def get_credential(actor: Actor, credential_id: UUID, permission: Permission, *, lock: bool = False) -> Credential:
    """One credential, or ``credential_not_found``."""
    rows = Credential.objects.for_organization(actor.organization_id)
    if lock:
        rows = rows.select_for_update()
    credential = rows.filter(id=credential_id).first()
    if credential is None:
        raise NotFound("There is no credential with this id in your organization.", code="credential_not_found")
    require(actor, permission)
    return credential
