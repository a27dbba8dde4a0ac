"""The journal: what has happened in an execution, one entry for each run of a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import CallStart
from apps.workflows.engine.waiting import WaitFor
from exprsn.kernel.jsonvalue import JsonObject

SUCCESS = "success"
ERROR = "error"
SKIPPED = "skipped"
WAITING = "waiting"


class Source(NamedTuple):
    """Where an input came from: the output ``port`` of the entry with this ``order``."""

    order: int
    port: str


@dataclass(slots=True)
class JournalEntry:
    """One run of one node.

    ``sources`` says for each input port which output arrived there, so that inputs are never stored
    twice. ``state`` is the node's memory after the run. ``continued`` marks an error that the run went on from.
    ``starts`` are runs of other workflows that are to be accepted with this entry; ``calls`` their execution ids.
    ``wait_for`` is what is to be waited for from now on; ``wait`` says where that is kept: ``{id, kind}``.
    """

    node_id: str
    run_index: int
    execution_order: int
    status: str
    outputs: dict[str, ItemBatch] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    error: JsonObject | None = None
    continued: bool = False
    state: dict[str, Any] | None = None
    wait_until: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    duration_ms: float = 0
    retry_count: int = 0
    items_in: int = 0
    starts: list[CallStart] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    wait_for: WaitFor | None = None
    wait: JsonObject | None = None

    @property
    def runs_again(self) -> bool:
        """Whether the node runs once more with what it waited for, instead of the run going on after it."""
        return self.status == WAITING and bool(self.calls or self.wait)

    @property
    def items_out(self) -> int:
        """How many items went out of all ports together."""
        return sum(len(batch) for batch in self.outputs.values())

    def first_output(self) -> ItemBatch:
        """The batch of the first port that has items; empty when none has."""
        return next((batch for batch in self.outputs.values() if batch), ItemBatch())

    def to_data(self, batch_data: Callable[[ItemBatch], Any] = ItemBatch.to_data) -> dict[str, Any]:
        """The entry as JSON, with defaults left out; ``batch_data`` says what stands for the items of an output."""
        data: dict[str, Any] = {
            "node_id": self.node_id,
            "run_index": self.run_index,
            "order": self.execution_order,
            "status": self.status,
            "outputs": {port: batch_data(batch) for port, batch in self.outputs.items()},
            "sources": {port: {"order": s.order, "port": s.port} for port, s in self.sources.items()},
        }
        if self.error is not None:
            data["error"] = self.error
        if self.continued:
            data["continued"] = True
        if self.state is not None:
            data["state"] = self.state
        if self.calls:
            data["calls"] = self.calls
        if self.wait is not None:
            data["wait"] = self.wait
        if self.wait_until is not None:
            data["wait_until"] = self.wait_until.isoformat()
        return data

    @classmethod
    def from_data(
        cls, data: Mapping[str, Any], batch_of: Callable[[Any], ItemBatch] = ItemBatch.from_data
    ) -> JournalEntry:
        """The inverse of ``to_data``; times and durations are not part of the data."""
        wait_until = data.get("wait_until")
        return cls(
            node_id=data["node_id"],
            run_index=data["run_index"],
            execution_order=data["order"],
            status=data["status"],
            outputs={port: batch_of(items) for port, items in data["outputs"].items()},
            sources={port: Source(s["order"], s["port"]) for port, s in data["sources"].items()},
            error=data.get("error"),
            continued=data.get("continued", False),
            state=data.get("state"),
            wait_until=datetime.fromisoformat(wait_until) if wait_until else None,
            calls=list(data.get("calls", ())),
            wait=data.get("wait"),
        )


def merge_journal(data: dict[str, dict[str, Any]], more: Mapping[str, dict[str, Any]]) -> None:
    """Add entries as data, by order. Of two of one node run the one that no longer waits counts, whichever was
    written first: clocks of processes differ."""
    for order, entry in more.items():
        if order not in data or entry["status"] != WAITING:
            data[order] = entry
