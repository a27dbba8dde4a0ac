"""Lineage: which item of an earlier node an item came from, or exactly why that cannot be said."""

from __future__ import annotations

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.journal import JournalEntry, Source
from apps.workflows.engine.scheduler import NodeCall, Scheduler
from exprsn.kernel.expressions import HostError


class LineageLost(HostError):
    """The item cannot be followed back to that node; the message names where the trail ends and why."""

    default_code = "lineage_lost"


def fill_pairs(batch: ItemBatch, items_in: int) -> ItemBatch:
    """Name the origins that the node left out, where they can be known: same length, or one input item."""
    if items_in == 0 or batch.all_paired:
        return batch
    if len(batch) != items_in and items_in != 1:
        return batch
    same_length = len(batch) == items_in
    return ItemBatch(
        item if item.paired is not None else Item(item.json, item.binary, (Pair(at if same_length else 0),), item.error)
        for at, item in enumerate(batch)
    )


def follow(scheduler: Scheduler, call: NodeCall, index: int, wanted: str) -> Item:
    """The item of node ``wanted`` (an id) from which item ``index`` of this call's first input came."""
    name = scheduler.graph.node(wanted).name
    if wanted not in scheduler.entries_of:
        raise LineageLost(f"The node “{name}” has not run yet in this execution.")
    source = next(iter(call.sources.values()), None)
    if source is None:  # it began the run: nothing arrived that could have come from anywhere
        raise LineageLost(f"Nothing arrived here that could have come from “{name}”.")
    return _walk(scheduler, source, index, wanted, name)


def _walk(scheduler: Scheduler, source: Source, index: int, wanted: str, name: str) -> Item:
    seen: set[tuple[int, str, int]] = set()
    trails = [(source, index)]
    dead_end = f"No connection leads back to “{name}” from here."
    while trails:
        source, index = trails.pop()
        key = (source.order, source.port, index)
        if key in seen:
            continue
        seen.add(key)
        entry = scheduler.entries[source.order]
        batch = entry.outputs.get(source.port, ItemBatch())
        if index >= len(batch):
            continue
        if entry.node_id == wanted:
            return batch[index]
        pairs = batch[index].paired
        if pairs is None:
            node = scheduler.graph.node(entry.node_id)
            dead_end = (
                f"“{node.name}” did not say which input item each of its items came from, "
                f"so the trail to “{name}” ends there. Use .first() or .all() instead."
            )
            continue
        trails.extend(reversed(_origins(scheduler, entry, pairs)))
    raise LineageLost(dead_end)


def _origins(scheduler: Scheduler, entry: JournalEntry, pairs: tuple[Pair, ...]) -> list[tuple[Source, int]]:
    """Where pairs point to. Their input numbers count a node's inputs; for a loop the arrivals of its round."""
    if not scheduler.graph.compiled(entry.node_id).type.is_loop:
        sources = list(entry.sources.values())
        return [(sources[pair.input], pair.item) for pair in pairs if pair.input < len(sources)]
    start = (entry.state or {}).get("round_start", entry.run_index)
    arrivals = scheduler.entries_of[entry.node_id]
    return [
        (source, pair.item)
        for pair in pairs
        if start + pair.input <= entry.run_index
        for source in arrivals[start + pair.input].sources.values()
    ]


def came_round(scheduler: Scheduler, call: NodeCall, port: str) -> bool:
    """Whether what arrives here left this very node by ``port`` before, in the present round of loops around it."""
    todo = list(call.sources.values())
    seen: set[int] = set()
    while todo:
        source = todo.pop()
        if source.order in seen:
            continue
        seen.add(source.order)
        entry = scheduler.entries[source.order]
        if entry.node_id == call.compiled.id:
            if source.port == port:
                return True
            continue
        todo += _round_of(scheduler, entry).sources.values()
    return False


def _round_of(scheduler: Scheduler, entry: JournalEntry) -> JournalEntry:
    """For another loop the run that began its round: what came back to it in between says nothing of its origin."""
    if not scheduler.graph.compiled(entry.node_id).type.is_loop or not entry.state:
        return entry
    start: int = entry.state.get("round_start", entry.run_index)
    return scheduler.entries_of[entry.node_id][start]
