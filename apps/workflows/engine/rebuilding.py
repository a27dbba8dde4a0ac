"""What a node would see if it ran now: its call, rebuilt from what is stored of an earlier execution.

The graph is the draft's, the journal may be that of an older version: nodes may be gone, connections may have
changed. Pinned data of the draft stands for what its node put out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apps.workflows.engine.definition import Definition, Node
from apps.workflows.engine.graph import Graph, GraphNode
from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.journal import SUCCESS, JournalEntry, Source
from apps.workflows.engine.lineage import fill_pairs
from apps.workflows.engine.scheduler import NodeCall, Scheduler


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The call of a node and the state of the run before it. ``feeds``: the node whose items arrive, if any do."""

    scheduler: Scheduler
    call: NodeCall
    feeds: str | None

    @property
    def batch(self) -> ItemBatch:
        """What its expressions are about: what arrived on the first input that has anything."""
        found = next((batch for batch in self.call.inputs.values() if batch), EMPTY)
        return found[:1] if self.call.compiled.node.execute_once else found


def with_nodes_of(definition: Definition, entries: Iterable[JournalEntry], stand_in: str) -> Definition:
    """The definition with a node of the type ``stand_in`` for each that ran but is no longer drawn: lineage leads
    through it, names do not reach it."""
    known = {node.id for node in definition.nodes}
    gone = dict.fromkeys(entry.node_id for entry in entries if entry.node_id not in known)
    nodes = tuple(Node(id=node_id, type=stand_in, name=f"\0{node_id}") for node_id in gone)
    return replace(definition, nodes=(*definition.nodes, *nodes))


def rebuild_call(graph: Graph, node_id: str, entries: Sequence[JournalEntry], trigger: ItemBatch) -> Rebuilt:
    """The call of ``node_id``. ``entries``: a journal in order, ``trigger``: the items that started it.

    A node that ran has the input that it had then (of its last run), unless it is connected to other outputs now;
    else what the nodes before it put out last. ``feeds`` is None when nothing is stored that could arrive.
    """
    journal = _unbroken(entries)
    own = _own_run(graph, node_id, journal)
    scheduler = _scheduler(graph, node_id, journal if own is None else journal[: own.execution_order])
    compiled = graph.compiled(node_id)
    if own is not None:
        call = NodeCall(compiled, own.run_index, own.execution_order, _arrived(scheduler, own), dict(own.sources))
        if not own.sources:
            call.inputs, call.is_trigger = {"main": trigger}, True
            return Rebuilt(scheduler, call, node_id)
    else:
        sources = _sources(graph, node_id, scheduler)
        inputs = {port: scheduler.entries[one.order].outputs[one.port] for port, one in sources.items()}
        call = NodeCall(compiled, 0, len(scheduler.entries), inputs, sources)
    feeding = (source for port, source in call.sources.items() if call.inputs[port])
    first = next(feeding, None)
    return Rebuilt(scheduler, call, None if first is None else scheduler.entries[first.order].node_id)


def _arrived(scheduler: Scheduler, entry: JournalEntry) -> dict[str, ItemBatch]:
    """What arrived for a run. Pinned data leaves by the first output only: by others nothing comes any more."""
    return {port: scheduler.entries[one.order].outputs.get(one.port, EMPTY) for port, one in entry.sources.items()}


def _unbroken(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """The journal up to its first gap: sources name entries by their place."""
    whole = (at for at, entry in enumerate(entries) if entry.execution_order != at)
    return list(entries[: next(whole, len(entries))])


def _own_run(graph: Graph, node_id: str, journal: Sequence[JournalEntry]) -> JournalEntry | None:
    """The node's last run whose inputs came over connections that there still are."""
    wired = _wired(graph, node_id)
    for entry in reversed(journal):
        if entry.node_id != node_id:
            continue
        came = {(journal[source.order].node_id, source.port, port) for port, source in entry.sources.items()}
        if came <= wired and (came or not wired):
            return entry
    return None


def _wired(graph: Graph, node_id: str) -> set[tuple[str, str, str]]:
    """Source, its output and the input of every connection that leads to the node."""
    return {
        (connection.source, connection.source_output, connection.target_input)
        for connection in graph.definition.connections
        if connection.target == node_id
    }


def _scheduler(graph: Graph, node_id: str, journal: Sequence[JournalEntry]) -> Scheduler:
    scheduler = Scheduler(graph)
    for entry in journal:
        _add(scheduler, _pinned(graph.compiled(entry.node_id), entry, scheduler))
    for ancestor in sorted(graph.ancestors(node_id) - {node_id}, key=graph.position):
        compiled = graph.compiled(ancestor)
        if compiled.node.pinned_data is not None and ancestor not in scheduler.entries_of:
            entry = JournalEntry(ancestor, 0, len(scheduler.entries), SUCCESS)
            _add(scheduler, _pinned(compiled, entry, scheduler))
    return scheduler


def _add(scheduler: Scheduler, entry: JournalEntry) -> None:
    scheduler.entries.append(entry)
    scheduler.entries_of.setdefault(entry.node_id, []).append(entry)


def _pinned(compiled: GraphNode, entry: JournalEntry, scheduler: Scheduler) -> JournalEntry:
    pins = compiled.node.pinned_data
    if pins is None or compiled.node.disabled:
        return entry
    first = next((batch for batch in _arrived(scheduler, entry).values() if batch), EMPTY)
    batch = fill_pairs(ItemBatch.of_pins(pins), len(first))
    return replace(entry, outputs={compiled.first_output: batch}, status=SUCCESS, error=None)


def _sources(graph: Graph, node_id: str, scheduler: Scheduler) -> dict[str, Source]:
    """For each input the newest run before it that put items out for it."""
    wired = _wired(graph, node_id)
    found: dict[str, Source] = {}
    for port in dict.fromkeys((*graph.compiled(node_id).inputs, *sorted(port for _, _, port in wired))):
        for entry in reversed(scheduler.entries):
            outputs = (name for name, batch in entry.outputs.items() if batch and (entry.node_id, name, port) in wired)
            output = next(outputs, None)
            if output is not None:
                found[port] = Source(entry.execution_order, output)
                break
    return found
