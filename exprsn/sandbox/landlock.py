"""Landlock: a process gives up every right to files, and to what else the kernel's version can take away.

What is open stays open; nothing can be opened, listed, made, renamed, truncated or run any more. Newer kernels
also refuse TCP (version 4), device controls (5), and abstract sockets and signals to those outside (6).
"""

from __future__ import annotations

import ctypes
import os

from exprsn.sandbox.libc import call

# The same numbers on every architecture.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_FILES_1 = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


def version() -> int:
    """Of Landlock in this kernel; 0 when there is none, or it is switched off."""
    return max(0, call(_CREATE_RULESET, ctypes.c_void_p(None), ctypes.c_long(0), ctypes.c_long(_ASK_VERSION)))


def handled(landlock_version: int) -> tuple[int, int, int, int]:
    """What a version can take away: rights to files, to the network, scopes; and the size of the request."""
    files = _FILES_1
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        files |= right if landlock_version >= since else 0
    network = _BIND_AND_CONNECT_TCP if landlock_version >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if landlock_version >= 6 else 0
    return files, network, scoped, 24 if landlock_version >= 6 else 16 if landlock_version >= 4 else 8


def restrict() -> bool:
    """Give it all up; no rule gives anything back. Needs ``no_new_privs``."""
    found = version()
    if not found:
        return False
    files, network, scoped, size = handled(found)
    ruleset = _Ruleset(files, network, scoped)
    descriptor = call(
        _CREATE_RULESET, ctypes.c_void_p(ctypes.addressof(ruleset)), ctypes.c_long(size), ctypes.c_long(0)
    )
    if descriptor < 0:
        return False
    try:
        return call(_RESTRICT_SELF, ctypes.c_long(descriptor), ctypes.c_long(0)) == 0
    finally:
        os.close(descriptor)
