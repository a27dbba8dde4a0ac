"""Versions of a workflow: read, compared, named and brought back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.workflows.access import get_workflow
from apps.workflows.engine.diffs import diff_definitions
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.services.collaborating import replace_definition
from apps.workflows.services.documents import check_document
from apps.workflows.services.etags import require_fresh
from apps.workflows.services.secret_marks import marked, without_marks
from exprsn.kernel.errors import NotFound

# No database counts further.
MAX_NUMBER = 2_147_483_647


def read_version(*, actor: Actor, workflow_id: UUID, number: int) -> WorkflowVersion:
    """One version with its definition. Refused with ``version_not_found``."""
    return _version(get_workflow(actor, workflow_id, Permission.READ), number)


def compare_versions(*, actor: Actor, workflow_id: UUID, old: int, new: int | None = None) -> dict[str, Any]:
    """What changed from one version to another, or to the draft: ``{from, to, …}`` as ``diff_definitions`` says.

    Secrets are masked; that one changed is told.
    """
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    assert workflow.current is not None
    before = _version(workflow, old).document.value
    after = (workflow.current if new is None else _version(workflow, new)).document.value
    changes = without_marks(diff_definitions(marked(before), marked(after)))
    return {"from": old, "to": "draft" if new is None else new, **changes}


def name_version(*, actor: Actor, workflow_id: UUID, message: str) -> WorkflowVersion:
    """Give the draft as it is a name, and keep it: later edits make another version."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        version = workflow.current
        assert version is not None
        version.seal()
        before, version.message = version.message, message
        version.save(update_fields=["message", "updated_at"])
        changes = {"version": (version.number, version.number), "message": (before, message)}
        audit(actor, "workflow.version_named", "workflow", workflow.id, workflow.name, changes)
    return version


def restore_version(
    *, actor: Actor, workflow_id: UUID, version: int, expected_etags: Collection[str] | None = None
) -> Workflow:
    """Make an earlier version the draft again, as a new version, by one edit; what is published stays."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        if expected_etags is not None:
            require_fresh(workflow, expected_etags)
        document = check_document(_version(workflow, version).document.value)
        replace_definition(workflow, document, actor=actor, message=f"Restored from v{version}")
        audit(actor, "workflow.version_restored", "workflow", workflow.id, workflow.name, {"version": (None, version)})
    return workflow


def _version(workflow: Workflow, number: int) -> WorkflowVersion:
    rows = WorkflowVersion.objects.for_organization(workflow.organization_id).select_related("document")
    version = rows.filter(workflow=workflow, number=number).first() if number <= MAX_NUMBER else None
    if version is None:
        raise NotFound("This workflow has no version with that number.", code="version_not_found")
    return version
