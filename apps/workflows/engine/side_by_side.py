"""Carrying out a run whose nodes run side by side: who begins, who is waited for, what is recorded when.

One thread coordinates: it alone asks the scheduler and records. Runs that are to be aside are handed to an ``Aside``
of the runtime. When the run is to stop, nothing more begins, and what is under way ends and is recorded: an effect
that was made is never forgotten.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from apps.workflows.engine.ahead import startable
from apps.workflows.engine.context import Canceled
from apps.workflows.engine.executor import execute_call
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.reach import Reach, reach_of
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.slots import Arrival, NodeCall
from exprsn.kernel.errors import DomainError

AfterCall = Callable[[NodeCall, JournalEntry], bool]
Work = Callable[[], JournalEntry]


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that was carried out: its entry, or what it raised."""

    call: NodeCall
    entry: JournalEntry | None = None
    error: BaseException | None = None


class Aside(Protocol):
    """Where calls are carried out beside each other; ``most`` of them at the same time."""

    @property
    def most(self) -> int: ...

    def start(self, call: NodeCall, work: Work) -> None:
        """Begin a call; returns at once."""

    def here(self, call: NodeCall, work: Work) -> JournalEntry:
        """Carry out a call in this thread."""

    def ended(self, *, wait: bool) -> Ended | None:
        """The next call that was begun and has ended; None when there is none yet and it is not to be waited for."""


def carry_out_side_by_side(run: RunContext, aside: Aside, after_call: AfterCall | None) -> str:
    """Carry out calls until none is left or the run is to stop: ``over | canceled | yielded``. Raises what
    ``after_call`` raises, once nothing is under way any more."""
    coordinator = _Coordinator(run, aside, after_call)
    coordinator.carry_out()
    if coordinator.broken is not None:
        raise coordinator.broken
    return coordinator.stopping or "over"


@dataclass(slots=True)
class _Coordinator:
    run: RunContext
    aside: Aside
    after_call: AfterCall | None
    stopping: str = ""
    broken: BaseException | None = None
    views: dict[int, tuple[RunContext, int]] = field(default_factory=dict)
    reach: Reach = field(init=False)

    def __post_init__(self) -> None:
        self.reach = reach_of(self.run.scheduler.graph)

    def carry_out(self) -> None:
        scheduler = self.run.scheduler
        try:
            self._resume()
            while self._begin():
                pass
        except BaseException as error:  # noqa: BLE001 - what is under way is waited for first, whatever happened
            self.broken = self.broken or error
        while scheduler.root.running:
            self._take_next(wait=True)

    @property
    def _is_over(self) -> bool:
        return bool(self.stopping) or self.broken is not None or self.run.scheduler.stopped

    def _resume(self) -> None:
        """The node run that waited comes first: its entry takes the place that the waiting one has in the journal."""
        run = self.run
        head = run.scheduler.head(run.scheduler.root) if run.call_outcomes or run.resumed else None
        if head is not None and not run.is_canceled():
            self._run_here(head)

    def _begin(self) -> bool:
        """Begin what may begin, and take one that has ended. Answers whether anything happened."""
        if not self._is_over and self.run.is_canceled():
            self.stopping = "canceled"
        if self._is_over:
            return False
        scheduler = self.run.scheduler
        found = startable(scheduler, self.reach, self._room())
        if len(found) == 1 and not scheduler.root.running:
            self._run_here(*found.aside, *found.here)
            return True
        for arrival in found.aside:
            self._run_aside(arrival)
        if found.here:
            self._run_here(found.here[0])
        return self._take_next(wait=not found.here) or bool(found.here)

    def _room(self) -> int:
        scheduler = self.run.scheduler
        running = scheduler.root.running
        left = scheduler.max_node_runs - len(scheduler.entries) - running
        # The one too many is begun when nothing else is under way, and says so.
        return max(0 if running else 1, min(self.aside.most - running, left))

    def _take_next(self, *, wait: bool) -> bool:
        if not self.run.scheduler.root.running:
            return False
        ended = self.aside.ended(wait=wait)
        if ended is not None:
            self._take(ended)
        return ended is not None

    def _run_aside(self, arrival: Arrival) -> None:
        call = self.run.scheduler.start(arrival)
        view = self._view(call)
        try:
            self.aside.start(call, partial(execute_call, call, view))
        except BaseException:
            self.run.scheduler.give_up(call)  # nobody carries it out, so nobody would ever end it
            raise

    def _run_here(self, arrival: Arrival) -> None:
        call = self.run.scheduler.start(arrival)
        view = self._view(call)
        try:
            ended = Ended(call, self.aside.here(call, partial(execute_call, call, view)))
        except BaseException as error:  # noqa: BLE001 - what is under way is waited for first, whatever happened
            ended = Ended(call, error=error)
        self._take(ended)

    def _take(self, ended: Ended) -> None:
        """Record what a call came to."""
        scheduler = self.run.scheduler
        self._merge(*self.views.pop(id(ended.call)))
        if ended.entry is None:
            scheduler.give_up(ended.call)
            if isinstance(ended.error, Canceled):
                self.stopping = self.stopping or "canceled"
            else:
                self.broken = self.broken or ended.error
            return
        if scheduler.finish(ended.call, ended.entry):
            self._tell(ended.call, ended.entry)
        while self.broken is None and (due := scheduler.due()) is not None:
            self._tell(*due)

    def _view(self, call: NodeCall) -> RunContext:
        """The run as one of its calls sees it: with a log of its own, which is put in its place when it has ended."""
        view = copy.copy(self.run)
        view.logs, view.response = [], None
        self.views[id(call)] = view, self.run.data_bytes
        return view

    def _merge(self, view: RunContext, bytes_before: int) -> None:
        for line in view.logs:
            self.run.log(line)
        self.run.data_bytes += view.data_bytes - bytes_before
        self.run.response = self.run.response or view.response

    def _tell(self, call: NodeCall, entry: JournalEntry) -> None:
        # After an error of the run itself the rest is still to be kept; after any other nothing can be.
        if self.after_call is None or not isinstance(self.broken, DomainError | None):
            return
        try:
            goes_on = self.after_call(call, entry)
        except Exception as error:  # noqa: BLE001 - raised once nothing is under way any more
            self.broken = self.broken or error
            return
        if not goes_on and not self.run.scheduler.stopped:
            self.stopping = self.stopping or "yielded"
