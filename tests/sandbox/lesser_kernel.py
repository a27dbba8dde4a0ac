"""A machine that offers less: run as a program, it refuses calls of the kernel to itself and all below it.

python lesser_kernel.py 444,272 WORDS      refuse these calls, then run code in a pool that requires WORDS
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from exprsn.sandbox import libc, seccomp
from exprsn.sandbox.errors import SandboxUnavailable
from exprsn.sandbox.javascript import JavaScriptPool

LOAD, EQUAL, RETURN, ALLOW, REFUSE = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050001


def refuse(calls: list[int]) -> None:
    """From now on these calls answer "operation not permitted"."""
    lines = [(LOAD, 0, 0, 0)]
    for at, number in enumerate(calls):
        lines.append((EQUAL, len(calls) - at, 0, number))
    lines += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    code = seccomp._packed(lines)
    kept = ctypes.create_string_buffer(code, len(code))
    assert libc.forbid_new_privileges()
    assert libc.filter_calls(seccomp._Program(len(lines), ctypes.addressof(kept)))


def main() -> None:
    """Print the layers, and what came of the code."""
    refuse([int(number) for number in sys.argv[1].split(",") if number])
    pool = JavaScriptPool(max_parallel=1, require=frozenset(filter(None, sys.argv[2].split(","))))
    try:
        outcome = pool.run_code("return {v: 1}", context_json='{"now": "2026-01-01T00:00:00Z"}').items_json
    except SandboxUnavailable as error:
        outcome = f"{error.code}: {error.message}"
    print(json.dumps({"layers": pool.layers(), "outcome": outcome, "missing": pool.missing()}))
    pool.close()


if __name__ == "__main__":
    main()
