"""What runs next: a pure decision from the graph and what has happened.

Order (n8n-compatible, ``sequential``): depth first; the successors of a node by position, top then left.
A successor runs only if items arrived. A node reached over one input from several parents runs once for
each arrival. A node that gathers several inputs waits for all that are connected; when nothing else can
run, it runs with what it has if its type allows.

In the other modes runs begin ahead of that order (``ahead``), but every run keeps its place in it: deliveries to
gathering nodes are made in that order, so inputs, run indexes and the end are those of ``sequential``.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.journal import ERROR, SUCCESS, WAITING, JournalEntry
from apps.workflows.engine.part import Part
from apps.workflows.engine.rounds import Rounds
from apps.workflows.engine.slots import ALWAYS, EFFECTS, NEVER, Arrival, Frame, NodeCall
from exprsn.kernel.errors import DomainError

MAX_NODE_RUNS = 10_000
_RUN_INDEX = attrgetter("run_index")
_NONE: list[JournalEntry] = []


class TooManyNodeRuns(DomainError):
    """The execution ran more nodes than one may: most likely a loop that never ends."""

    default_code = "too_many_node_runs"


class JournalMismatch(DomainError):
    """The journal does not fit the graph: it was written for another version."""

    default_code = "journal_mismatch"


@dataclass(slots=True)
class Scheduler(Rounds):
    """The state of one execution. Fold calls and entries into it; ask it for the next call.

    One at a time: ``next_call`` and ``record``. Several at a time: ``start`` and ``finish`` for each, and ``due`` for
    those whose end concerns what is around them. ``failure`` is the entry that ended the run.
    """

    max_node_runs: int = MAX_NODE_RUNS
    stopped: bool = False
    failure: JournalEntry | None = None
    held: list[NodeCall] = field(default_factory=list)
    _current: NodeCall | None = None

    def __post_init__(self) -> None:
        mode = self.graph.definition.settings.execution_mode
        self.root.ahead = mode != "sequential"
        self.root.threads = {"parallel": ALWAYS, "smart": EFFECTS}.get(mode, NEVER)

    def begin(self, trigger_id: str, batch: ItemBatch) -> None:
        """Start from this trigger with these items."""
        self.root.slots.append(Arrival(trigger_id, {"main": batch}, {}, self.root, is_trigger=True))

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
        if self._current is None:
            slots = self.root.slots
            head = slots[-1] if slots else None
            arrival = head if isinstance(head, Arrival) else self.head(self.root)
            if arrival is None:
                return None
            self._current = self._call(arrival)
        return self._current

    def record(self, entry: JournalEntry) -> None:
        """Fold in what the current call came to."""
        call = self._current
        if call is None or (call.compiled.id, call.run_index) != (entry.node_id, entry.run_index):
            raise JournalMismatch("The journal does not fit this version of the workflow.")
        self._current = None
        assert call.arrival is not None
        self._settle(call.arrival, entry)

    def start(self, arrival: Arrival) -> NodeCall:
        """Begin the run of an arrival beside others that are under way."""
        arrival.call = call = self._call(arrival)
        self._count(arrival.frame, 1)
        return call

    def finish(self, call: NodeCall, entry: JournalEntry) -> bool:
        """Fold in what a call came to that was started. False: it is held until its end can take effect."""
        arrival = call.arrival
        assert arrival is not None
        self._count(arrival.frame, -1)
        if _ends(entry):
            arrival.held = entry
            self.held.append(call)
            return False
        entry.execution_order = len(self.entries)
        self._settle(arrival, entry)
        return True

    def give_up(self, call: NodeCall) -> None:
        """A call that was started came to nothing: it may be started again."""
        arrival = call.arrival
        assert arrival is not None
        arrival.call = None
        self._count(arrival.frame, -1)

    def due(self) -> tuple[NodeCall, JournalEntry] | None:
        """Record a run that was held, when everything before it is over and nothing beside it is under way."""
        for call in self.held:
            arrival = call.arrival
            assert arrival is not None and arrival.held is not None
            entry = arrival.held
            around = (self.catcher(arrival.frame) if entry.status == ERROR else None) or self.root
            if around.running or self.head(around) is not arrival:
                continue
            entry.execution_order = len(self.entries)
            self._settle(arrival, entry)
            self.held = [other for other in self.held if other is not call and not _stands_in(other, around)]
            return call, entry
        return None

    def inputs_of(self, entry: JournalEntry) -> dict[str, ItemBatch]:
        """What arrived for an earlier run, followed back to the outputs that it was."""
        return {port: self.entries[source.order].outputs[source.port] for port, source in entry.sources.items()}

    def run_of(self, node_id: str, run_index: int) -> JournalEntry:
        """An earlier run of a node."""
        runs = self.entries_of[node_id]
        if run_index < len(runs) and runs[run_index].run_index == run_index:
            return runs[run_index]
        return runs[bisect_left(runs, run_index, key=_RUN_INDEX)]  # a node need not run in every round at once

    def seen_by(self, call: NodeCall, node_id: str) -> tuple[Sequence[JournalEntry], int]:
        """The runs of a node that a call sees, and which of them is the one at hand; -1: the last."""
        frame = self.root if call.arrival is None else call.arrival.frame
        if frame.scope is None:
            runs = self.entries_of.get(node_id, _NONE)
            return runs, call.run_index if call.run_index < len(runs) else -1
        runs, own = self.sees(frame, node_id), len(frame.seen.get(call.compiled.id, _NONE))
        same_round = runs is frame.seen.get(node_id)
        return runs, own if same_round and own < len(runs) else -1

    def replay(self, entries: Iterable[JournalEntry]) -> None:
        """Fold in a journal, so that the run goes on where it was."""
        for entry in entries:
            arrival = None if self.stopped else self._place_of(entry)
            if arrival is None:
                raise JournalMismatch("The journal does not fit this version of the workflow.")
            self._settle(arrival, entry)

    def _place_of(self, entry: JournalEntry) -> Arrival | None:
        found = self.find(self.root, entry)
        if found is None:
            self.advance(self.root)
            found = self.find(self.root, entry)
        return found

    def _call(self, arrival: Arrival) -> NodeCall:
        order = len(self.entries) + self.root.running
        if order >= self.max_node_runs:
            raise TooManyNodeRuns(
                f"The execution ran {order} nodes, which is the limit. Check for a loop that never ends."
            )
        return NodeCall(
            self.graph.compiled(arrival.node_id),
            self._index(arrival),
            order,
            arrival.inputs,
            arrival.sources,
            arrival.is_trigger,
            arrival.rounds,
            arrival,
        )

    def _count(self, frame: Frame, more: int) -> None:
        inner: Frame | None = frame
        while inner is not None:
            inner.running += more
            inner = inner.around

    def _settle(self, arrival: Arrival, entry: JournalEntry) -> None:
        self._note(arrival.frame, entry)
        body_port = self.graph.compiled(entry.node_id).body_port
        if entry.status != SUCCESS and _ends(entry):
            self._settle_end(arrival, entry)
        elif arrival.scope is not None:
            self._ran_again(arrival.scope, entry)
        elif body_port and entry.outputs.get(body_port):
            self._open_body(arrival, entry)
        else:
            self._give_place(arrival.frame, arrival, entry)

    def _settle_end(self, arrival: Arrival, entry: JournalEntry) -> None:
        around = None if entry.status == WAITING else self.catcher(arrival.frame)
        if around is not None:
            self._end_early(around, arrival, entry)
            return
        arrival.held = entry
        self.stopped = True
        self.failure = entry if entry.status == ERROR else None

    def _note(self, frame: Frame, entry: JournalEntry) -> None:
        self.entries.append(entry)
        known = self.entries_of.get(entry.node_id)
        if known is None:
            self.entries_of[entry.node_id] = [entry]
        elif known[-1].run_index < entry.run_index:
            known.append(entry)
        else:  # rounds at once end in any order
            insort(known, entry, key=_RUN_INDEX)
        inner: Frame | None = frame
        while inner is not None and inner.scope is not None:
            inner.seen.setdefault(entry.node_id, []).append(entry)
            inner = inner.around


def _ends(entry: JournalEntry) -> bool:
    """Whether a run ends or rests what is around it."""
    return entry.status == WAITING or (entry.status == ERROR and not entry.continued)


def _stands_in(call: NodeCall, around: Frame) -> bool:
    assert call.arrival is not None
    inner: Frame | None = call.arrival.frame
    while inner is not None and inner is not around:
        inner = inner.around
    return inner is around and around.scope is not None


__all__ = ["JournalMismatch", "NodeCall", "Scheduler", "TooManyNodeRuns"]
