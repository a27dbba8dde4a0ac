"""Limits on how many runs of a workflow are at work: what a new run is counted in, and whether it may begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.db.models import F, Q

from apps.workflows.constants import ExecutionStatus
from apps.workflows.engine.concurrency import CANCEL_OLDEST, REJECT, Limit, key_of, limit_of
from apps.workflows.engine.definition import WorkflowSettings
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.lanes import enter, free_places, line, mark_parked
from apps.workflows.models import Execution, Lane
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, DomainError
from exprsn.kernel.jsonvalue import JsonObject

KEPT_SETTINGS = 4_096
MAX_LEVELS = 100
# A guess at when to come back, in seconds: nobody knows how long the runs at work still take.
RETRY_AFTER = 5

_settings: dict[UUID, WorkflowSettings] = {}


class TooManyExecutions(Conflict):
    """As many runs of the workflow are at work as it allows, and it refuses more."""

    default_code = "too_many_executions"

    def __init__(self) -> None:
        super().__init__(
            "As many runs of this workflow are at work as it allows. Try again when one has ended.",
            params={"retry_after": RETRY_AFTER},
        )


def settings_of_version(version_id: UUID) -> WorkflowSettings:
    """The settings of a sealed version, kept in this process."""
    found = _settings.get(version_id)
    if found is None:
        try:
            found = graphs.get(version_id).definition.settings
        except DomainError:
            return WorkflowSettings()  # it cannot be run at all, which its run will tell
        if len(_settings) >= KEPT_SETTINGS:
            _settings.clear()
        _settings[version_id] = found
    return found


def lane_of(execution: Execution, settings: WorkflowSettings, item: JsonObject) -> tuple[Lane, Limit] | None:
    """What a new run is counted in; None without a limit. ``item`` is the first of those that start it."""
    limit = limit_of(settings)
    if limit is None or execution.dry_run or execution.test_mode or (limit.whole and _is_within_itself(execution)):
        return None
    lane = Lane(
        id=uuid5(execution.workflow_id, key_of(limit.key, item)),
        organization_id=execution.organization_id,
        workflow_id=execution.workflow_id,
        limit=limit.most,
        whole=limit.whole,
        touched_at=utc_now(),
    )
    return lane, limit


def _is_within_itself(execution: Execution) -> bool:
    """Whether a run of the same workflow waits for this one: it would wait for ever."""
    above, levels = execution, 0
    while above.awaited and above.parent_id is not None and levels < MAX_LEVELS:
        levels += 1
        rows = Execution.objects.for_organization(execution.organization_id)
        above = rows.only("id", "workflow_id", "parent_id", "awaited").get(id=above.parent_id)
        if above.workflow_id == execution.workflow_id:
            return True
    return False


@dataclass(slots=True)
class Entry:
    """A new run on its way into its lane, within the transaction that accepts it: ``look``, then ``go``."""

    execution: Execution
    lane: Lane
    on_limit: str
    refused: bool = False
    has_place: bool = False
    canceled: list[Execution] = field(default_factory=list)

    def look(self) -> bool:
        """Take the lock and count; False when the run is refused."""
        enter(self.lane)
        free = free_places(self.lane)
        self.has_place = len(line(self.lane, free)) < free
        self.refused = not self.has_place and self.on_limit == REJECT
        return not self.refused

    def go(self) -> bool:
        """Let the row of the run, which is about to be inserted, say whether it begins."""
        if self.has_place:
            return True
        execution = self.execution
        execution.status = ExecutionStatus.QUEUED
        execution.started_at = execution.lease_until = execution.hinted_at = None
        execution.fence, execution.owner = 0, ""
        mark_parked(self.lane)
        if self.on_limit == CANCEL_OLDEST:
            self._cancel_oldest()
        return True

    def _cancel_oldest(self) -> None:
        """The newest runs are those that go on: as many are told to stop as the new one is too many."""
        rows = Execution.objects.for_organization(self.lane.organization_id)
        rows = rows.filter(lane=self.lane.id, finished_at__isnull=True, cancel_requested=False)
        busy = rows.filter(Q(status=ExecutionStatus.RUNNING) | Q(status=ExecutionStatus.QUEUED))
        surplus = busy.count() + 1 - self.lane.limit
        if surplus <= 0:
            return
        oldest = busy.only("id", "priority").order_by(F("started_at").asc(nulls_last=True), "id")
        self.canceled = list(oldest[:surplus])
        now = utc_now()
        # A queued one is hinted: whoever claims it ends it at once, whatever the limit.
        rows.filter(id__in=[each.id for each in self.canceled]).update(
            cancel_requested=True, hinted_at=now, updated_at=now
        )
