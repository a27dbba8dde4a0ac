"""seccomp: the system calls that code in the jail may make; all others answer "operation not permitted".

Allowed is what a language needs to reckon, to hold memory, to know the time and to write its answer. There is no
opening, no starting of processes or threads, no socket, no signal to others, no memory that can be run.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from exprsn.sandbox.libc import filter_calls

# Numbers of the same calls on x86-64 and on aarch64.
_X86_64 = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "munmap": 11, "brk": 12, "rt_sigprocmask": 14,
    "rt_sigreturn": 15, "sched_yield": 24, "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "exit": 60,
    "gettimeofday": 96, "getrusage": 98, "sigaltstack": 131, "gettid": 186, "futex": 202, "restart_syscall": 219,
    "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "getrandom": 318,
}  # fmt: skip
_AARCH64 = {
    "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "munmap": 215, "brk": 214, "rt_sigprocmask": 135,
    "rt_sigreturn": 139, "sched_yield": 124, "mremap": 216, "madvise": 233, "nanosleep": 101, "getpid": 172,
    "exit": 93, "gettimeofday": 169, "getrusage": 165, "sigaltstack": 132, "gettid": 178, "futex": 98,
    "restart_syscall": 128, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "exit_group": 94,
    "getrandom": 278,
}  # fmt: skip
# Allowed unless the memory could be run: mmap, mprotect.
_MEMORY = {"x86_64": (9, 10), "aarch64": (222, 226)}
_CALLS = {"x86_64": _X86_64, "aarch64": _AARCH64}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_PROT_EXEC = 4

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _PROTECTION_AT = 0, 4, 32
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE = 0x00050000 | errno.EPERM
_INSTRUCTION = struct.Struct("HBBI")


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def program(machine: str) -> bytes:
    """The filter for a machine (``x86_64`` or ``aarch64``), as the kernel's packet filter runs it."""
    calls = sorted(_CALLS[machine].values())
    memory = _MEMORY[machine]
    # Places from the end: … refuse, check, (branch), allow. Jumps count from the next instruction.
    after_plain = len(memory)
    lines: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":  # the same processor's other table of calls
        lines += [(_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, _KILL)]
    for at, number in enumerate(calls):
        lines.append((_EQUAL, len(calls) - at - 1 + after_plain + 3, 0, number))
    for at, number in enumerate(memory):
        lines.append((_EQUAL, len(memory) - at - 1 + 1, 0, number))
    lines += [
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _PROTECTION_AT),
        (_ANY_BIT, 1, 0, _PROT_EXEC),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return _packed(lines)


def _packed(lines: Iterable[tuple[int, int, int, int]]) -> bytes:
    return b"".join(_INSTRUCTION.pack(*line) for line in lines)


def restrict() -> bool:
    """Put the filter up in this process, for good. Needs ``no_new_privs``."""
    machine = os.uname().machine
    if machine not in _CALLS or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    instructions = ctypes.create_string_buffer(code := program(machine), len(code))
    return filter_calls(_Program(len(code) // _INSTRUCTION.size, ctypes.addressof(instructions)))
