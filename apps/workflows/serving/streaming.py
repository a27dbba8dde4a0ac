"""Answers that are sent while the run goes on: each respond node adds to them.

The run has a thread of its own. A caller who leaves ends the answer, not the run.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack
from contextvars import copy_context
from typing import Any

import structlog
from django.conf import settings
from django.db import connection

from apps.core.public import dumps
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.execution.leases import Lease
from apps.workflows.execution.outcome import RunOutcome
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import Execution

logger = structlog.get_logger(__name__)
NDJSON, TEXT = "ndjson", "text"
CONTENT_TYPES = {NDJSON: "application/x-ndjson", TEXT: "text/plain; charset=utf-8"}


class Stream:
    """The answer of one run, from the thread that runs it to the one that sends it."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._pieces: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._is_left = threading.Event()

    def say(self, response: WebResponse) -> None:
        """Add what a respond node answers: a line for each item, or its text."""
        if self._form == TEXT:
            self._put(_text_of(response).encode("utf-8", "replace"))
            return
        if response.body is not None:
            lines = response.body if isinstance(response.body, list) else [response.body]
            self._put(b"".join(dumps(line) + b"\n" for line in lines))

    def end(self, problem: dict[str, Any] | None = None) -> None:
        """Nothing follows. What went wrong is told by a last line, for the status has been sent long ago."""
        if problem is not None and self._form == NDJSON:
            self._put(dumps({"error": problem}) + b"\n")
        self._pieces.put(None)

    def pieces(self) -> Generator[bytes, None, None]:
        """What to send, as it comes. Closing it means that nobody listens any more."""
        try:
            while (piece := self._pieces.get()) is not None:
                yield piece
        finally:
            self._is_left.set()

    def _put(self, piece: bytes) -> None:
        if piece and not self._is_left.is_set():
            self._pieces.put(piece)


def _text_of(response: WebResponse) -> str:
    if response.body is None:
        return ""
    return str(response.body) if response.is_text else dumps(response.body).decode() + "\n"


def run_into(stream: Stream, execution: Execution, lease: Lease, items: Any, *, held: ExitStack) -> None:
    """Carry the run out in a thread of its own; ``held`` is let go when it has ended."""

    def work() -> None:
        problem: dict[str, Any] | None = _problem(execution, "workflow_failed")
        try:
            outcome = execute_held_run(
                execution,
                lease,
                items=items,
                caller_waits=True,
                slice_seconds=settings.EXPRSN_STREAM_SECONDS,
                on_response=stream.say,
            )
            problem = _problem_of(execution, outcome)
        except Exception:
            # Its lease runs out, and the sweep gives the run to somebody.
            logger.exception("streamed_run_broke_off", execution_id=str(execution.id))
        finally:
            held.close()
            stream.end(problem)
            connection.close()

    _start(work, f"stream-{execution.id}")


def _start(work: Callable[[], None], name: str) -> None:
    context = copy_context()
    threading.Thread(target=context.run, args=(work,), name=name, daemon=True).start()


def _problem_of(execution: Execution, outcome: RunOutcome) -> dict[str, Any] | None:
    return _problem(execution, "workflow_failed") if outcome.status in {"error", "canceled"} else None


def _problem(execution: Execution, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "message": "The workflow failed; its execution says why.",
        "execution_id": str(execution.id),
    }
