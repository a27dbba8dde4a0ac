"""The setting ``retry`` of a workflow: a run that failed is accepted again, in the transaction that ends it.

The new run waits as a row until it is due, so that no worker is held and nobody's death loses it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Model

from apps.workflows.constants import ExecutionStatus, TriggerMode
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.definition import WholeRetry
from apps.workflows.execution.accept import Start, queued_rows
from apps.workflows.execution.journal_rows import trigger_items
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now


def whole_retry_rows(failed: Execution, policy: WholeRetry) -> list[Model]:
    """The rows of the next try of a run that failed; none when it is not to be tried again.

    Runs that a person started or retried are left to that person, and runs that another one waits for to that one.
    """
    if not policy.enabled or failed.retry_count >= policy.max_retries or not _is_production(failed):
        return []
    rows = queued_rows(
        Start(
            organization_id=failed.organization_id,
            workflow_id=failed.workflow_id,
            version_id=failed.version_id,
            trigger_mode=TriggerMode.RETRY,
            trigger_node=failed.trigger_node,
            items=trigger_items(failed),
            environment=failed.environment,
            priority=failed.priority,
            correlation_id=failed.correlation_id,
            custom_data=failed.custom_data,
            retry_of_id=failed.id,
            retry_count=failed.retry_count + 1,
            event_depth=failed.event_depth,
            is_automatic=True,
        )
    )
    execution = rows[0]
    if policy.delay_ms > 0 and isinstance(execution, Execution):
        execution.status = ExecutionStatus.WAITING
        execution.resume_at = utc_now() + timedelta(milliseconds=policy.delay_ms)
        execution.hinted_at = None
    return rows


def _is_production(failed: Execution) -> bool:
    if failed.is_automatic:
        return True
    by_person = failed.trigger_mode in BY_HAND or failed.trigger_mode == TriggerMode.RETRY
    return not (by_person or failed.test_mode or failed.awaited or failed.partial is not None)
