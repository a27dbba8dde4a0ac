"""Workflows as shared documents: the document is the draft, and the draft is written nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.contracts import Materialization, OperationType, State
from apps.collaboration.public import replace_document
from apps.core.public import dumps, publish_event
from apps.workflows.access import get_workflow
from apps.workflows.engine.definition import SCHEMA_VERSION
from apps.workflows.engine.operations.types import WORKFLOW_OPERATIONS
from apps.workflows.models import Workflow
from apps.workflows.services.drafts import save_version
from exprsn.kernel.errors import TooLarge

WORKFLOW = "workflow"


class WorkflowResource:
    """How workflows are opened, read and written by edits."""

    schema_version = SCHEMA_VERSION
    types: Mapping[str, OperationType] = WORKFLOW_OPERATIONS

    def open(self, actor: Actor, resource_id: UUID, permission: Permission, *, lock: bool) -> Workflow:
        """The workflow, by the one rule of who may find it."""
        return get_workflow(actor, resource_id, permission, lock=lock)

    def load(self, row: Workflow) -> State:
        """The definition of the current version."""
        assert row.current is not None
        state: State = row.current.document.value
        return state

    def materialize(self, row: Workflow, actor: Actor, change: Materialization) -> None:
        """Make the state the current version; a sealed one is followed by a new one."""
        most = settings.EXPRSN_DEFINITION_MAX_BYTES
        if len(dumps(change.state)) > most:
            raise TooLarge(f"A definition may have at most {most} bytes.", code="definition_too_large")
        save_version(row, change.state, actor=actor, message=change.message, shared=not change.replaced)
        publish_event(
            "workflow.updated",
            organization_id=row.organization_id,
            actor_id=actor.user_id,
            payload={"workflow": str(row.id), "name": row.name, "status": row.status},
        )


def replace_definition(workflow: Workflow, definition: State, *, actor: Actor, message: str = "") -> None:
    """Replace the draft by one operation. The caller holds the workflow and has checked the definition."""
    replace_document(
        actor=actor,
        resource_type=WORKFLOW,
        row=workflow,
        state=definition,
        kind="document_replaced",
        message=message,
    )
