"""The walls: what this kernel offers is put up, what is missing is said, what is required and missing runs nothing."""

from __future__ import annotations

import json
import os
import platform
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exprsn.kernel.errors import InvalidInput
from exprsn.sandbox import landlock, seccomp
from exprsn.sandbox.jail import ALWAYS, OPTIONAL, required_layers, resident_bytes, resident_bytes_by_ps
from exprsn.sandbox.python import PythonPool

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel is another")
EPERM, ALLOW, KILL = 0x00050001, 0x7FFF0000, 0x80000000
UNSHARE, LANDLOCK = 272 if platform.machine() == "x86_64" else 97, 444


@pytest.fixture(scope="module")
def pool() -> Iterator[PythonPool]:
    pool = PythonPool(max_parallel=1, preload=("ctypes",))
    yield pool
    pool.close()


def seen_in_the_jail(pool: PythonPool, expression: str) -> Any:
    return json.loads(pool.run_code(f"import ctypes, os\nreturn {{'v': {expression}}}").items_json)[0]["json"]["v"]


@linux
def test_every_layer_that_this_kernel_offers_holds(pool: PythonPool) -> None:
    layers = pool.layers()
    assert all(layers[name] for name in (*ALWAYS, "no_new_privs", "user_id"))
    assert layers["landlock"] == (landlock.version() > 0)
    offers_filters = "Seccomp_filters:" in Path("/proc/self/status").read_text()
    assert layers["seccomp"] == (offers_filters and platform.machine() in ("x86_64", "aarch64"))
    namespaces = 0x40000000 if os.getuid() == 0 else 0x50000000
    leaves = f"import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare({namespaces}) != 0)"
    assert layers["network_namespace"] == (subprocess.run([sys.executable, "-c", leaves], check=False).returncode == 0)


@linux
def test_the_layers_are_those_of_the_process_that_runs_the_code(pool: PythonPool) -> None:
    lines = {"landlock": landlock.version() > 0, "seccomp": True}
    assert lines.items() <= pool.layers().items()
    attempts = {
        "ctypes.CDLL(None).syscall(39) > 0": True,  # getpid is allowed
        "ctypes.CDLL(None).open(b'/', 0)": -1,
        "ctypes.CDLL(None).socket(2, 1, 0)": -1,
        "ctypes.CDLL(None).fork()": -1,
        "ctypes.CDLL(None).ptrace(0, 0, 0, 0)": -1,
        "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)": -1,
    }
    assert {expression: seen_in_the_jail(pool, expression) for expression in attempts} == attempts


def test_words_for_layers() -> None:
    always = frozenset(ALWAYS)
    assert required_layers([]) == always
    assert required_layers(["landlock"]) == always | {"landlock"}
    assert required_layers(["all"]) == always | {"no_new_privs", "user_id", "landlock", "seccomp"}
    assert required_layers(["all", "network_namespace"]) == always | set(OPTIONAL)
    with pytest.raises(InvalidInput, match="secomp"):
        required_layers(["secomp"])
    with pytest.raises(InvalidInput):
        PythonPool(require=frozenset({"everything"}))


def on_a_lesser_kernel(refused: list[int], require: str) -> Any:
    script = Path(__file__).with_name("lesser_kernel.py")
    command = [sys.executable, str(script), ",".join(map(str, refused)), require]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)


@linux
def test_without_landlock_code_runs_unless_it_is_required() -> None:
    free = on_a_lesser_kernel([LANDLOCK], "")
    assert (free["layers"]["landlock"], free["layers"]["seccomp"]) == (False, True)
    assert "json" in free["outcome"]
    for require in ("landlock", "all"):
        strict = on_a_lesser_kernel([LANDLOCK], require)
        assert strict["outcome"].startswith("sandbox_unavailable: Missing: landlock.")
        assert strict["missing"] == ["landlock"]


