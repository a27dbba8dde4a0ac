"""What became of a run, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.workflows.engine.node_type import WebResponse


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """``status`` of the execution, ``output`` as item data, ``response`` for a webhook's caller.

    ``handed_over``: the run waits or took too long, and goes on in a worker.
    """

    status: str
    output: Sequence[dict[str, Any]] = field(default_factory=list)
    response: WebResponse | None = None
    handed_over: bool = False
