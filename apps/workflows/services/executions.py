"""Starting, stopping and deleting executions on behalf of people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import correlation_id, forget_file_uses
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus, Priority, TriggerMode
from apps.workflows.engine.definition import Definition, Node
from apps.workflows.engine.graph import Graph
from apps.workflows.execution.accept import RunQueued, Start, begin_run, queue_run
from apps.workflows.execution.endings import tell_of_end
from apps.workflows.execution.journal_rows import TriggerItems, trigger_source
from apps.workflows.execution.leases import leases
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.slots import sync_slots
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution, Workflow
from apps.workflows.registry import node_types
from apps.workflows.services.documents import require_runnable
from apps.workflows.services.partial_runs import WHOLE, PartWanted, PlannedPart, PlanPart
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput

MAX_STOPPED = 10_000


def execute_workflow(
    *,
    actor: Actor,
    workflow_id: UUID,
    trigger_data: Any = None,
    trigger_node: str = "",
    priority: str = "",
    wait: bool = False,
    part: PartWanted = WHOLE,
) -> Execution:
    """Accept a manual run of the current version. A worker carries it out; with ``wait`` this process does.

    ``part``: run these nodes only; what feeds them is taken over from an earlier run.
    """
    with transaction.atomic():
        start = _manual_start(actor, workflow_id, trigger_data, trigger_node, priority, part)
        if not wait:
            return queue_run(start)
    return _run_here(actor, start)


def rehearse_workflow(
    *, actor: Actor, workflow_id: UUID, test_data: Any = None, trigger_node: str = "", part: PartWanted = WHOLE
) -> Execution:
    """Run the current version dry: nodes with an effect do nothing and note what they would have done.

    This process carries it out; what takes longer than its time slice is handed to a worker and still runs dry.
    """
    with transaction.atomic():
        start = _manual_start(actor, workflow_id, test_data, trigger_node, Priority.NORMAL, part, dry_run=True)
    return _run_here(actor, start)


def _run_here(actor: Actor, start: Start) -> Execution:
    with sync_slots.take():
        try:
            execution, lease = begin_run(start)
        except RunQueued as queued:
            return get_execution(actor, queued.execution.id, Permission.EXECUTE)
        execute_held_run(execution, lease, items=start.items, slice_seconds=settings.EXPRSN_SYNC_SLICE_SECONDS)
    return get_execution(actor, execution.id, Permission.EXECUTE)


def _manual_start(
    actor: Actor,
    workflow_id: UUID,
    trigger_data: Any,
    trigger_node: str,
    priority: str,
    wanted: PartWanted,
    *,
    dry_run: bool = False,
) -> Start:
    workflow = get_workflow(actor, workflow_id, Permission.EXECUTE)
    version = workflow.current
    assert version is not None
    definition = require_runnable(workflow.organization_id, version.document.value)
    wanted.check()
    planned = None if wanted.is_whole else _plan(actor, workflow, definition, wanted, trigger_node, dry_run=dry_run)
    trigger = choose_trigger(definition, trigger_node).id if planned is None else planned.trigger
    version.seal()
    audit(actor, "workflow.executed", "workflow", workflow.id, workflow.name)
    return Start(
        organization_id=workflow.organization_id,
        workflow_id=workflow.id,
        version_id=version.id,
        trigger_mode=TriggerMode.TEST if dry_run else TriggerMode.MANUAL,
        test_mode=dry_run,
        dry_run=dry_run,
        trigger_node=trigger,
        items=items_from(trigger_data) if planned is None else _items_of(planned, definition, trigger_data),
        part=planned.part if planned is not None else None,
        partial=planned.to_data() if planned is not None else None,
        environment=workflow.environment,
        priority=priority,
        settings=definition.settings,
        correlation_id=correlation_id(),
        created_by=actor.user_id,
    )


def _plan(
    actor: Actor, workflow: Workflow, definition: Definition, wanted: PartWanted, trigger_node: str, *, dry_run: bool
) -> PlannedPart:
    # Not from the graphs that are kept: the version is not sealed yet, and a refusal leaves it so.
    graph = Graph(definition, node_types.get)
    trigger = choose_trigger(definition, trigger_node).id if trigger_node else ""
    return PlanPart(actor, workflow, graph, wanted, trigger, dry_run).execute()


def _items_of(planned: PlannedPart, definition: Definition, trigger_data: Any) -> TriggerItems:
    """What the trigger hands on: the data given, its pinned data, else those of the run that data are taken from."""
    source = planned.source
    is_pinned = any(node.id == planned.trigger and node.pinned_data is not None for node in definition.nodes)
    if trigger_data is None and not is_pinned and source is not None and source.trigger_node == planned.trigger:
        return trigger_source(source)
    return items_from(trigger_data)


def stop_execution(*, actor: Actor, execution_id: UUID) -> Execution:
    """Cancel: at once when nobody runs it, else at the next node; with it the runs that it waits for.

    A finished one is left as it is.
    """
    with transaction.atomic():
        execution = get_execution(actor, execution_id, Permission.EXECUTE, lock=True)
        if execution.status in FINAL_STATUSES:
            raise Conflict("This execution has already finished.", code="execution_finished")
        stopped = [execution, *_awaited_by(execution)]
        for each in stopped:
            _cancel(each)
        audit(actor, "execution.stopped", "execution", execution.id, execution.workflow.name)
    for each in stopped:
        leases.cancel_locally(each.id)
    return execution


def _cancel(execution: Execution) -> None:
    execution.cancel_requested = True
    execution.pause, execution.pause_requested = None, False
    if execution.status != ExecutionStatus.RUNNING:
        execution.status = ExecutionStatus.CANCELED
        execution.finished_at = utc_now()
        execution.fence += 1
    fields = ["cancel_requested", "pause", "pause_requested", "status", "finished_at", "fence", "updated_at"]
    execution.save(update_fields=fields)
    if execution.status == ExecutionStatus.CANCELED:
        tell_of_end(execution)
    else:
        execution_changed(execution)


def _awaited_by(execution: Execution) -> list[Execution]:
    """The unfinished runs that an execution waits for, and those that they wait for."""
    found: list[Execution] = []
    level = [execution.id] if execution.status in (ExecutionStatus.WAITING, ExecutionStatus.PAUSED) else []
    while level and len(found) < MAX_STOPPED:
        rows = Execution.objects.for_organization(execution.organization_id).select_for_update(of=("self",))
        called = rows.filter(parent_id__in=level, awaited=True).exclude(status__in=FINAL_STATUSES)
        children = list(called.order_by("id")[:MAX_STOPPED])
        found += children
        level = [child.id for child in children]
    return found


def delete_execution(*, actor: Actor, execution_id: UUID) -> None:
    """Remove a finished execution with its data."""
    with transaction.atomic():
        execution = get_execution(actor, execution_id, Permission.WRITE, lock=True)
        if execution.status not in FINAL_STATUSES:
            raise Conflict("Stop this execution before you delete it.", code="execution_not_finished")
        audit(actor, "execution.deleted", "execution", execution.id, execution.workflow.name)
        execution.delete()
        forget_file_uses([execution_id])


def choose_trigger(definition: Definition, wanted: str) -> Node:
    """The node to start from: the one asked for (by id or name), else manual, else the first trigger."""
    triggers = [node for node in definition.nodes if not node.disabled and node_types.get(node.type).is_trigger]
    if wanted:
        for node in triggers:
            if wanted in {node.id, node.name}:
                return node
        raise InvalidInput(
            "The workflow has no trigger with this id or name.",
            code="trigger_not_found",
            errors={"trigger_node": ["Not a trigger of this workflow."]},
        )
    if not triggers:
        raise InvalidInput("The workflow has no trigger to start from. Add one first.", code="no_trigger")
    return next((node for node in triggers if node.type == "manual"), triggers[0])


def items_from(trigger_data: Any) -> list[dict[str, Any]]:
    """Trigger data as items: a list of objects gives one item each, anything else one item."""
    if trigger_data is None:
        return [{"json": {}}]
    if isinstance(trigger_data, list) and trigger_data and all(isinstance(e, dict) for e in trigger_data):
        return [{"json": entry} for entry in trigger_data]
    if isinstance(trigger_data, dict):
        return [{"json": trigger_data}]
    return [{"json": {"data": trigger_data}}]
