"""The C library, for the calls of the kernel that Python has no name for."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CAPABILITIES_3 = 0x20080522

LIBC: ctypes.CDLL | None = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def unshare(namespaces: int) -> bool:
    """Leave namespaces of the parent for new ones."""
    return LIBC is not None and LIBC.unshare(namespaces) == 0


def die_with_parent(signal_number: int) -> bool:
    """Be sent a signal when the parent dies; a change of user clears it."""
    return _prctl(_PR_SET_PDEATHSIG, signal_number)


def forbid_new_privileges() -> bool:
    """No program started from here gains rights by its file."""
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def hide_memory() -> bool:
    """No other process of the same user may look into this one, and none is dumped."""
    return _prctl(_PR_SET_DUMPABLE, 0)


def drop_capabilities() -> bool:
    """Have none of root's single rights, of which the first process of a user namespace has all."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    none = (ctypes.c_uint32 * 6)()
    return LIBC is None or LIBC.capset(header, none) == 0


def filter_calls(program: ctypes.Structure) -> bool:
    """Install a filter of system calls, for good."""
    return _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program))


def _prctl(option: int, first: int, second: int = 0) -> bool:
    arguments = [ctypes.c_ulong(value) for value in (first, second, 0, 0)]
    return LIBC is not None and LIBC.prctl(ctypes.c_int(option), *arguments) == 0


def call(number: int, *arguments: ctypes.c_void_p | ctypes.c_long) -> int:
    """A system call by its number; -1 when it was refused or there is none."""
    if LIBC is None:
        return -1
    LIBC.syscall.restype = ctypes.c_long
    return int(LIBC.syscall(ctypes.c_long(number), *arguments))
