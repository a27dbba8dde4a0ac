"""Making, changing, duplicating and deleting workflows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit, require
from apps.core.public import publish_event
from apps.workflows.access import get_workflow
from apps.workflows.constants import WorkflowScope, WorkflowStatus
from apps.workflows.contracts import empty_definition
from apps.workflows.models import Workflow
from apps.workflows.services.collaborating import replace_definition
from apps.workflows.services.documents import check_document
from apps.workflows.services.drafts import save_version
from apps.workflows.services.etags import require_fresh
from apps.workflows.services.test_cases.carrying import add_tests, tests_as_data
from apps.workflows.services.triggers import remove_triggers
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import InvalidInput

EDITABLE = ("name", "slug", "description", "scope", "folder", "tags", "team_id")


def create_workflow(
    *,
    actor: Actor,
    name: str,
    definition: dict[str, Any] | None = None,
    description: str = "",
    slug: str = "",
    scope: str = WorkflowScope.ORGANIZATION,
    folder: str = "",
    tags: list[str] | None = None,
    message: str = "",
) -> Workflow:
    """A new workflow in ``draft``; without a definition an empty one."""
    require(actor, Permission.WRITE)
    document = check_document(definition if definition is not None else empty_definition())
    with transaction.atomic():
        workflow = Workflow(
            organization_id=actor.organization_id,
            name=name,
            slug=slug or free_slug(actor.organization_id, name),
            description=description,
            scope=scope,
            folder=folder,
            tags=tags or [],
            created_by_id=actor.user_id,
        )
        _require_free_slug(workflow)
        workflow.save(force_insert=True)
        save_version(workflow, document, actor=actor, message=message)
        audit(actor, "workflow.created", "workflow", workflow.id, workflow.name)
        _announce("workflow.created", workflow, actor)
    return workflow


def update_workflow(*, actor: Actor, workflow_id: UUID, changes: Mapping[str, Any]) -> Workflow:
    """Change the fields that are not the definition."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        changed: dict[str, tuple[Any, Any]] = {}
        for field in EDITABLE:
            if field in changes and changes[field] != getattr(workflow, field):
                changed[field] = (getattr(workflow, field), changes[field])
                setattr(workflow, field, changes[field])
        if changed:
            _require_free_slug(workflow)
            workflow.save(update_fields=[*changed, "updated_at"])
            audit(actor, "workflow.updated", "workflow", workflow.id, workflow.name, changed)
            _announce("workflow.updated", workflow, actor)
    return workflow


def save_definition(
    *,
    actor: Actor,
    workflow_id: UUID,
    definition: dict[str, Any],
    expected_etags: Collection[str] | None = None,
    message: str = "",
) -> Workflow:
    """Replace the draft by one operation. ``expected_etags`` (from ``etag_of``) refuse to overwrite a newer save."""
    document = check_document(definition)
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        if expected_etags is not None:
            require_fresh(workflow, expected_etags)
        replace_definition(workflow, document, actor=actor, message=message)
        audit(actor, "workflow.definition_saved", "workflow", workflow.id, workflow.name)
    return workflow


def delete_workflow(*, actor: Actor, workflow_id: UUID) -> None:
    """Move the workflow to the trash; it stops being reachable in the same transaction."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.WRITE, lock=True)
        remove_triggers(workflow)
        workflow.deleted_at = utc_now()
        if workflow.status == WorkflowStatus.ACTIVE:
            workflow.status = WorkflowStatus.PAUSED
        workflow.save(update_fields=["deleted_at", "status", "updated_at"])
        audit(actor, "workflow.deleted", "workflow", workflow.id, workflow.name)
        _announce("workflow.deleted", workflow, actor)


def duplicate_workflow(*, actor: Actor, workflow_id: UUID) -> Workflow:
    """A copy of the current version and its tests under a free name."""
    source = get_workflow(actor, workflow_id, Permission.READ)
    assert source.current is not None
    with transaction.atomic():
        copy = create_workflow(
            actor=actor,
            name=f"{source.name[:93]} (copy)",
            definition=source.current.document.value,
            description=source.description,
            folder=source.folder,
            tags=list(source.tags),
        )
        add_tests(copy, actor, tests_as_data(source))
    return copy


def free_slug(organization_id: UUID, name: str) -> str:
    """A slug for this name that nobody in the organization uses."""
    base = slugify(name)[:44] or "workflow"
    base = base if len(base) > 1 else f"{base}-workflow"
    rows = Workflow.objects.for_organization(organization_id).filter(deleted_at__isnull=True)
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def _require_free_slug(workflow: Workflow) -> None:
    rows = Workflow.objects.for_organization(workflow.organization_id).filter(deleted_at__isnull=True)
    if rows.filter(slug=workflow.slug).exclude(id=workflow.id).exists():
        raise InvalidInput(
            "Another workflow of your organization has this slug. Choose another one.",
            code="slug_taken",
            errors={"slug": ["This slug is taken."]},
        )


def _announce(event: str, workflow: Workflow, actor: Actor) -> None:
    publish_event(
        event,
        organization_id=workflow.organization_id,
        actor_id=actor.user_id,
        payload={"workflow": str(workflow.id), "name": workflow.name, "status": workflow.status},
    )
