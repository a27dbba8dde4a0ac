"""Events of the platform start workflows: each event once for each trigger that hears it, whoever dies in between.

Runs tell of their ends by rows of the outbox in the transaction that ends them; where no workflow of the organization
hears of runs, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Model

from apps.core.public import Event, event_rows, publish_event, subscribe
from apps.workflows.constants import ExecutionStatus, TriggerMode, WorkflowStatus
from apps.workflows.engine.event_types import EVENT_TYPES, EXECUTION_CANCELED, EXECUTION_FAILED, EXECUTION_FINISHED
from apps.workflows.engine.item_values import item_value
from apps.workflows.execution.accept import RunRefused, Start, queue_unless_full
from apps.workflows.execution.environment import workflow_facts
from apps.workflows.execution.refused_runs import refused_run
from apps.workflows.execution.seen import SeenKey
from apps.workflows.models import EventTrigger, Execution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import truthy

logger = structlog.get_logger(__name__)
# The outbox gives up long before.
REMEMBERED = timedelta(days=7)
_TYPE_OF_END = {
    ExecutionStatus.SUCCESS: EXECUTION_FINISHED,
    ExecutionStatus.PARTIAL_SUCCESS: EXECUTION_FINISHED,
    ExecutionStatus.ERROR: EXECUTION_FAILED,
    ExecutionStatus.CANCELED: EXECUTION_CANCELED,
}


def start_event_workflows(event: Event) -> None:
    """Subscriber: accept a run for each trigger that hears this event. Called again, it does what is not done yet."""
    rows = EventTrigger.objects.for_organization(event.organization).filter(event_type=event.type)
    heard = rows.filter(workflow__status=WorkflowStatus.ACTIVE, workflow__deleted_at__isnull=True)
    for trigger in heard.select_related("workflow").order_by("id"):
        _start(trigger, event)


def _start(trigger: EventTrigger, event: Event) -> None:
    item = event.envelope()
    problem: dict[str, Any] | None = None
    try:
        # A trigger without a filter hears everything.
        if trigger.filter and not truthy(item_value(trigger.filter, item, now=utc_now(), code="event_filter_failed")):
            return
    except DomainError as error:
        problem = {"message": f"The filter of the trigger cannot be evaluated. {error.message}", "kind": error.code}
    depth = _depth(event.payload) + 1
    if problem is None and depth > settings.EXPRSN_MAX_EVENT_DEPTH:
        problem = {
            "message": f"Events of runs have started runs {settings.EXPRSN_MAX_EVENT_DEPTH} times in a row, which is "
            "the limit. Let the trigger's filter leave out the runs that this workflow starts.",
            "kind": "event_loop",
        }
    start = Start(
        organization_id=trigger.organization_id,
        workflow_id=trigger.workflow_id,
        version_id=trigger.version_id,
        trigger_mode=TriggerMode.EVENT,
        trigger_node=trigger.node_id,
        items=[{"json": item}],
        environment=trigger.workflow.environment,
        correlation_id=event.correlation_id,
        event_depth=depth if event.type in _TYPE_OF_END.values() else 0,
    )
    try:
        if problem is None:
            queue_unless_full(start, _key(trigger, event).take)
        else:
            refused_run(start, problem, _key(trigger, event).take)
    except RunRefused:
        logger.info("event_heard_before", event_id=str(event.id), workflow_id=str(trigger.workflow_id))


def _key(trigger: EventTrigger, event: Event) -> SeenKey:
    return SeenKey(
        trigger.organization_id, trigger.workflow_id, trigger.node_id, f"event:{event.id}", utc_now() + REMEMBERED
    )


def _depth(payload: Mapping[str, Any]) -> int:
    depth = payload.get("depth")
    return depth if isinstance(depth, int) else 0


def rows_about_end(execution: Execution, changes: Mapping[str, Any]) -> list[Model]:
    """The rows that tell of the end of a run, to be written with it; none where nobody hears."""
    facts = workflow_facts(execution.workflow_id)
    if not facts.runs_are_heard or _is_silent(execution):
        return []
    payload = _payload(execution, facts.name, changes)
    return event_rows(
        _TYPE_OF_END[ExecutionStatus(changes["status"])],
        organization_id=execution.organization_id,
        actor_id=execution.created_by,
        payload=payload,
    )


def tell_of_run(execution: Execution) -> None:
    """Within the transaction that ends a run from outside."""
    if execution.status in _TYPE_OF_END and not _is_silent(execution):
        publish_event(
            _TYPE_OF_END[ExecutionStatus(execution.status)],
            organization_id=execution.organization_id,
            actor_id=execution.created_by,
            payload=_payload(execution, execution.workflow.name, {}),
        )


def _is_silent(execution: Execution) -> bool:
    return execution.dry_run or execution.test_mode


def _payload(execution: Execution, name: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    def now(field: str) -> Any:
        return changes.get(field, getattr(execution, field))

    return {
        "execution": str(execution.id),
        "workflow": str(execution.workflow_id),
        "name": name,
        "status": str(now("status")),
        "trigger_mode": str(execution.trigger_mode),
        "environment": str(execution.environment),
        "duration_ms": now("total_duration_ms"),
        "error": now("error"),
        "failed_node": now("failed_node") or "",
        "depth": execution.event_depth,
    }


def is_heard(event_type: str, organization_id: UUID) -> bool:
    """Whether a workflow of the organization hears events of this type."""
    return EventTrigger.objects.for_organization(organization_id).filter(event_type=event_type).exists()


def hear_events() -> None:
    """Subscribe to everything that a workflow can hear."""
    for event in EVENT_TYPES:
        subscribe(event.name, start_event_workflows, durable=True, wanted=is_heard)
