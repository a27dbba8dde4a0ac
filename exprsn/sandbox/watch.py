"""Watching one run from outside: the clock, the memory, and what comes out."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
from typing import Any, NoReturn

from exprsn.sandbox.frames import FrameError, read_frame
from exprsn.sandbox.jail import resident_bytes
from exprsn.sandbox.limits import MIB

WATCH_SECONDS = 0.02
# After so many seconds a run gives way: first it gets a tenth of a processor against one who wants it, too; then only
# what nobody wants, since even a nice process keeps those who wake up waiting for its slice of time.
NICE_SECONDS, IDLE_SECONDS = 0.25, 1.5
_NICE = 10
_HEAD_BYTES = 4096


class Failure(Exception):
    """The run was stopped from outside, or could not be started."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def watch(request: dict[str, Any], pid: int, reading: int, layers: dict[str, bool]) -> bytes:
    """Wait for the answer of a child. ``layers`` is filled with what the child says about its jail."""
    deadline = time.monotonic() + request["wall_seconds"]
    try:
        layers.update(json.loads(read_frame(reading, _HEAD_BYTES, deadline + 1)))
    except (FrameError, ValueError):
        raise Failure("sandbox_unavailable", "The jail of the sandbox could not be put up.") from None
    missing = [name for name in request["require"] if not layers.get(name)]
    if missing:
        raise Failure(
            "sandbox_unavailable",
            f"Missing: {', '.join(missing)}. EXPRSN_SANDBOX_REQUIRE asks for what this system does not give.",
        )
    _wait(request, pid, reading, deadline)
    try:
        return read_frame(reading, request["output_bytes"], deadline + 1)
    except FrameError as error:
        if "frame of" in str(error):
            raise Failure("code_output_too_large", "The result is larger than it may be.") from None
        if str(error) == "late":
            raise Failure("code_timeout", "The code took longer than it may.") from None
        _died(pid)


def _wait(request: dict[str, Any], pid: int, reading: int, deadline: float) -> None:
    most = resident_bytes(os.getpid()) + request["memory_bytes"] + 64 * MIB
    started = time.monotonic()
    steps = [(IDLE_SECONDS, _be_idle), (NICE_SECONDS, _be_nice)]
    poller = select.poll()
    poller.register(reading, select.POLLIN)
    while True:
        now = time.monotonic()
        if now >= deadline:
            raise Failure("code_timeout", "The code took longer than it may.")
        if poller.poll(min(deadline - now, WATCH_SECONDS) * 1000):
            return
        if resident_bytes(pid) > most:
            raise Failure("code_out_of_memory", "The code used more memory than it may.")
        if steps and now - started >= steps[-1][0]:
            steps.pop()[1](pid)


def _be_nice(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _NICE)


def _be_idle(pid: int) -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))


def _died(pid: int) -> NoReturn:
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise Failure("code_timeout", "The code took longer than it may.")
    raise Failure("code_crashed", "The process that ran the code died: it used too much memory, or ended itself.")