@linux
def test_in_a_container_that_refuses_namespaces_all_still_holds() -> None:
    found = on_a_lesser_kernel([UNSHARE], "all")
    assert (found["layers"]["network_namespace"], found["missing"]) == (False, [])
    assert "json" in found["outcome"]
    named = on_a_lesser_kernel([UNSHARE], "all,network_namespace")
    assert named["outcome"].startswith("sandbox_unavailable: Missing: network_namespace.")


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (1, (0x1FFF, 0, 0, 8)),
        (2, (0x3FFF, 0, 0, 8)),
        (3, (0x7FFF, 0, 0, 8)),
        (4, (0x7FFF, 3, 0, 16)),
        (5, (0xFFFF, 3, 0, 16)),
        (6, (0xFFFF, 3, 3, 24)),
        (9, (0xFFFF, 3, 3, 24)),
    ],
)
def test_landlock_takes_what_its_version_knows(version: int, expected: tuple[int, ...]) -> None:
    assert landlock.handled(version) == expected


def verdict(machine: str, number: int, audit: int, protection: int = 0) -> int:
    """What the kernel's machine makes of the filter."""
    code = seccomp.program(machine)
    lines = [struct.unpack_from("HBBI", code, at) for at in range(0, len(code), 8)]
    data = {0: number, 4: audit, 32: protection}
    held, at = 0, 0
    while True:
        operation, yes, no, value = lines[at]
        at += 1
        if operation == 0x20:
            held = data[value]
        elif operation == 0x06:
            return int(value)
        else:
            test = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[operation]
            at += yes if test else no


MACHINES = {"x86_64": (0xC000003E, 9, 10), "aarch64": (0xC00000B7, 222, 226)}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_lets_pass_what_is_on_its_list_and_nothing_else(machine: str) -> None:
    audit, mmap, mprotect = MACHINES[machine]
    allowed = {number for number in range(1024) if verdict(machine, number, audit) == ALLOW}
    assert allowed == {*seccomp._CALLS[machine].values(), mmap, mprotect}
    assert {verdict(machine, number, audit) for number in set(range(1024)) - allowed} == {EPERM}
    for number in (mmap, mprotect):
        assert verdict(machine, number, audit, protection=3) == ALLOW
        assert verdict(machine, number, audit, protection=7) == EPERM


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.sampled_from(sorted(MACHINES)))
def test_calls_of_another_machine_end_the_process(number: int, audit: int, machine: str) -> None:
    own = MACHINES[machine][0]
    if audit != own or (machine == "x86_64" and number >= 0x40000000):
        assert verdict(machine, number, audit) == KILL


DANGEROUS_CALLS = {
    "x86_64": {
        "open": 2, "socket": 41, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101,
        "prctl": 157, "mount": 165, "openat": 257, "newfstatat": 262, "unshare": 272, "process_vm_readv": 310,
        "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323, "io_uring_setup": 425, "clone3": 435,
        "openat2": 437, "prlimit64": 302, "dup": 32, "sendmsg": 46, "tgkill": 234, "name_to_handle_at": 303,
    },
    "aarch64": {
        "openat": 56, "socket": 198, "clone": 220, "execve": 221, "kill": 129, "ptrace": 117, "prctl": 167,
        "unshare": 97, "bpf": 280, "execveat": 281, "io_uring_setup": 425, "clone3": 435, "openat2": 437,
        "memfd_create": 279, "prlimit64": 261, "process_vm_readv": 270,
    },
}  # fmt: skip


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_reach_out_are_refused(machine: str) -> None:
    found = {name: verdict(machine, number, MACHINES[machine][0]) for name, number in DANGEROUS_CALLS[machine].items()}
    assert found == dict.fromkeys(DANGEROUS_CALLS[machine], EPERM)


def test_memory_is_seen_with_and_without_proc() -> None:
    seen = resident_bytes(os.getpid())
    assert seen > 2**20
    if Path("/bin/ps").exists():
        assert 0.5 < resident_bytes_by_ps(os.getpid()) / seen < 2
    assert resident_bytes(2**30) == 0
