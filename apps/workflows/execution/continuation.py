"""What a new run takes over from an earlier one: the journal up to the node that ended it."""

from __future__ import annotations

from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import ERROR, SUCCESS, WAITING, JournalEntry
from apps.workflows.engine.part import Part
from apps.workflows.engine.scheduler import JournalMismatch, Scheduler
from apps.workflows.execution.journal_rows import load_entries, trigger_source
from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel.errors import Conflict


def finished_entries(former: Execution) -> list[JournalEntry]:
    """The node runs of a run that ended which need not happen again: all before the one that ended it."""
    entries = load_entries(former)
    # A run has at most one entry that ended it, and that is its last.
    if entries and (entries[-1].status == WAITING or (entries[-1].status == ERROR and not entries[-1].continued)):
        entries.pop()
    _with_times(former, entries)
    return entries


def usable_entries(former: Execution) -> list[JournalEntry]:
    """The same, as answers by themselves: what waited has gone on since."""
    entries = finished_entries(former)
    for entry in entries:
        if entry.status == WAITING:
            entry.status, entry.wait_until = SUCCESS, None
    return entries


def _with_times(former: Execution, entries: list[JournalEntry]) -> None:
    """When each of them ran and how long it took stands in its row, not in the journal."""
    rows = NodeExecution.objects.for_organization(former.organization_id).filter(execution_id=former.id)
    by_order = {row.execution_order: row for row in rows.filter(execution_order__lt=len(entries))}
    for entry in entries:
        row = by_order.get(entry.execution_order)
        if row is not None:
            entry.started_at, entry.finished_at, entry.duration_ms = row.started_at, row.finished_at, row.duration_ms
            entry.retry_count, entry.items_in = row.retry_count, row.items_in


def require_fit(graph: Graph, former: Execution, entries: list[JournalEntry], part: Part | None) -> None:
    """Raise ``journal_mismatch`` if this version would not have come to the same nodes in the same order."""
    scheduler = Scheduler(graph)
    try:
        items = ItemBatch.from_data(trigger_source(former))
        if part is None:
            scheduler.begin(former.trigger_node, items)
        else:
            scheduler.begin_part(part, former.trigger_node, items)
        scheduler.replay(entries)
    except (JournalMismatch, KeyError) as error:
        raise Conflict(
            "The workflow was changed before the failed node, so what was done does not fit any more. "
            "Run it again from the start.",
            code="journal_mismatch",
        ) from error
