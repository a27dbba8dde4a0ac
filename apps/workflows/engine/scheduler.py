"""What runs next: a pure decision from the graph and what has happened.

Order (n8n-compatible, ``sequential``): depth first; the successors of a node by position, top then left.
A successor runs only if items arrived. A node reached over one input from several parents runs once for
each arrival. A node that gathers several inputs waits for all that are connected; when nothing else can
run, it runs with what it has if its type allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.workflows.engine.graph import Graph, GraphNode
from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.journal import ERROR, WAITING, JournalEntry, Source
from apps.workflows.engine.part import Part
from exprsn.kernel.errors import DomainError

MAX_NODE_RUNS = 10_000


class TooManyNodeRuns(DomainError):
    """The execution ran more nodes than one may: most likely a loop that never ends."""

    default_code = "too_many_node_runs"


class JournalMismatch(DomainError):
    """The journal does not fit the graph: it was written for another version."""

    default_code = "journal_mismatch"


@dataclass(slots=True)
class NodeCall:
    """The next run of a node: what arrived on its inputs and where each came from."""

    compiled: GraphNode
    run_index: int
    order: int
    inputs: dict[str, ItemBatch]
    sources: dict[str, Source]
    is_trigger: bool = False


@dataclass(slots=True)
class _Arrival:
    node_id: str
    inputs: dict[str, ItemBatch]
    sources: dict[str, Source]
    is_trigger: bool = False


@dataclass(slots=True)
class Scheduler:
    """The state of one execution. Fold calls and entries into it; ask it for the next call."""

    graph: Graph
    max_node_runs: int = MAX_NODE_RUNS
    entries: list[JournalEntry] = field(default_factory=list)
    entries_of: dict[str, list[JournalEntry]] = field(default_factory=dict)
    stopped: bool = False
    part: Part | None = None
    _stack: list[_Arrival] = field(default_factory=list)
    _gathering: dict[str, list[_Arrival]] = field(default_factory=dict)
    _current: NodeCall | None = None

    def begin(self, trigger_id: str, batch: ItemBatch) -> None:
        """Start from this trigger with these items."""
        self._stack.append(_Arrival(trigger_id, {"main": batch}, {}, is_trigger=True))

    def begin_part(self, part: Part, trigger_id: str, batch: ItemBatch) -> None:
        """Start a partial run; these items are the trigger's, other beginnings need none."""
        self.part = part
        for root in reversed(part.roots):
            self.begin(root, batch if root == trigger_id else EMPTY)

    def taken_over(self, call: NodeCall) -> JournalEntry | None:
        """What stands for this call in a partial run; None when the node is to run."""
        if self.part is None:
            return None
        return self.part.entry_for(call.compiled.id, call.run_index, call.order, call.sources)

    def next_call(self) -> NodeCall | None:
        """The call to execute now; None when the run has ended, failed or waits."""
        if self.stopped:
            return None
        if self._current is not None:
            return self._current
        arrival = self._stack.pop() if self._stack else self._incomplete()
        if arrival is None:
            return None
        order = len(self.entries)
        if order >= self.max_node_runs:
            raise TooManyNodeRuns(
                f"The execution ran {order} nodes, which is the limit. Check for a loop that never ends."
            )
        self._current = NodeCall(
            compiled=self.graph.compiled(arrival.node_id),
            run_index=len(self.entries_of.get(arrival.node_id, ())),
            order=order,
            inputs=arrival.inputs,
            sources=arrival.sources,
            is_trigger=arrival.is_trigger,
        )
        return self._current

    def record(self, entry: JournalEntry) -> None:
        """Fold in what the current call came to."""
        call = self._current
        if call is None or (call.compiled.id, call.run_index) != (entry.node_id, entry.run_index):
            raise JournalMismatch("The journal does not fit this version of the workflow.")
        self._current = None
        self.entries.append(entry)
        self.entries_of.setdefault(entry.node_id, []).append(entry)
        if entry.status == WAITING or (entry.status == ERROR and not entry.continued):
            self.stopped = True
            return
        self._pass_on(call, entry)

    def inputs_of(self, entry: JournalEntry) -> dict[str, ItemBatch]:
        """What arrived for an earlier run, followed back to the outputs that it was."""
        return {port: self.entries[source.order].outputs[source.port] for port, source in entry.sources.items()}

    def replay(self, entries: Iterable[JournalEntry]) -> None:
        """Fold in a journal, so that the run goes on where it was."""
        for entry in entries:
            self.next_call()
            self.record(entry)

    def _pass_on(self, call: NodeCall, entry: JournalEntry) -> None:
        ready: list[_Arrival] = []
        for successor in call.compiled.successors:
            batch = entry.outputs.get(successor.output)
            if not batch or (self.part is not None and not self.part.follows(entry.node_id, successor.target)):
                continue
            source = Source(entry.execution_order, successor.output)
            arrival = self._arrive(successor.target, successor.input, batch, source)
            if arrival is not None:
                ready.append(arrival)
        self._stack.extend(reversed(ready))

    def _arrive(self, target: str, port: str, batch: ItemBatch, source: Source) -> _Arrival | None:
        compiled = self.graph.compiled(target)
        if not compiled.gathers:
            return _Arrival(target, {port: batch}, {port: source})
        waiting = self._gathering.setdefault(target, [])
        gathering = next((arrival for arrival in waiting if port not in arrival.inputs), None)
        if gathering is None:
            gathering = _Arrival(target, {}, {})
            waiting.append(gathering)
        gathering.inputs[port] = batch
        gathering.sources[port] = source
        if compiled.connected_inputs <= gathering.inputs.keys():
            waiting.remove(gathering)
            return gathering
        return None

    def _incomplete(self) -> _Arrival | None:
        """The gathering node to run with what it has: the one furthest upstream, then top, then left."""
        waiting = [node_id for node_id, arrivals in self._gathering.items() if arrivals]
        candidates = [
            node_id
            for node_id in waiting
            if len(self._gathering[node_id][0].inputs) >= self.graph.compiled(node_id).type.min_inputs
        ]
        if not candidates:
            return None
        chosen = min(candidates, key=lambda node_id: self._rank(node_id, candidates))
        return self._gathering[chosen].pop(0)

    def _rank(self, node_id: str, candidates: list[str]) -> tuple[bool, float, float]:
        upstream = self.graph.ancestors(node_id) - {node_id}
        return (any(other in upstream for other in candidates), *self.graph.position(node_id))
