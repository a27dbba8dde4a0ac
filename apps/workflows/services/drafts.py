"""Saving what people edit: versions of a workflow's definition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F

from apps.accounts.contracts import Actor
from apps.workflows.models import VersionDocument, Workflow, WorkflowVersion
from exprsn.kernel.clock import utc_now

COLLAPSE_AFTER = timedelta(minutes=10)


def save_version(
    workflow: Workflow, definition: dict[str, Any], *, actor: Actor, message: str = "", shared: bool = False
) -> WorkflowVersion:
    """Make ``definition`` the current version. The caller holds the workflow's row.

    Saves of one author collapse into one version for ten minutes, unless it was sealed (published
    or run) or either save carries a message. ``shared`` saves, of people who edit together, collapse
    whoever made them: who did what is in the log of the document.

    Called for a first draft and by ``collaborating``; all other changes of a draft are operations.
    """
    current = workflow.current
    if current is not None and _may_collapse(current, actor, message, shared) and _rewrite(current, definition):
        version = current
    else:
        version = _add(workflow, definition, actor=actor, message=message)
        workflow.current = version
    workflow.last_edited_at = utc_now()
    workflow.last_edited_by_id = actor.user_id
    workflow.save(update_fields=["current", "last_edited_at", "last_edited_by", "updated_at"])
    return version


def _may_collapse(current: WorkflowVersion, actor: Actor, message: str, shared: bool) -> bool:
    return (
        not current.sealed
        and not message
        and not current.message
        and (shared or current.author_id == actor.user_id)
        and utc_now() - current.created_at < COLLAPSE_AFTER
    )


def _rewrite(version: WorkflowVersion, definition: dict[str, Any]) -> bool:
    rows = WorkflowVersion.objects.for_organization(version.organization_id)
    # The condition closes the gap to a run that seals the version at this very moment.
    if not rows.filter(id=version.id, sealed=False).update(node_count=_node_count(definition), updated_at=utc_now()):
        return False
    document = version.document
    document.value = definition
    document.save(update_fields=["encoding", "data"])
    return True


def _add(workflow: Workflow, definition: dict[str, Any], *, actor: Actor, message: str) -> WorkflowVersion:
    rows = WorkflowVersion.objects.for_organization(workflow.organization_id)
    newest = rows.filter(workflow=workflow).order_by(F("number").desc()).first()
    version = WorkflowVersion(
        organization_id=workflow.organization_id,
        workflow=workflow,
        number=(newest.number if newest else 0) + 1,
        message=message[:200],
        author_id=actor.user_id,
        node_count=_node_count(definition),
    )
    version.save(force_insert=True)
    document = VersionDocument(version=version, organization_id=workflow.organization_id)
    document.value = definition
    document.save(force_insert=True)
    return version


def _node_count(definition: dict[str, Any]) -> int:
    nodes = definition.get("nodes")
    return len(nodes) if isinstance(nodes, list) else 0
