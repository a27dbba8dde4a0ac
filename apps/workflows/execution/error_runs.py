"""The run of an error workflow, accepted in the transaction that ends the run that failed."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.db.models import Model

from apps.workflows.constants import TriggerMode
from apps.workflows.contracts import BY_HAND
from apps.workflows.execution.accept import Start, queued_rows
from apps.workflows.execution.callable_workflows import ERROR_TRIGGER, find_workflow, trigger_of_type
from apps.workflows.execution.environment import workflow_facts
from apps.workflows.models import Execution
from exprsn.kernel.jsonvalue import JsonObject

logger = structlog.get_logger(__name__)
# A person watches these; and a failing error workflow must not call itself.
_NOT_TOLD = BY_HAND | {TriggerMode.RETRY, TriggerMode.ERROR}


def error_run_rows(failed: Execution, error: JsonObject | None, failed_node: str, reference: str) -> list[Model]:
    """The rows of the run that is told of a failure; none when nobody is to be told.

    ``failed_node`` is its name. ``reference``: id or slug of the error workflow, from the settings of the
    workflow that failed; without one the workflow itself, if it has an error trigger.
    """
    if (failed.trigger_mode in _NOT_TOLD and not failed.is_automatic) or failed.test_mode:
        return []
    workflow = find_workflow(failed.organization_id, reference or str(failed.workflow_id))
    version = workflow.published if workflow is not None else None
    trigger = trigger_of_type(version, ERROR_TRIGGER) if version is not None else None
    if workflow is None or version is None or trigger is None:
        if reference:
            logger.warning("error_workflow_cannot_run", execution_id=str(failed.id), error_workflow=reference)
        return []
    return queued_rows(
        Start(
            organization_id=failed.organization_id,
            workflow_id=workflow.id,
            version_id=version.id,
            trigger_mode=TriggerMode.ERROR,
            trigger_node=trigger,
            items=[{"json": error_item(failed, error, failed_node)}],
            environment=failed.environment,
            priority=failed.priority,
            correlation_id=failed.correlation_id,
            parent_id=failed.id,
            call_depth=failed.call_depth + 1,
            event_depth=failed.event_depth,
        )
    )


def error_item(failed: Execution, error: JsonObject | None, name: str) -> dict[str, Any]:
    """What an error trigger hands on about a node of this name. ``lastNodeExecuted`` is what imported workflows ask."""
    retry_of = str(failed.retry_of_id) if failed.retry_of_id else None
    return {
        "execution": {
            "id": str(failed.id),
            "url": f"{settings.EXPRSN_PUBLIC_URL}/executions/{failed.id}/",
            "mode": str(failed.trigger_mode),
            "error": error or {"message": "", "kind": ""},
            "failed_node": name,
            "lastNodeExecuted": name,
            "retry_of": retry_of,
            "retryOf": retry_of,
            "correlation_id": failed.correlation_id,
        },
        "workflow": {"id": str(failed.workflow_id), "name": workflow_facts(failed.workflow_id).name},
    }
