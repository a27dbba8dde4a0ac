"""Lanes: runs that share a limit, who of them is at work and who is next.

What counts is in the rows of the runs, so whoever ends, pauses or loses a run frees its place by that alone. The row
of the lane is the lock under which is counted; it is taken before the rows of runs are changed. A queued run that
has to be left is *parked*: it has no ``hinted_at``, so the sweep does not repeat its hint.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.workflows.constants import ExecutionStatus
from apps.workflows.execution.hints import send_hint
from apps.workflows.models import Execution, Lane
from exprsn.kernel.clock import utc_now

BATCH = 100
FORGET_BATCH = 500
KEPT = timedelta(days=1)


def enter(lane: Lane) -> None:
    """Within a transaction: take the lock of a lane, and let its limit be the newest."""
    lane.touched_at = utc_now()
    rows = Lane.objects.for_organization(lane.organization_id)
    rows.bulk_create(
        [lane], update_conflicts=True, unique_fields=["id"], update_fields=["limit", "whole", "touched_at"]
    )


def ensure(lane: Lane) -> None:
    """Let there be a row for a lane; its limit is the newest."""
    with transaction.atomic():
        enter(lane)


def locked(lane_ids: Collection[UUID]) -> list[Lane]:
    """Within a transaction: take the locks of these lanes, always in the same order."""
    rows = Lane.objects.for_system(reason="places of runs").filter(id__in=lane_ids)
    return list(rows.order_by("id").select_for_update())


def free_places(lane: Lane) -> int:
    """How many more runs of a locked lane may be at work. One that was told to stop keeps its place until it does."""
    at_work = Q(status=ExecutionStatus.RUNNING)
    if lane.whole:
        at_work |= Q(status__in=(ExecutionStatus.WAITING, ExecutionStatus.PAUSED), started_at__isnull=False)
    return lane.limit - _unfinished(lane).filter(at_work)[: lane.limit].count()


def line(lane: Lane, most: int) -> list[Execution]:
    """The first of the queued runs of a lane: those that were at work before, then in the order of acceptance."""
    if most <= 0:
        return []
    rows = _unfinished(lane).filter(status=ExecutionStatus.QUEUED, cancel_requested=False)
    return list(rows.only("id", "priority", "hinted_at").order_by(F("started_at").asc(nulls_last=True), "id")[:most])


def wake(lane: Lane) -> list[Execution]:
    """Within a transaction that holds the lock: the parked runs for which there is a place now.

    Whoever gets them sends the hints.
    """
    free = free_places(lane)
    found = line(lane, free + 1) if free > 0 else []
    woken = [execution for execution in found[:free] if execution.hinted_at is None]
    rows = Execution.objects.for_system(reason="a place became free")
    if woken:
        rows.filter(id__in=[execution.id for execution in woken]).update(hinted_at=utc_now())
    if lane.parked and free > 0 and len(found) <= free:
        Lane.objects.for_organization(lane.organization_id).filter(id=lane.id).update(parked=False)
    return woken


def park(lane: Lane, execution_ids: Sequence[UUID]) -> None:
    """Within a transaction that holds the lock: leave these queued runs until there is a place."""
    rows = Execution.objects.for_system(reason="park runs")
    rows.filter(id__in=execution_ids, status=ExecutionStatus.QUEUED).update(hinted_at=None)
    mark_parked(lane)


def mark_parked(lane: Lane) -> None:
    """Within a transaction that holds the lock: somebody was left."""
    Lane.objects.for_organization(lane.organization_id).filter(id=lane.id, parked=False).update(parked=True)


def choose(queued: Sequence[Execution]) -> tuple[list[Execution], list[Execution]]:
    """Within a transaction: which of these queued runs may begin now, and which others are to be woken.

    Those that may not are parked. A run that was told to stop may always begin: it ends at once.
    """
    limited = {execution.lane for execution in queued if execution.lane is not None and not execution.cancel_requested}
    if not limited:
        return list(queued), []
    left: set[UUID] = set()
    woken: list[Execution] = []
    asked = {execution.id for execution in queued}
    for lane in locked(limited):
        first = {execution.id for execution in line(lane, free_places(lane))}
        woken += [execution for execution in wake(lane) if execution.id not in asked]
        waits = [each for each in queued if each.lane == lane.id and not each.cancel_requested]
        late = [each.id for each in waits if each.id not in first]
        if late:
            park(lane, late)
            left.update(late)
    return [execution for execution in queued if execution.id not in left], woken


def wake_lane(lane_id: UUID) -> int:
    """In a transaction of its own: wake who is next; answers how many."""
    with transaction.atomic():
        woken = [execution for lane in locked([lane_id]) for execution in wake(lane)]
        for execution in woken:
            send_hint(execution.id, execution.priority)
    return len(woken)


def wake_when_committed(execution: Execution) -> None:
    """A run was ended from outside: who is next is woken after the transaction, for it holds other locks."""
    lane_id = execution.lane
    if lane_id is not None:
        transaction.on_commit(lambda: wake_lane(lane_id))


def wake_parked() -> int:
    """The sweep's look at lanes in which somebody was left: whoever freed a place may have died before saying so."""
    rows = Lane.objects.for_system(reason="lanes with parked runs").filter(parked=True).order_by("touched_at")
    lane_ids = list(rows.values_list("id", flat=True)[:BATCH])
    woken = sum(wake_lane(lane_id) for lane_id in lane_ids)
    if len(lane_ids) == BATCH:  # the others come first the next time
        Lane.objects.for_system(reason="lanes looked at").filter(id__in=lane_ids).update(touched_at=utc_now())
    return woken


def forget_old_lanes() -> int:
    """Delete lanes of which nothing was heard for a day; a value that comes again has its lane made anew."""
    unfinished = Execution.objects.for_system(reason="runs in lanes").filter(
        lane=OuterRef("id"), finished_at__isnull=True
    )
    rows = Lane.objects.for_system(reason="old lanes")
    old = rows.filter(~Exists(unfinished), touched_at__lt=utc_now() - KEPT).order_by("touched_at")
    ids = list(old.values_list("id", flat=True)[:FORGET_BATCH])
    return rows.filter(~Exists(unfinished), id__in=ids, touched_at__lt=utc_now() - KEPT).delete()[0] if ids else 0


def _unfinished(lane: Lane) -> QuerySet[Execution]:
    return Execution.objects.for_organization(lane.organization_id).filter(lane=lane.id, finished_at__isnull=True)
