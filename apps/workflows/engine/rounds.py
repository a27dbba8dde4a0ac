"""Bodies: the part of a workflow that a node like for-each runs, round after round or several rounds at once.

Each round is a frame of its own: its gathering nodes, its order, what its expressions see. When nothing is left in
a round it is over; then the node runs again, and either begins another round or gives out what the rounds came to.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.workflows.engine import gathering
from apps.workflows.engine.journal import JournalEntry, Source
from apps.workflows.engine.slots import (
    ALWAYS,
    Arrival,
    Delivery,
    Finished,
    Frame,
    Hole,
    Passed,
    Round,
    Scope,
    Slot,
)
from apps.workflows.engine.turns import Turns, leads_back
from exprsn.kernel.jsonvalue import JsonObject

# What a node with a body says in its state of how the scheduler is to go on with it.
ROUNDS_LEFT, AT_ONCE = "rounds_left", "at_once"


@dataclass(slots=True)
class Rounds(Turns):
    """An execution in which nodes have bodies."""

    def head(self, frame: Frame) -> Arrival | None:
        """The arrival whose turn it is; None when nothing is left in the frame."""
        inner = frame
        while True:
            slot = inner.slots[-1] if inner.slots else gathering.incomplete(self.graph, inner)
            if isinstance(slot, Arrival):
                if not inner.slots:
                    inner.slots.append(slot)
                return slot
            if isinstance(slot, Scope):
                if not slot.frames:
                    assert slot.again is not None
                    return slot.again
                inner = slot.frames[0]
            elif inner is frame:
                return None
            else:
                assert inner.scope is not None
                around = inner.scope.frame
                self._close_round(inner)
                inner = around

    def advance(self, frame: Frame) -> None:
        """Do everything that follows from what has happened and needs no run, also ahead of the head."""
        self.head(frame)
        for slot in [slot for slot in frame.slots if isinstance(slot, Scope)]:
            for each in list(slot.frames):
                self.advance(each)
                if self.head(each) is None:
                    self._close_round(each)

    def _open_body(self, arrival: Arrival, entry: JournalEntry) -> None:
        """The node ran for the first time and has something for its body."""
        compiled = self.graph.compiled(arrival.node_id)
        scope = Scope(compiled, arrival)
        if (entry.state or {}).get(AT_ONCE) and self.graph.runs_once(compiled.id):
            scope.base = {node_id: self._next_index(node_id) for node_id in self.graph.body(compiled.id)}
        self._give_place(arrival.frame, arrival, entry, body=scope)
        self._open_round(scope, entry)

    def _open_round(self, scope: Scope, entry: JournalEntry) -> None:
        state = entry.state or {}
        scope.has_more = state.get(ROUNDS_LEFT, 0) > 0
        scope.at_once = state.get(AT_ONCE, 0) if scope.base else 0
        around, type_ = scope.frame, scope.compiled.type
        frame = Frame(scope, scope.opened, around.ahead or type_.body_at_once, around.threads)
        if type_.body_at_once or scope.at_once:
            frame.threads = ALWAYS
        scope.opened += 1
        scope.frames.append(frame)
        scope.chronicle.append(frame)
        frame.slots = self._first_in_body(scope, frame, entry)
        if scope.has_more and scope.at_once:
            scope.again = self._again(scope)

    def _first_in_body(self, scope: Scope, frame: Frame, entry: JournalEntry) -> list[Slot]:
        port = scope.compiled.body_port
        source, batch = Source(entry.execution_order, port), entry.outputs[port]
        found: list[Slot] = []
        for successor in scope.compiled.successors:
            target = successor.target
            in_part = self.part is None or self.part.follows(entry.node_id, target)
            if successor.output != port or not in_part or leads_back(frame, target):
                continue
            if self.graph.compiled(target).gathers:
                delivery = Delivery(target, successor.input, batch, source, Hole(target))
                complete = gathering.deliver(self.graph, frame, delivery)
                found += [] if complete is None else [complete]
            else:
                found.append(Arrival(target, {successor.input: batch}, {successor.input: source}, frame))
        found.reverse()
        return found

    def _close_round(self, frame: Frame) -> None:
        """Nothing is left in a round."""
        scope = frame.scope
        assert scope is not None
        scope.frames.remove(frame)
        scope.rounds.append(Finished(frame.number, tuple(frame.results), frame.failure))
        if scope.frames:
            return
        if scope.last is not None:
            self._end_body(scope, scope.last)
        elif scope.again is None:
            scope.again = self._again(scope)

    def _again(self, scope: Scope) -> Arrival:
        """The next run of the node: for another round, or with what all of them came to."""
        origin = scope.origin
        inputs, sources = dict(origin.inputs), dict(origin.sources)
        rounds: list[Round] = []
        if not scope.has_more:
            for finished in sorted(scope.rounds, key=lambda each: each.number):
                names = []
                for source in finished.results:
                    name = f"result_{len(sources)}"
                    names.append(name)
                    sources[name] = source
                    inputs[name] = self.entries[source.order].outputs[source.port]
                rounds.append(Round(tuple(names), self._told(finished.failure)))
        return Arrival(origin.node_id, inputs, sources, scope.frame, scope=scope, rounds=tuple(rounds))

    def _told(self, failure: JournalEntry | None) -> JsonObject | None:
        if failure is None:
            return None
        error = failure.error or {}
        name = self.graph.node(failure.node_id).name
        return {"message": error.get("message", ""), "kind": error.get("kind", ""), "node": name}

    def _ran_again(self, scope: Scope, entry: JournalEntry) -> None:
        """The node with this body ran again."""
        scope.again = None
        if entry.outputs.get(scope.compiled.body_port):
            scope.chronicle.append(entry.execution_order)
            self._open_round(scope, entry)
        elif scope.frames:
            scope.last = entry
        else:
            self._end_body(scope, entry)

    def _end_body(self, scope: Scope, entry: JournalEntry) -> None:
        self._give_place(scope.frame, scope, entry, chronicle=list(self._chronicle(scope)))

    def catcher(self, frame: Frame) -> Frame | None:
        """The round that ends when something in this frame fails; None when the whole run does."""
        inner: Frame | None = frame
        while inner is not None and inner.scope is not None:
            if inner.scope.compiled.catches:
                return inner
            inner = inner.around
        return None

    def _end_early(self, frame: Frame, arrival: Arrival, failure: JournalEntry) -> None:
        """What failed ends its round: what has not begun in it never will."""
        place = arrival.frame.slots
        if arrival.scope is None:
            place[place.index(arrival)] = Passed(failure)
        else:
            arrival.scope.chronicle.append(failure.execution_order)
        frame.failure = failure
        frame.order = list(self.official(frame))
        frame.slots.clear()
        frame.gathering.clear()
        frame.results.clear()

    def _index(self, arrival: Arrival) -> int:
        scope = arrival.frame.scope
        if scope is not None and scope.base:
            return scope.base[arrival.node_id] + arrival.frame.number
        return self._next_index(arrival.node_id)

    def _next_index(self, node_id: str) -> int:
        earlier = self.entries_of.get(node_id)
        return earlier[-1].run_index + 1 if earlier else 0

    def find(self, frame: Frame, entry: JournalEntry) -> Arrival | None:
        """The arrival that this entry of a journal is the run of."""
        for slot in reversed(frame.slots):
            if isinstance(slot, Scope):
                inner = (self.find(each, entry) for each in slot.frames)
                found = next((arrival for arrival in inner if arrival is not None), None)
                if found is not None:
                    return found
            arrival = slot.again if isinstance(slot, Scope) else slot
            if not isinstance(arrival, Arrival) or arrival.node_id != entry.node_id:
                continue
            if self._index(arrival) == entry.run_index:
                return arrival
        return None

    def sees(self, frame: Frame, node_id: str) -> list[JournalEntry]:
        """The runs of a node that can be seen from a frame: of a node in the same body those of this round."""
        inner: Frame | None = frame
        while inner is not None and inner.scope is not None:
            if node_id in self.graph.body(inner.scope.compiled.id):
                return inner.seen.get(node_id, [])
            inner = inner.around
        return self.entries_of.get(node_id, [])
