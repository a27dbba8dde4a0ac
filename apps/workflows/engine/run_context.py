"""What all node runs of one execution share."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.workflows.engine.node_type import CallOutcome, NodeContext, NodeResult, WebResponse
from apps.workflows.engine.ports import Ports
from apps.workflows.engine.scheduler import NodeCall, Scheduler
from apps.workflows.engine.waiting import ResumeAddresses, Resumed
from exprsn.kernel.clock import monotonic

MAX_LOG_LINES = 1_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of an execution's log."""

    level: str
    message: str
    node_id: str
    node_name: str
    timestamp: datetime | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a node of a dry run would have changed outside, for the item at this position."""

    node_id: str
    node_name: str
    node_type: str
    item: int
    effect: Mapping[str, Any]

    def to_data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "node_id": self.node_id,
            "node": self.node_name,
            "type": self.node_type,
            "item": self.item,
            "effect": dict(self.effect),
        }


@dataclass(slots=True)
class RunContext:
    """One execution as its nodes see it.

    ``dry_run``: nodes with an effect do nothing; what they would have done is in ``changes``. ``deadline`` is
    the monotonic time at which the whole run must be over. ``call_outcomes``: node and run index → what the
    runs that it asked for came to; ``resumed``: how the wait of that node run ended; ``resume_at`` is asked where the
    run is resumed from outside, by whoever wants to tell somebody.
    ``environment`` are the variables that expressions may read as ``$env``; ``use_pins`` lets pinned data
    replace node runs (manual runs); ``before_effect`` is told of each call with a side effect before every try and
    stops the run by raising; ``stand_in`` may answer in place of a node (test cases); ``sleep`` waits
    between tries; ``is_canceled`` is asked between items.
    ``on_response`` is told of every answer for the webhook's caller, ``response`` is the first of them.
    ``data_bytes``: how much data the nodes made since the run was taken up last.
    """

    scheduler: Scheduler
    ports: Ports
    execution_id: str = ""
    mode: str = "manual"
    workflow_id: str = ""
    workflow_name: str = ""
    workflow_active: bool = False
    timezone: str = "UTC"
    variables: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    use_pins: bool = False
    dry_run: bool = False
    deadline: float | None = None
    custom_data: dict[str, Any] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep
    is_canceled: Callable[[], bool] = bool
    before_effect: Callable[[NodeCall], None] = lambda call: None
    stand_in: Callable[[NodeContext, NodeCall], NodeResult | None] = lambda context, call: None
    logs: list[LogLine] = field(default_factory=list)
    response: WebResponse | None = None
    on_response: Callable[[WebResponse], None] = lambda response: None
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    call_outcomes: dict[tuple[str, int], Sequence[CallOutcome]] = field(default_factory=dict)
    resumed: dict[tuple[str, int], Resumed] = field(default_factory=dict)
    resume_at: Callable[[], ResumeAddresses] = ResumeAddresses
    data_bytes: int = 0

    def seconds_left(self) -> float | None:
        """Until the run must be over; None when it may take as long as it likes."""
        return None if self.deadline is None else self.deadline - monotonic()

    def is_over_time(self) -> bool:
        """Whether the run has taken all the time it may."""
        return self.deadline is not None and monotonic() >= self.deadline

    def log(self, line: LogLine) -> None:
        """Keep a line; past the limit the rest is counted, not kept."""
        if len(self.logs) < MAX_LOG_LINES:
            self.logs.append(line)
