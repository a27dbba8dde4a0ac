"""The walls around one run, put up by the child itself before it looks at any code.

Required everywhere (``ALWAYS``): a process of its own, resource limits, a wall clock and a memory watch from outside.
Used where the system allows, reported, and required on demand (``OPTIONAL``): no new privileges, another user, no
network, no files (Landlock), few system calls (seccomp).
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from exprsn.kernel.errors import InvalidInput
from exprsn.sandbox import landlock, seccomp
from exprsn.sandbox.libc import die_with_parent, drop_capabilities, forbid_new_privileges, hide_memory, unshare
from exprsn.sandbox.limits import MIB

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NOBODY = 65534
_SLACK = 96 * MIB
# Systems other than Linux take no limit of these; there the engine's limit and the watch hold memory.
_SPACE = frozenset() if sys.platform == "linux" else frozenset({resource.RLIMIT_AS, resource.RLIMIT_DATA})

ALWAYS = ("process", "rlimits", "wall_clock", "memory_watch")
OPTIONAL = ("no_new_privs", "user_id", "network_namespace", "landlock", "seccomp")
ALL = "all"
# A container without rights refuses a network of one's own; that no socket can be made holds by seccomp.
_NOT_IN_ALL = frozenset({"network_namespace"})


def required_layers(words: Iterable[str]) -> frozenset[str]:
    """The layers that words stand for. ``all``: every one but ``network_namespace``, which must be named.

    Refuses words that are no layer's name.
    """
    chosen = frozenset(words)
    unknown = chosen - {ALL, *ALWAYS, *OPTIONAL}
    if unknown:
        raise InvalidInput(
            f"The sandbox has no layer {', '.join(sorted(unknown))}. "
            f"There are {ALL}, {', '.join((*ALWAYS, *OPTIONAL))}: correct EXPRSN_SANDBOX_REQUIRE.",
            code="invalid_setting",
        )
    meant = frozenset(OPTIONAL) - _NOT_IN_ALL if ALL in chosen else frozenset()
    return (chosen - {ALL}) | meant | frozenset(ALWAYS)


def leave_network() -> bool:
    """Give up the network, for this process and all that it forks. Without root by a user namespace, if allowed."""
    return unshare(_CLONE_NEWNET) if os.getuid() == 0 else unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def enter_jail(memory_bytes: int, cpu_seconds: int, *, no_network: bool, root: bool) -> dict[str, bool]:
    """Give up what can be given up; answers which layers hold. Nothing can be opened afterwards."""
    die_with_parent(signal.SIGKILL)
    layers = dict.fromkeys((*ALWAYS, *OPTIONAL), True)
    layers["network_namespace"] = no_network
    layers["rlimits"] = _limit(memory_bytes, cpu_seconds)
    layers["memory_watch"] = resident_bytes(os.getpid()) > 0
    layers["user_id"] = (_drop_user() if root else drop_capabilities()) and not has_capabilities()
    layers["no_new_privs"] = forbid_new_privileges()
    # Changing the user clears the death signal; nobody may look into this process either.
    die_with_parent(signal.SIGKILL)
    hide_memory()
    layers["landlock"] = landlock.restrict()
    layers["seccomp"] = seccomp.restrict()
    return layers


def _limit(memory_bytes: int, cpu_seconds: int) -> bool:
    space = address_space() + memory_bytes + _SLACK
    wanted = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: space,
        resource.RLIMIT_DATA: space,
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    return all([_at_most(which, value) or which in _SPACE for which, value in wanted.items()])


def _at_most(which: int, value: int) -> bool:
    _, hard = resource.getrlimit(which)
    least = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (least, least))
    except (ValueError, OSError):
        return False
    return True


def has_capabilities() -> bool:
    """Whether this process has any of root's rights, whoever it is."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return sys.platform == "linux"  # elsewhere there are none
    return any(int(line.split()[1], 16) for line in lines if line.startswith(("CapEff:", "CapPrm:")))


def _drop_user() -> bool:
    """Be nobody instead of root."""
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:
        return False
    return True


def address_space() -> int:
    """Bytes of address space of this process."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 * MIB


def resident_bytes(pid: int) -> int:
    """Bytes of memory that a process holds; 0 when that cannot be seen."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return resident_bytes_by_ps(pid)


def resident_bytes_by_ps(pid: int) -> int:
    """The same where there is no ``/proc``."""
    command = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
    try:
        found = subprocess.run(command, capture_output=True, timeout=2, check=False).stdout  # noqa: S603 - a number
    except (OSError, subprocess.SubprocessError):
        return 0
    return int(found) * 1024 if found.strip().isdigit() else 0
