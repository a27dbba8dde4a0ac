"""Which workflows use a credential."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from apps.accounts.contracts import Actor
from apps.connections.contracts import CredentialUse
from apps.workflows.access import visible_workflows
from apps.workflows.engine.definition import parse_definition
from apps.workflows.models import VersionDocument, Workflow
from apps.workflows.models.packed import unpack

KIND = "workflow"


def workflows_using(actor: Actor, credential_id: UUID) -> list[CredentialUse]:
    """The workflows outside of the trash whose draft or published version names the credential in a node.

    Private workflows of others count, but are not named.
    """
    workflows = Workflow.objects.for_organization(actor.organization_id).filter(deleted_at__isnull=True)
    live = Q(version__in=workflows.values("current")) | Q(version__in=workflows.values("published"))
    rows = VersionDocument.objects.filter(live, organization_id=actor.organization_id)
    documents = rows.values_list("version__workflow_id", "encoding", "data").iterator(chunk_size=100)
    using = {workflow for workflow, encoding, data in documents if _names(unpack(encoding, data), credential_id)}
    visible = dict(visible_workflows(actor).filter(id__in=using).values_list("id", "name"))
    return [_use(found, visible.get(found)) for found in using]


def _use(workflow_id: UUID, name: str | None) -> CredentialUse:
    if name is None:
        return CredentialUse(KIND)
    return CredentialUse(KIND, workflow_id, name, reverse("workflow", args=[workflow_id]))


def _names(document: object, credential_id: UUID) -> bool:
    nodes = parse_definition(document).nodes if isinstance(document, dict) else ()
    return any(_is(named, credential_id) for node in nodes for named in node.credentials.values())


def _is(text: str, credential_id: UUID) -> bool:
    try:
        return UUID(text) == credential_id
    except ValueError:
        return False
