"""Which workflows a run may start, and at which of their nodes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from apps.workflows.constants import TriggerMode
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import CallTarget
from apps.workflows.execution.graphs import graphs
from apps.workflows.models import Execution, Workflow, WorkflowVersion

CALLED_TRIGGER = "execute_workflow_trigger"
ERROR_TRIGGER = "error_trigger"


class CallableWorkflows:
    """The workflows of one run's organization that start when they are called."""

    def __init__(self, caller: Execution) -> None:
        self._caller = caller

    def find(self, reference: str) -> CallTarget:
        """The workflow with this id or slug: its published version, or the newest if a person runs the caller."""
        if self._caller.call_depth >= settings.EXPRSN_MAX_CALL_DEPTH:
            raise NodeError(
                f"Workflows call one another {settings.EXPRSN_MAX_CALL_DEPTH} levels deep, which is the limit. "
                "Check for workflows that call themselves.",
                kind="call_depth",
            )
        workflow = find_workflow(self._caller.organization_id, reference)
        if workflow is None:
            raise NodeError(f"There is no workflow {reference!r}.", kind="workflow_not_found", parameter="workflow")
        version = workflow.published or (workflow.current if _began_by_hand(self._caller) else None)
        if version is None:
            raise NodeError(
                f"“{workflow.name}” is not published. Publish it, so that others can call it.",
                kind="not_published",
                parameter="workflow",
            )
        version.seal()
        trigger = trigger_of_type(version, CALLED_TRIGGER)
        if trigger is None:
            raise NodeError(
                f"“{workflow.name}” does not begin with “When called by a workflow”. Add that trigger to it.",
                kind="not_callable",
                parameter="workflow",
            )
        return CallTarget(str(workflow.id), str(version.id), trigger, workflow.name)


def _began_by_hand(caller: Execution) -> bool:
    """Whether a person started the run, or the one that called it, and so on up."""
    seen = caller
    while seen.trigger_mode == TriggerMode.WORKFLOW and seen.parent is not None:
        seen = seen.parent
    return seen.trigger_mode in BY_HAND


def find_workflow(organization_id: UUID, reference: str) -> Workflow | None:
    """The workflow of an organization with this id or slug."""
    rows = Workflow.objects.for_organization(organization_id).filter(deleted_at__isnull=True)
    rows = rows.select_related("published", "current")
    try:
        return rows.filter(id=UUID(reference)).first()
    except ValueError:
        return rows.filter(slug=reference[:60]).first()


def trigger_of_type(version: WorkflowVersion, node_type: str) -> str | None:
    """The id of a sealed version's first enabled trigger of a type."""
    nodes = graphs.get(version.id).definition.nodes
    return next((node.id for node in nodes if node.type == node_type and not node.disabled), None)
