"""A part of a workflow that is run by itself: which nodes belong to it, and what stands for those not run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from apps.workflows.engine.journal import JournalEntry, Source


@dataclass(frozen=True, slots=True)
class Part:
    """What a partial run may reach.

    ``nodes``: ids of all that run or are taken over. Nothing that leaves ``end_node`` is followed. ``roots``: where
    it begins, in this order. ``taken``: node id and run index → the entry that stands for this run of the node.
    """

    nodes: frozenset[str]
    end_node: str = ""
    roots: tuple[str, ...] = ()
    taken: Mapping[tuple[str, int], JournalEntry] = field(default_factory=dict)

    def follows(self, source: str, target: str) -> bool:
        """Whether what leaves ``source`` may arrive at ``target``."""
        return source != self.end_node and target in self.nodes

    def entry_for(self, node_id: str, run_index: int, order: int, sources: dict[str, Source]) -> JournalEntry | None:
        """The entry that stands for this run of a node, at its place in the new journal; None when it is to run."""
        found = self.taken.get((node_id, run_index))
        return None if found is None else replace(found, execution_order=order, run_index=run_index, sources=sources)

    def to_data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "nodes": sorted(self.nodes),
            "end_node": self.end_node,
            "roots": list(self.roots),
            "taken": [_entry_data(entry, run_index) for (_, run_index), entry in self.taken.items()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Part:
        """The inverse of ``to_data``."""
        entries = [_entry(entry) for entry in data["taken"]]
        return cls(
            nodes=frozenset(data["nodes"]),
            end_node=data["end_node"],
            roots=tuple(data["roots"]),
            taken={(entry.node_id, entry.run_index): entry for entry in entries},
        )


def _entry_data(entry: JournalEntry, run_index: int) -> dict[str, Any]:
    # Where its input came from is known when it is taken over; how long it took is not part of a journal's data.
    return {
        **replace(entry, run_index=run_index, sources={}).to_data(),
        "started_at": entry.started_at.isoformat() if entry.started_at else None,
        "finished_at": entry.finished_at.isoformat() if entry.finished_at else None,
        "duration_ms": entry.duration_ms,
        "retry_count": entry.retry_count,
        "items_in": entry.items_in,
    }


def _entry(data: Mapping[str, Any]) -> JournalEntry:
    entry = JournalEntry.from_data(data)
    entry.started_at, entry.finished_at = _moment(data["started_at"]), _moment(data["finished_at"])
    entry.duration_ms, entry.retry_count, entry.items_in = data["duration_ms"], data["retry_count"], data["items_in"]
    return entry


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
