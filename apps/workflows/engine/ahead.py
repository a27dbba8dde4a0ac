"""Which runs may begin now: the one whose turn it is, and those whose turn can change nothing about them.

A run may begin ahead of its turn when nothing that comes before it can run its node (its run index is settled), nor
a node that its expressions look at (what they see is settled), nor look at its node (it must not be seen too early).
What comes before it is known from its places: their nodes and all that can follow from these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from apps.workflows.engine.reach import Reach
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.engine.slots import ALWAYS, EFFECTS, Arrival, Frame, Passed, Scope, Slot

# How many places of a frame are looked at; what stands behind them has to wait.
MAX_LOOKED_AT = 200


@dataclass(slots=True)
class Startable:
    """The arrivals that may begin: ``aside`` of the coordinating thread, ``here`` in it one after the other."""

    aside: list[Arrival] = field(default_factory=list)
    here: list[Arrival] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.aside) + len(self.here)


@dataclass(slots=True)
class _Before:
    """What comes before a place: ``runs`` the nodes that may run, ``read`` those that may be looked at."""

    runs: int = 0
    read: int = 0


def startable(scheduler: Scheduler, reach: Reach, room: int) -> Startable:
    """What may begin now, in the official order; no more than ``room`` of them aside."""
    scheduler.advance(scheduler.root)
    look = _Look(scheduler, reach, room)
    look.through(scheduler.root, _Before())
    return look.found


@dataclass(slots=True)
class _Look:
    scheduler: Scheduler
    reach: Reach
    room: int
    found: Startable = field(default_factory=Startable)

    def through(self, frame: Frame, before: _Before) -> bool:
        """Look through the places of a frame. False: what comes behind the frame has to wait."""
        for slot in islice(reversed(frame.slots), MAX_LOOKED_AT):
            is_full = frame.threads == ALWAYS and len(self.found.aside) >= self.room
            if is_full or not self._at(slot, frame, before) or not frame.ahead:
                return False
        return len(frame.slots) <= MAX_LOOKED_AT

    def _at(self, slot: Slot, frame: Frame, before: _Before) -> bool:
        if isinstance(slot, Scope):
            goes_on = self._body(slot, frame, before)
            self._add(before, slot.compiled.id)
            return goes_on
        if isinstance(slot, Passed):
            for delivery in slot.deliveries:
                self._add(before, delivery.target)
            return True
        if isinstance(slot, Arrival):
            if slot.held is not None:
                return False
            self._offer(slot, frame.threads, before)
        self._add(before, slot.node_id)
        return True

    def _body(self, scope: Scope, around: Frame, before: _Before) -> bool:
        """Rounds that are open at the same time see nothing of each other."""
        goes_on = True
        for number, frame in enumerate(scope.frames):
            outside = _Before(before.runs | (self.reach.beyond if number else 0), before.read)
            if not self.through(frame, outside) and _is_held(frame):
                goes_on = False
                break
        again = scope.again
        if again is None or not goes_on:
            return goes_on
        if again.held is not None:
            return False
        if not scope.frames or (scope.has_more and len(scope.frames) < scope.at_once):
            self._offer(again, around.threads, before)
        return True

    def _offer(self, arrival: Arrival, threads: str, before: _Before) -> None:
        node_id, reach = arrival.node_id, self.reach
        bit, reads = reach.bit[node_id], reach.reads[node_id]
        if arrival.call is not None or bit & (before.runs | before.read) or reads & before.runs:
            return
        if before.runs and node_id in reach.ordered:
            return
        effect = self.scheduler.graph.compiled(node_id).type.capabilities.side_effect
        is_aside = threads == ALWAYS or (threads == EFFECTS and effect)
        if not is_aside:
            self.found.here.append(arrival)
        elif len(self.found.aside) < self.room:
            self.found.aside.append(arrival)

    def _add(self, before: _Before, node_id: str) -> None:
        before.runs |= self.reach.runs[node_id]
        before.read |= self.reach.read[node_id]


def _is_held(frame: Frame) -> bool:
    """Whether something in it that ends or rests the run waits for its turn."""
    for slot in frame.slots:
        if isinstance(slot, Arrival) and slot.held is not None:
            return True
        if isinstance(slot, Scope) and (
            any(map(_is_held, slot.frames)) or (slot.again is not None and slot.again.held is not None)
        ):
            return True
    return False
