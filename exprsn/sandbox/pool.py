"""A pool of zygotes, whatever their language: each runs one piece of code at a time in a jailed child.

A request carries its ``kind``; the guest's table ``KINDS`` says which function answers it inside the jail.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from exprsn.sandbox.errors import CodeCrashed, SandboxUnavailable
from exprsn.sandbox.jail import required_layers
from exprsn.sandbox.limits import Limits
from exprsn.sandbox.process import PATIENCE_SECONDS, Zygote

# What a child may say of itself; everything else (a limit passed from outside, a layer missing) its zygote says.
_CHILD_CODES = frozenset({"code_error", "code_timeout", "code_out_of_memory"})


class Pool:
    """Runs code of strangers from any thread; at most ``max_parallel`` pieces at once.

    ``require`` names layers of the jail without which nothing is run, or ``all``. Callers who say whose code it
    is (``owner``) leave room for others: one owner has at most three quarters of the pool.
    """

    def __init__(
        self,
        guest: str,
        limits: Limits | None = None,
        *,
        max_parallel: int = 4,
        require: frozenset[str] = frozenset(),
        paths: Sequence[str] = (),
        preload: Sequence[str] = (),
    ) -> None:
        self.limits = limits or Limits()
        self._require = sorted(required_layers(require))
        self._all = [Zygote(guest, paths, preload) for _ in range(max_parallel)]
        # The last one used is used next, so that a process is started only when all others are busy.
        self._idle = list(reversed(self._all))
        self._share = max(1, max_parallel * 3 // 4)
        self._busy: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._layers: dict[str, bool] = {}

    def ask(
        self, kind: str, request: Mapping[str, Any], limits: Limits | None = None, owner: str = ""
    ) -> dict[str, Any]:
        """Have a request answered in the jail: what the guest made of it, or ``{ok: False, code, message}``.

        Raises ``CodeCrashed`` or ``SandboxUnavailable``.
        """
        limits = limits or self.limits
        whole = {
            **request,
            "kind": kind,
            "wall_seconds": limits.wall_seconds,
            "memory_bytes": limits.memory_bytes,
            "output_bytes": limits.output_bytes,
            "require": self._require,
        }
        with self._zygote(owner, limits) as zygote:
            verdict, raw = zygote.ask(json.dumps(whole).encode(), limits)
        said = json.loads(verdict)
        self._layers = said["layers"] or self._layers
        return said["failure"] or _untrusted(raw)

    def layers(self) -> dict[str, bool]:
        """Which layers of the jail hold here; found out by a run of nothing when none has been yet."""
        if not self._layers:
            self.ask("nothing", {})
        return dict(self._layers)

    def missing(self) -> list[str]:
        """The layers that are required and do not hold here: while there are any, nothing is run."""
        holding = self.layers()
        return [name for name in self._require if not holding.get(name)]

    def processes(self) -> list[int]:
        """The ids of the zygotes that run."""
        return [zygote.pid for zygote in self._all if zygote.pid is not None]

    def close(self) -> None:
        """End all processes."""
        for zygote in self._all:
            zygote.stop()

    @contextmanager
    def _zygote(self, owner: str, limits: Limits) -> Iterator[Zygote]:
        def free() -> bool:
            return bool(self._idle) and (not owner or self._busy[owner] < self._share)

        with self._changed:
            if not self._changed.wait_for(free, limits.wall_seconds + PATIENCE_SECONDS):
                raise SandboxUnavailable("The sandbox is busy. Try again in a moment.", params={"retry_after": 2})
            zygote = self._idle.pop()
            self._busy[owner] += 1
        try:
            yield zygote
        finally:
            with self._changed:
                self._idle.append(zygote)
                self._busy[owner] -= 1
                if not self._busy[owner]:
                    del self._busy[owner]
                self._changed.notify_all()


def _untrusted(raw: bytes) -> dict[str, Any]:
    """The child's answer; the code may have written it itself."""
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise CodeCrashed("The sandbox answered what is not a result.")
    if answer.get("ok") is not True and answer.get("code") not in _CHILD_CODES:
        answer["code"] = "code_error"
    return answer
