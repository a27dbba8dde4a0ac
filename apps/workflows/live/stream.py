"""The events of an execution, derived from its rows: whoever derives them, now or later, numbers them the same.

Only what is committed has a number, rows are only ever added at the end, and nodes run one after the other. So
for each node run in order: it started, its log lines, it completed (unless it still waits); at last the rest of
the log and the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.constants import FINAL_STATUSES, NodeStatus

Row = dict[str, Any]
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """Before the node run ``order``, after the event ``seq``."""

    order: int = 0
    seq: int = 0


START = Position()


def events_from(
    start: Position, execution: Row, rows: Sequence[Row], logs: Sequence[Row]
) -> tuple[list[Event], Position]:
    """The events after ``start``, and the position before the first node run that is not completed.

    ``rows`` and ``logs`` are those with this execution order or a higher one; logs were read after the rows.
    """
    lines: dict[int | None, list[Row]] = defaultdict(list)
    for line in logs:
        lines[line["execution_order"]].append(line)
    events: list[Event] = []
    settled = start
    seq = start.seq
    parts = _of_nodes(execution, rows, lines, is_first=start.order == 0)
    for event, done in parts:
        seq += 1
        event["seq"] = seq
        events.append(event)
        if done is not None:
            settled = Position(done + 1, seq)
    if is_over(execution):
        known = {row["execution_order"] for row in rows}
        rest = [line for order, found in lines.items() if order not in known for line in found]
        for event in (*map(_log, rest), _completed(execution)):
            seq += 1
            event["seq"] = seq
            events.append(event)
    return events, settled


def is_over(execution: Row) -> bool:
    """Whether nothing more can happen."""
    return execution["status"] in FINAL_STATUSES


def _of_nodes(
    execution: Row, rows: Sequence[Row], lines: dict[int | None, list[Row]], *, is_first: bool
) -> Iterator[tuple[Event, int | None]]:
    """Events, and with the one that completes a node run its order."""
    if is_first and execution["started_at"] is not None:
        yield _started(execution), None
    for row in rows:
        yield _node("node_execution_started", row, row["started_at"]), None
        for line in lines.get(row["execution_order"], ()):
            yield _log(line), None
        if row["status"] != NodeStatus.WAITING:
            yield _node_completed(row), row["execution_order"]


def _started(execution: Row) -> Event:
    return {
        "type": "execution_started",
        "timestamp": execution["started_at"],
        "trigger_mode": execution["trigger_mode"],
    }


def _node(kind: str, row: Row, timestamp: Any) -> Event:
    names = ("node_id", "node_name", "node_type", "execution_order", "run_index")
    return {"type": kind, "timestamp": timestamp, **{name: row[name] for name in names}}


def _node_completed(row: Row) -> Event:
    names = ("status", "duration_ms", "items_in", "items_out", "retry_count", "error")
    event = _node("node_execution_completed", row, row["finished_at"])
    return event | {name: row[name] for name in names}


def _log(line: Row) -> Event:
    names = ("timestamp", "level", "message", "node_id", "node_name")
    return {"type": "execution_log", **{name: line[name] for name in names}}


def _completed(execution: Row) -> Event:
    names = (
        "status", "total_duration_ms", "nodes_executed", "nodes_skipped", "nodes_failed", "failed_node", "error",
    )  # fmt: skip
    event: Event = {"type": "execution_completed", "timestamp": execution["finished_at"]}
    return event | {name: execution[name] for name in names}
