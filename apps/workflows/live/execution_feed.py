"""One execution, for its room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.core.live.feed import CatchUp, News
from apps.core.live.limits import PAGE_BYTES
from apps.core.live.outbox import Frame
from apps.core.live.room import encode
from apps.workflows.live.rows import execution_row, log_rows, node_rows
from apps.workflows.live.stream import START, Event, Position, Row, events_from, is_over

FRAME_EVENTS = 100
_STATE = ("status", "started_at", "finished_at", "nodes_executed", "nodes_failed", "total_duration_ms")


class ExecutionFeed:
    """Knows up to where its room is; reads from there."""

    def __init__(self, execution_id: UUID) -> None:
        self.id = execution_id
        self.stream = str(execution_id)
        self.seq = 0
        self.over = False
        self._settled = START
        self._seen: tuple[Any, ...] = ()
        self._now: dict[str, Any] | None = None

    def read(self, hints: Mapping[str, Mapping[str, Any]], joining: Sequence[Mapping[str, int]], *, look: bool) -> News:
        execution = execution_row(self.id)
        if execution is None:
            self.over = True
            return self._gone(joining)
        seen = (execution["status"], execution["journal_length"], execution["fence"])
        if seen == self._seen and not hints and not joining:
            return News(over=self.over)
        self._seen = seen
        events, settled = self._events(self._settled, execution)
        frames = self._frames([event for event in events if event["seq"] > self.seq])
        self.seq = max(self.seq, settled.seq, events[-1]["seq"] if events else 0)
        self._settled = settled
        self.over = is_over(execution)
        frames += self._what_runs(hints.get(self.stream, {}))
        return News(frames, self._catch_ups(execution, joining), self.over)

    def _events(self, start: Position, execution: Row) -> tuple[list[Event], Position]:
        rows = node_rows(self.id, start.order)
        return events_from(start, execution, rows, log_rows(self.id, start.order))

    def _what_runs(self, hint: Mapping[str, Any]) -> list[Frame]:
        """The node that runs now has no row yet, so it is told without a number."""
        told = hint.get("now")
        if not isinstance(told, dict) or self.over or told["execution_order"] != self._settled.order:
            if self._now is not None and (self.over or self._now["execution_order"] < self._settled.order):
                self._now = None
            return []
        self._now = told
        return [self._now_frame()]

    def _now_frame(self) -> Frame:
        return encode({"type": "now", "execution": self.stream, "node": self._now})

    def _catch_ups(self, execution: Row, joining: Sequence[Mapping[str, int]]) -> list[CatchUp]:
        if not joining:
            return []
        needed = any(after.get(self.stream, 0) < self.seq for after in joining)
        # Events that came between the two reads wait for the next one.
        events = [e for e in self._events(START, execution)[0] if e["seq"] <= self.seq] if needed else []
        state = {"type": "state", "execution": self.stream, "seq": self.seq}
        first = encode(state | {name: execution[name] for name in _STATE})
        return [self._catch_up(first, events[after.get(self.stream, 0) :]) for after in joining]

    def _catch_up(self, state: Frame, events: Sequence[Event]) -> CatchUp:
        frames = self._frames(events)
        size = 0
        for count, frame in enumerate(frames):
            size += len(frame.data)
            if size > PAGE_BYTES and count:
                return CatchUp([state, *frames[:count]], complete=False)
        now = [self._now_frame()] if self._now is not None else []
        return CatchUp([state, *frames, *now])

    def _frames(self, events: Sequence[Event]) -> list[Frame]:
        pages = [events[at : at + FRAME_EVENTS] for at in range(0, len(events), FRAME_EVENTS)]
        return [
            encode(
                {"type": "events", "execution": self.stream, "seq": page[-1]["seq"], "events": page},
                self.stream,
                page[-1]["seq"],
            )
            for page in pages
        ]

    def _gone(self, joining: Sequence[Mapping[str, int]]) -> News:
        frame = encode({"type": "gone", "execution": self.stream})
        return News([frame], [CatchUp([frame]) for _ in joining], over=True)
