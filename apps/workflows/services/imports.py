"""Importing workflows from files of ours and of n8n's, and exporting them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit, require
from apps.connections.public import credential_names
from apps.workflows.interchange.importing import import_documents
from apps.workflows.interchange.outcome import ImportOutcome
from apps.workflows.interchange.own_format import export_document
from apps.workflows.models import Workflow
from apps.workflows.services.test_cases.carrying import add_tests, tests_as_data
from apps.workflows.services.workflows import create_workflow
from exprsn.kernel.clock import utc_now


def import_workflows(*, actor: Actor, data: Any) -> list[tuple[Workflow, ImportOutcome]]:
    """Make a workflow of every document in ``data``; all or nothing. They are inactive drafts."""
    require(actor, Permission.WRITE)
    outcomes = import_documents(data)
    made: list[tuple[Workflow, ImportOutcome]] = []
    with transaction.atomic():
        for outcome in outcomes:
            workflow = create_workflow(
                actor=actor,
                name=_name(outcome.name),
                definition=outcome.definition,
                description=outcome.description[:500],
                message="Imported",
            )
            for told in add_tests(workflow, actor, outcome.tests):
                outcome.report.warn(told)
            source = str(outcome.report.source)
            audit(actor, "workflow.imported", "workflow", workflow.id, workflow.name, {"source": ("", source)})
            made.append((workflow, outcome))
    return made


def export_workflow(workflow: Workflow, *, stable: bool = False) -> dict[str, Any]:
    """The current version as our export; ``stable`` leaves the moment out."""
    assert workflow.current is not None
    definition = workflow.current.document.value
    return export_document(
        name=workflow.name,
        description=workflow.description,
        definition=definition,
        settings=definition.get("settings") or {},
        exported_at=None if stable else utc_now(),
        credential_names=credential_names(workflow.organization_id),
        tests=tests_as_data(workflow),
    )


def _name(name: str) -> str:
    cleaned = "".join(character for character in name if character.isprintable()).strip()[:100]
    return cleaned if len(cleaned) >= 2 else "Imported workflow"
