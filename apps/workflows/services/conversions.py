"""Parts of other workflows, on their way into a workflow that is being edited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.workflows.access import get_workflow
from apps.workflows.interchange.importing import import_documents
from apps.workflows.interchange.outcome import ImportOutcome
from exprsn.kernel.errors import InvalidInput


def convert_part(*, actor: Actor, workflow_id: UUID, data: Any) -> ImportOutcome:
    """What n8n copies, or one export, as nodes and connections of ours. Nothing is stored.

    Raises ``workflow_not_found``, ``permission_denied``, and ``InvalidInput`` (``import_not_recognized``) for
    whatever holds no nodes, or more than one workflow.
    """
    get_workflow(actor, workflow_id, Permission.WRITE)
    outcomes = import_documents(data)
    if len(outcomes) != 1:
        raise InvalidInput(_("Paste the nodes of one workflow at a time."), code="import_not_recognized")
    return outcomes[0]
