"""Running again what has ended: from the start, or from the node that failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.core.public import correlation_id
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.constants import BROKEN_OFF, FINAL_STATUSES, TriggerMode
from apps.workflows.engine.definition import Definition
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.part import Part
from apps.workflows.execution.accept import Start, queue_run
from apps.workflows.execution.continuation import finished_entries, require_fit
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.journal_rows import TriggerItems, trigger_batch
from apps.workflows.execution.parts import stored_part
from apps.workflows.models import Execution, ExecutionPayload, Workflow, WorkflowVersion
from apps.workflows.services.documents import require_runnable
from apps.workflows.services.executions import choose_trigger
from exprsn.kernel.errors import Conflict


def retry_execution(
    *, actor: Actor, execution_id: UUID, use_newest_version: bool = False, from_failed_node: bool = False
) -> Execution:
    """A new execution with the trigger data of a finished one, linked by ``retry_of``; a dry run stays one.

    ``from_failed_node``: what was done before the node that ended the run is taken over and not done again.
    Refused with ``nothing_failed`` for a run that came to its end, and with ``journal_mismatch`` when the
    newest version would have come to other nodes. A partial run is retried as that part, in its own version only.
    """
    with transaction.atomic():
        former = get_execution(actor, execution_id, Permission.EXECUTE)
        return RetryExecutions(actor, use_newest_version, from_failed_node).retry(former)


@dataclass(slots=True)
class RetryExecutions:
    """Retries executions one by one; what several share is read and checked once."""

    actor: Actor
    use_newest_version: bool = False
    from_failed_node: bool = False
    _workflows: dict[UUID, Workflow] = field(default_factory=dict)
    _definitions: dict[UUID, Definition] = field(default_factory=dict)

    def retry(self, former: Execution) -> Execution:
        """Within the caller's transaction: the new run of one that the actor may find."""
        if former.status not in FINAL_STATUSES:
            raise Conflict("This execution has not finished yet.", code="execution_not_finished")
        workflow = self._workflow(former.workflow_id)
        version = self._version(workflow, former)
        trigger = choose_trigger(self._definition(version), former.trigger_node)
        part = _part_of(former, version)
        execution = queue_run(
            Start(
                organization_id=former.organization_id,
                workflow_id=former.workflow_id,
                version_id=version.id,
                trigger_mode=TriggerMode.RETRY,
                test_mode=former.test_mode,
                # What was tried without effect must not have one when it is tried again.
                dry_run=former.dry_run,
                trigger_node=trigger.id,
                items=kept_items(former),
                journal=_taken_over(former, version, part) if self.from_failed_node else (),
                part=part,
                partial=former.partial,
                environment=former.environment,
                priority=former.priority,
                correlation_id=correlation_id(),
                created_by=self.actor.user_id,
                retry_of_id=former.id,
                retry_count=former.retry_count + 1,
            )
        )
        audit(self.actor, "execution.retried", "execution", former.id, workflow.name)
        return execution

    def _workflow(self, workflow_id: UUID) -> Workflow:
        if workflow_id not in self._workflows:
            self._workflows[workflow_id] = get_workflow(self.actor, workflow_id, Permission.EXECUTE)
        return self._workflows[workflow_id]

    def _version(self, workflow: Workflow, former: Execution) -> WorkflowVersion:
        if not self.use_newest_version:
            return former.version
        version = workflow.current
        assert version is not None
        version.seal()
        return version

    def _definition(self, version: WorkflowVersion) -> Definition:
        if version.id not in self._definitions:
            self._definitions[version.id] = require_runnable(version.organization_id, version.document.value)
        return self._definitions[version.id]


def kept_items(former: Execution) -> TriggerItems:
    """What started an execution. Raises ``trigger_not_kept``: nothing else may stand in for it."""
    rows = ExecutionPayload.objects.for_organization(former.organization_id)
    payload = rows.filter(execution_id=former.id, kind="trigger").first()
    if payload is None:
        raise Conflict("What started this execution is no longer kept.", code="trigger_not_kept")
    return trigger_batch(payload)


def _part_of(former: Execution, version: WorkflowVersion) -> Part | None:
    if former.partial is not None and version.id != former.version_id:
        raise Conflict("This was a run of a part of an older version. Run the part anew.", code="journal_mismatch")
    return stored_part(former)


def _taken_over(former: Execution, version: WorkflowVersion, part: Part | None) -> Sequence[JournalEntry]:
    """The node runs of a run that broke off which the retry need not repeat."""
    if former.status not in BROKEN_OFF:
        raise Conflict("This execution came to its end: there is no failed node to go on from.", code="nothing_failed")
    entries = finished_entries(former)
    require_fit(graphs.get(version.id), former, entries, part)
    return entries
