"""The executions of a workflow, or all that somebody may see, for their room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.core.live.feed import CatchUp, News
from apps.core.live.limits import PAGE_BYTES
from apps.core.live.outbox import Frame
from apps.core.live.room import encode
from apps.workflows.access import visible_executions
from apps.workflows.constants import FINAL_STATUSES
from apps.workflows.live.execution_feed import ExecutionFeed

NEWEST = 20
AT_ONCE = 50
KEPT = 200
_ROW = (
    "id", "workflow_id", "workflow__name", "status", "trigger_mode", "journal_length", "nodes_executed",
    "nodes_failed", "created_at", "started_at", "finished_at", "total_duration_ms",
)  # fmt: skip
Row = dict[str, Any]


class ListFeed:
    """Rows that changed; with ``workflow_id`` also the events of that workflow's executions."""

    def __init__(self, actor: Actor, workflow_id: UUID | None = None) -> None:
        self._actor = actor
        self._workflow_id = workflow_id
        self._about = {"workflow": str(workflow_id)} if workflow_id else {"executions": "all"}
        self._known: OrderedDict[str, tuple[Any, ...]] = OrderedDict()
        self._feeds: OrderedDict[str, ExecutionFeed] = OrderedDict()
        self._waiting: dict[str, Mapping[str, Any]] = {}

    def read(self, hints: Mapping[str, Mapping[str, Any]], joining: Sequence[Mapping[str, int]], *, look: bool) -> News:
        self._waiting.update(hints)
        taken = {about: self._waiting.pop(about) for about in list(self._waiting)[:AT_ONCE]}
        rows = self._rows(set(taken), with_newest=look or bool(joining))
        is_first = not self._known
        changed = [row for row in rows if self._is_news(row)]
        frames = [encode({"type": "changes", **self._about, "executions": changed})] if changed else []
        if self._workflow_id is not None:
            # What had ended before anybody looked is not told again.
            fresh = [row for row in changed if not (is_first and row["status"] in FINAL_STATUSES)]
            frames += self._events(taken, fresh)
        return News(frames, [self._catch_up(rows, after) for after in joining], more=bool(self._waiting))

    def _rows(self, ids: set[str], *, with_newest: bool) -> list[Row]:
        """Those asked for; those that are known and not finished; and the newest."""
        visible = visible_executions(self._actor)
        if self._workflow_id is not None:
            visible = visible.filter(workflow_id=self._workflow_id)
        if with_newest:
            ids = ids | {name for name, seen in self._known.items() if seen[0] not in FINAL_STATUSES}
            ids |= {str(found) for found in visible.order_by("-id").values_list("id", flat=True)[:NEWEST]}
        return list(visible.filter(id__in=ids).order_by("-id").values(*_ROW)) if ids else []

    def _is_news(self, row: Row) -> bool:
        name, seen = str(row["id"]), (row["status"], row["journal_length"])
        is_news = self._known.get(name) != seen
        self._known[name] = seen
        self._known.move_to_end(name)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return is_news

    def _events(self, hints: Mapping[str, Mapping[str, Any]], changed: Sequence[Row]) -> list[Frame]:
        frames: list[Frame] = []
        for name in {str(row["id"]) for row in changed} | (hints.keys() & self._known.keys()):
            feed = self._feed(name)
            frames += feed.read({name: hints.get(name, {})}, [], look=True).frames
        return frames

    def _feed(self, name: str) -> ExecutionFeed:
        feed = self._feeds.setdefault(name, ExecutionFeed(UUID(name)))
        self._feeds.move_to_end(name)
        if len(self._feeds) > KEPT:
            self._feeds.popitem(last=False)
        return feed

    def _catch_up(self, rows: Sequence[Row], after: Mapping[str, int]) -> CatchUp:
        state = encode({"type": "state", **self._about, "executions": rows})
        catch_up = CatchUp([state])
        if self._workflow_id is None:
            return catch_up
        # Who joins sees the runs that are not finished; who fell behind also those that ended meanwhile.
        for feed in list(self._feeds.values()):
            if (feed.over and not after) or 0 < feed.seq <= after.get(feed.stream, 0):
                continue
            found = feed.read({}, [after], look=True).catch_ups[0]
            catch_up.frames += found.frames
            size = sum(len(frame.data) for frame in catch_up.frames)
            if not found.complete or size > PAGE_BYTES:
                catch_up.complete = False
                break
        return catch_up
