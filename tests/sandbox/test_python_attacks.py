"""The same for Python, where nothing but the jail stands in the way: every file, process, socket and signal."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exprsn.sandbox.errors import (
    CodeCrashed,
    CodeFailed,
    CodeOutOfMemory,
    CodeOutputTooLarge,
    CodeTimeout,
    SandboxError,
)
from exprsn.sandbox.limits import MIB, Limits
from tests.sandbox.calls import PYTHON, CallType, Pools, attempt
from tests.sandbox.python_attack_sources import ESCAPES, FLOOD, FORGED, SPACE, TAMPERING, TIME

LIMITS = Limits(wall_seconds=1.0, memory_bytes=48 * MIB)
PATIENT = Limits(wall_seconds=8, memory_bytes=48 * MIB, output_bytes=MIB)
DEAD = (CodeOutOfMemory, CodeFailed, CodeCrashed)

each_call = pytest.mark.parametrize("call", PYTHON, ids=lambda call: call.name)


def python_works(pools: Pools, call: CallType) -> None:
    """The next call of the same way is answered as ever."""
    found = attempt(pools, call, "return {'v': [n + 1 for n in [1]][0]}", PATIENT)
    assert isinstance(found, str)
    assert json.loads(found)[0]["json"] == {"v": 2}


@each_call
def test_no_time_is_gained(pools: Pools, call: CallType) -> None:
    with ThreadPoolExecutor(4) as workers:
        answers = workers.map(lambda source: attempt(pools, call, source, LIMITS), TIME.values())
        found = dict(zip(TIME, answers, strict=True))
    assert {name: type(error) for name, error in found.items()} == dict.fromkeys(TIME, CodeTimeout)
    python_works(pools, call)


@each_call
@pytest.mark.parametrize("source", SPACE.values(), ids=SPACE)
def test_memory_and_crashes_are_contained(pools: Pools, call: CallType, source: str) -> None:
    assert isinstance(attempt(pools, call, source, PATIENT), DEAD)
    python_works(pools, call)


@each_call
@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES)
def test_nothing_outside_is_reached(pools: Pools, call: CallType, source: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
        port = listener.getsockname()[1]
        box.bind(("127.0.0.1", port))
        # With one run at a time the zygote used last is the one that is used next.
        parent = str(pools.python._idle[-1].pid)
        found = attempt(pools, call, source.replace("PORT", str(port)).replace("PARENT", parent), PATIENT)
        listener.settimeout(0)
        box.settimeout(0)
        for reach in (listener.accept, lambda: box.recv(10)):
            with pytest.raises(BlockingIOError):
                reach()
    assert isinstance(found, SandboxError) or "GOT" not in found
    assert not (Path(tempfile.gettempdir()) / "exprsn-escaped").exists()
    python_works(pools, call)


@each_call
def test_what_a_run_changes_dies_with_it(pools: Pools, call: CallType) -> None:
    attempt(pools, call, TAMPERING, PATIENT)
    python_works(pools, call)


@each_call
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"ok": True}, CodeCrashed),
        ({"ok": True, "items": 5}, CodeCrashed),
        ([], CodeCrashed),
        ({"ok": False, "code": "sandbox_unavailable", "message": "x"}, CodeFailed),
        ({"ok": False, "code": "code_output_too_large", "message": "\ud800"}, CodeFailed),
        ({"ok": False, "line": "<b>", "stack": [1]}, CodeFailed),
        ({"ok": "yes"}, CodeFailed),
    ],
)
def test_a_forged_answer_is_at_most_an_error(pools: Pools, call: CallType, answer: object, kind: type) -> None:
    found = attempt(pools, call, FORGED.format(repr(answer)), PATIENT)
    assert type(found) is kind
    assert not {"line", "stack"} & found.params.keys()
    python_works(pools, call)


@each_call
def test_forged_layers_are_not_believed(pools: Pools, call: CallType) -> None:
    before = pools.python.layers()
    answer = {"ok": True, "items": "[]", "layers": {"seccomp": "forged"}, "failure": None}
    attempt(pools, call, FORGED.format(repr(answer)), PATIENT)
    assert pools.python.layers() == before


@each_call
def test_a_flood_of_garbage_and_of_output_ends(pools: Pools, call: CallType) -> None:
    assert isinstance(attempt(pools, call, FLOOD, PATIENT), CodeOutputTooLarge)
    assert isinstance(attempt(pools, call, "return {'v': 'x' * (2 << 20)}", PATIENT), CodeOutputTooLarge)
    assert isinstance(attempt(pools, call, "while True: print('x' * 1000)", LIMITS), CodeTimeout)
    python_works(pools, call)


# What the collected attacks say when they succeed.
ACHIEVED = (
    "root:", "connected", "sent", "unix socket", "opened", "written", "linked", "parent signalled", "uid=",
    "SECRET LEAKED", "ptrace 0", "unshare 0", "fork 0", "exec 0", "rc 0",
)  # fmt: skip


@each_call
def test_the_collected_attacks_are_contained(pools: Pools, corpora: Path, call: CallType) -> None:
    text = (corpora / "sandbox-attacks" / "attacks_plugin.py").read_text()
    names = [line.split("(")[0].removeprefix("def ") for line in text.splitlines() if line.startswith("def ")]
    assert len(names) > 40
    sources = [f"{text}\nreturn {{'v': str({name}(None))[:300]}}" for name in names]
    with ThreadPoolExecutor(4) as workers:
        answers = workers.map(lambda source: attempt(pools, call, source, LIMITS), sources)
        found = dict(zip(names, answers, strict=True))
    achieved = {name: answer for name, answer in found.items() if isinstance(answer, str)}
    assert not {name: text for name, text in achieved.items() if any(word in text for word in ACHIEVED)}
    assert {"benign", "subclasses"} <= achieved.keys()
    for name in ("tcp_connect_fd", "openat_root", "raw_fork", "ptrace", "unshare"):
        assert name not in achieved or " -1" in achieved[name]
    assert not (Path("/") / "PWNED").exists()
    assert os.getppid() > 0
    python_works(pools, call)
