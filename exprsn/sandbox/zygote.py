"""The zygote: a clean process that forks one jailed child for each run and watches it.

It is exec'd with an empty environment and no site-packages, so that there is nothing in it to leak. It
reads requests from standard input until its parent closes it. To each it writes two frames: its own verdict
(which layers of the jail hold, and how the run failed, if from outside) and the untrusted answer of the child.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
from collections.abc import Callable
from typing import Any

from exprsn.sandbox.frames import FrameError, read_frame, write_frame
from exprsn.sandbox.jail import enter_jail, leave_network
from exprsn.sandbox.limits import MIB
from exprsn.sandbox.watch import Failure, watch

MAX_REQUEST = 256 * MIB
_STDIN, _STDOUT = 0, 1
# Family of guests → the module with its table of kinds: kind of request → what answers it, in the jail.
GUESTS = {
    "javascript": "exprsn.sandbox.guest",
    "python": "exprsn.sandbox.python_guest",
    "expressions": "exprsn.sandbox.expression_guest",
}
Kinds = dict[str, Callable[[dict[str, Any]], dict[str, Any]]]


def main(guest: str, preload: str = "") -> None:
    """Serve until standard input is closed."""
    kinds: Kinds = {"nothing": lambda request: {"ok": True}, **importlib.import_module(GUESTS[guest]).KINDS}
    for name in filter(None, preload.split(",")):
        importlib.import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    root = os.getuid() == 0  # asked before: in a user namespace the answer is another
    no_network = leave_network()
    gc.collect()
    gc.freeze()
    while True:
        try:
            request = json.loads(read_frame(_STDIN, MAX_REQUEST))
        except (FrameError, OSError, ValueError):
            return
        verdict, answer = _run(request, kinds, root, no_network)
        write_frame(_STDOUT, json.dumps(verdict).encode())
        write_frame(_STDOUT, answer)


def _run(request: dict[str, Any], kinds: Kinds, root: bool, no_network: bool) -> tuple[dict[str, Any], bytes]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(request, kinds, root, no_network, writing)
    os.close(writing)
    layers: dict[str, bool] = {}
    try:
        answer = watch(request, pid, reading, layers)
    except Failure as failure:
        return {"layers": layers, "failure": {"ok": False, "code": failure.code, "message": str(failure)}}, b""
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    return {"layers": layers, "failure": None}, answer


def _child(request: dict[str, Any], kinds: Kinds, root: bool, no_network: bool, writing: int) -> None:
    """Never returns."""
    try:
        # Only the pipe for the answer is kept; 0–2 must exist, or the pipe could take their place.
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.closerange(3, writing)
        os.closerange(writing + 1, 256)
        layers = enter_jail(request["memory_bytes"], int(request["wall_seconds"]) + 1, no_network=no_network, root=root)
        # Said before the code is looked at, so that it cannot be forged.
        write_frame(writing, json.dumps(layers).encode())
        if all(layers.get(name) for name in request["require"]):
            answer = kinds[request["kind"]](request)
            write_frame(writing, json.dumps(answer).encode("utf-8", "replace"))
    finally:
        os._exit(0)
