"""The places of an execution that is under way: what waits to run, what runs, what has run out of its turn.

All places of a frame stand in the *official* order, the one of ``sequential``. The list is kept backwards, so that
the head, the only place that ``sequential`` ever looks at, is its last entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.workflows.engine.graph import GraphNode
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry, Source
from exprsn.kernel.jsonvalue import JsonObject

NEVER, EFFECTS, ALWAYS = "never", "effects", "always"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of a body came to: the inputs that hold its results, or why it ended before its end."""

    results: tuple[str, ...] = ()
    failure: JsonObject | None = None


@dataclass(slots=True)
class NodeCall:
    """The next run of a node: what arrived on its inputs and where each came from.

    ``order`` is its place in the journal if nothing else is recorded before it. ``rounds``: what the rounds of its
    body came to, for a node that has one and runs again; None for a run that begins with what arrived.
    """

    compiled: GraphNode
    run_index: int
    order: int
    inputs: dict[str, ItemBatch]
    sources: dict[str, Source]
    is_trigger: bool = False
    rounds: tuple[Round, ...] | None = None
    arrival: Arrival | None = None


@dataclass(slots=True, eq=False)
class Arrival:
    """Items that have come to a node. ``scope``: the body whose node is to run again. ``call``: its run, since that
    began. ``held``: what the run came to, where that ends or rests everything around it."""

    node_id: str
    inputs: dict[str, ItemBatch]
    sources: dict[str, Source]
    frame: Frame
    is_trigger: bool = False
    scope: Scope | None = None
    rounds: tuple[Round, ...] | None = None
    call: NodeCall | None = None
    held: JournalEntry | None = None


@dataclass(slots=True, eq=False)
class Hole:
    """The place that an arrival at a gathering node takes if a delivery makes it complete."""

    node_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Items for one input of a gathering node."""

    target: str
    port: str
    batch: ItemBatch
    source: Source
    hole: Hole


@dataclass(slots=True, eq=False)
class Passed:
    """A run that was recorded before its turn: its deliveries are made when its turn comes."""

    entry: JournalEntry
    deliveries: tuple[Delivery, ...] = ()
    chronicle: tuple[int, ...] = ()  # what ran in its body before it, in order


@dataclass(slots=True, eq=False)
class Scope:
    """A node whose body is under way: its open rounds, in order, and its next run.

    ``at_once``: how many rounds may be open at the same time; 0 when each waits for the one before. ``base``: for
    rounds at once, the run index of each node of the body in round 0. ``has_more``: the next run of the node begins
    another round. ``last``: the run that ended it while rounds were open. ``chronicle``: all that ran in it so far, in
    order; a frame stands for what ran in a round.
    """

    compiled: GraphNode
    origin: Arrival
    frames: list[Frame] = field(default_factory=list)
    again: Arrival | None = None
    rounds: list[Finished] = field(default_factory=list)
    chronicle: list[int | Frame] = field(default_factory=list)
    at_once: int = 0
    has_more: bool = False
    base: Mapping[str, int] = field(default_factory=dict)
    opened: int = 0
    last: JournalEntry | None = None

    @property
    def frame(self) -> Frame:
        """Where the node stands whose body it is."""
        return self.origin.frame


@dataclass(slots=True, eq=False)
class Frame:
    """Where arrivals stand that see each other: the whole run, or one round of a body.

    ``ahead``: whether others than the head may run; ``threads``: whether what runs in it runs aside. ``running``
    counts the runs under way in it and in what it holds. ``order``: what has run and had its turn. ``seen`` are the
    entries of the round, by node, ``results`` where the items of its leaves are, ``failure`` is what ended it early.
    """

    scope: Scope | None = None
    number: int = 0
    ahead: bool = False
    threads: str = NEVER
    slots: list[Slot] = field(default_factory=list)
    gathering: dict[str, list[Gathering]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    seen: dict[str, list[JournalEntry]] = field(default_factory=dict)
    results: list[Source] = field(default_factory=list)
    failure: JournalEntry | None = None
    running: int = 0

    @property
    def around(self) -> Frame | None:
        """The frame in which the node with this body stands; None for the whole run."""
        return None if self.scope is None else self.scope.frame


@dataclass(slots=True, eq=False)
class Gathering:
    """What has come together for a gathering node. ``has_run``: what still comes for its round is not needed."""

    inputs: dict[str, ItemBatch] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    has_run: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A round that is over."""

    number: int
    results: tuple[Source, ...]
    failure: JournalEntry | None


Slot = Arrival | Hole | Passed | Scope
