"""Replaying what started an execution: the same trigger data, in what the workflow is now."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import correlation_id
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.constants import TriggerMode
from apps.workflows.engine.definition import Definition, Node
from apps.workflows.execution.accept import Start, queue_run
from apps.workflows.models import Execution, NodeExecution, Workflow, WorkflowVersion
from apps.workflows.registry import node_types
from apps.workflows.services.documents import require_runnable
from apps.workflows.services.executions import choose_trigger
from apps.workflows.services.retries import kept_items
from exprsn.kernel.errors import Conflict

PUBLISHED, DRAFT = "published", "draft"


def replay_execution(
    *, actor: Actor, execution_id: UUID, version: str = "", workflow_id: UUID | None = None
) -> Execution:
    """A new run of the newest published version (the draft where there is none) with what started this execution.

    ``version`` says which is meant: ``published`` (``not_published`` where there is none) or ``draft``. With
    ``workflow_id`` another workflow runs: its trigger of the same id or type, else the one it starts with by hand.
    The execution may still be at work. Raises ``trigger_not_kept`` when its data is gone.
    """
    with transaction.atomic():
        former = get_execution(actor, execution_id, Permission.EXECUTE)
        workflow = get_workflow(actor, workflow_id or former.workflow_id, Permission.EXECUTE)
        chosen = _version_of(workflow, version)
        definition = require_runnable(workflow.organization_id, chosen.document.value)
        chosen.seal()
        execution = queue_run(
            Start(
                organization_id=workflow.organization_id,
                workflow_id=workflow.id,
                version_id=chosen.id,
                trigger_mode=TriggerMode.RETRY,
                trigger_node=_trigger_for(definition, former).id,
                items=kept_items(former),
                test_mode=former.test_mode,
                dry_run=former.dry_run,
                environment=workflow.environment,
                priority=former.priority,
                correlation_id=correlation_id(),
                created_by=actor.user_id,
                retry_of_id=former.id,
                retry_count=former.retry_count + 1,
            )
        )
        audit(actor, "execution.replayed", "execution", former.id, workflow.name)
    return execution


def _version_of(workflow: Workflow, wanted: str) -> WorkflowVersion:
    version = workflow.current if wanted == DRAFT else workflow.published
    if version is None and not wanted:
        version = workflow.current
    if version is None:
        raise Conflict(
            "This workflow has no published version. Publish it, or replay on the draft.", code="not_published"
        )
    return version


def _trigger_for(definition: Definition, former: Execution) -> Node:
    triggers = [node for node in definition.nodes if not node.disabled and node_types.get(node.type).is_trigger]
    rows = NodeExecution.objects.for_organization(former.organization_id)
    began = rows.filter(execution_id=former.id, node_id=former.trigger_node).values_list("node_type", flat=True)
    kind = began.first() or ""
    fitting = [node for node in triggers if node.id == former.trigger_node] or [
        node for node in triggers if node.type == kind
    ]
    return fitting[0] if fitting else choose_trigger(definition, "")
