"""The official order of an execution: who stands where, and whose turn it is to pass items on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apps.workflows.engine import gathering
from apps.workflows.engine.graph import Graph, GraphNode
from apps.workflows.engine.journal import JournalEntry, Source
from apps.workflows.engine.part import Part
from apps.workflows.engine.slots import Arrival, Delivery, Frame, Hole, Passed, Scope, Slot


@dataclass(slots=True)
class Turns:
    """The places of one execution. A run that was recorded gives its place to the arrivals that follow from it."""

    graph: Graph
    entries: list[JournalEntry] = field(default_factory=list)
    entries_of: dict[str, list[JournalEntry]] = field(default_factory=dict)
    part: Part | None = None
    root: Frame = field(default_factory=Frame)

    def official(self, frame: Frame | None = None) -> Iterator[int]:
        """The places in the journal of all that has run, in the order of ``sequential``."""
        frame = frame or self.root
        yield from frame.order
        for slot in reversed(frame.slots):
            if isinstance(slot, Passed):
                yield from slot.chronicle
                yield slot.entry.execution_order
                continue
            if isinstance(slot, Scope):
                yield from self._chronicle(slot)
            arrival = slot.again if isinstance(slot, Scope) else slot
            if isinstance(arrival, Arrival) and self.entries and arrival.held is self.entries[-1]:
                yield self.entries[-1].execution_order

    def _chronicle(self, scope: Scope) -> Iterator[int]:
        for part in scope.chronicle:
            if isinstance(part, Frame):
                yield from self.official(part)
            else:
                yield part

    def _give_place(
        self, frame: Frame, slot: Slot, entry: JournalEntry, *, chronicle: Sequence[int] = (), body: Scope | None = None
    ) -> None:
        """Put what follows from a run in the place that it had; its deliveries wait for its turn."""
        compiled = self.graph.compiled(entry.node_id)
        slots = frame.slots
        has_turn = slots[-1] is slot
        places: list[Slot] = [] if body is None else [body]
        deliveries: list[Delivery] = []
        for successor in compiled.successors:
            batch = entry.outputs.get(successor.output)
            if not batch or successor.output == compiled.body_port:
                continue
            if self.part is not None and not self.part.follows(entry.node_id, successor.target):
                continue
            if frame.scope is not None and leads_back(frame, successor.target):
                continue
            source = Source(entry.execution_order, successor.output)
            if not successor.gathers:
                places.append(Arrival(successor.target, {successor.input: batch}, {successor.input: source}, frame))
                continue
            delivery = Delivery(successor.target, successor.input, batch, source, Hole(successor.target))
            if has_turn:
                complete = gathering.deliver(self.graph, frame, delivery)
                places += [] if complete is None else [complete]
            else:
                deliveries.append(delivery)
                places.append(delivery.hole)
        places.reverse()
        if has_turn:
            slots.pop()
            if frame.scope is None and not chronicle:
                frame.order.append(entry.execution_order)
            else:
                self._had_turn(frame, compiled, entry, chronicle)
            slots += places
            if not places and slots:
                self._tidy(frame)
        else:
            at = slots.index(slot)
            slots[at : at + 1] = [*places, Passed(entry, tuple(deliveries), tuple(chronicle))]

    def _had_turn(self, frame: Frame, compiled: GraphNode, entry: JournalEntry, chronicle: Sequence[int]) -> None:
        frame.order += chronicle
        frame.order.append(entry.execution_order)
        if frame.scope is not None and compiled.is_leaf:
            frame.results += [
                Source(entry.execution_order, port)
                for port, batch in entry.outputs.items()
                if batch and port != compiled.body_port
            ]

    def _tidy(self, frame: Frame) -> None:
        """Give their turn to runs that were recorded before it and now stand at the head."""
        slots = frame.slots
        while slots and isinstance(passed := slots[-1], Passed):
            slots.pop()
            self._had_turn(frame, self.graph.compiled(passed.entry.node_id), passed.entry, passed.chronicle)
            for delivery in passed.deliveries:
                at = slots.index(delivery.hole)
                complete = gathering.deliver(self.graph, frame, delivery)
                slots[at : at + 1] = [] if complete is None else [complete]


def leads_back(frame: Frame, target: str) -> bool:
    """Whether a node is one whose body this frame is in: a draft may say so, but there is no end to that."""
    inner: Frame | None = frame
    while inner is not None and inner.scope is not None:
        if inner.scope.compiled.id == target:
            return True
        inner = inner.around
    return False
