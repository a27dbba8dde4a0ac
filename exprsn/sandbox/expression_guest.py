"""What happens inside the jail of expressions: a node's scripts for all of its items, JSON texts in and out.

The engine has no time limit of its own here, since under one it refuses to call the library; the supervisor counts
the clock, the system processor time, and both kill.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import quickjs

from exprsn.kernel.expressions import Budget, DateTime
from exprsn.kernel.expressions.border import Library, interface
from exprsn.kernel.expressions.dates.making import date_from_milliseconds
from exprsn.kernel.expressions.dates.zones import preload_zones, zone_of
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED
from exprsn.sandbox.guest import MAX_JOBS, STACK_BYTES, engine_failure, failure

_STEPS = 50_000_000
_SIZE = 200_000_000
_INTERFACE = json.dumps(interface())
# More than a script can have lines: by its line a place in a stack is known to be the script's or the prelude's.
_LINES = 70_000
_PRELUDE = "\n" * _LINES + "\n".join(
    (Path(__file__).parent / "js" / name).read_text() for name in ("library.js", "expressions.js")
)
preload_zones()


class _Scope:
    """The roots that the library needs: the present moment, in the zone of the workflow."""

    def __init__(self, now: DateTime) -> None:
        self._now = now

    def resolve(self, name: str) -> Any:
        """``$now``."""
        return self._now if name == "$now" else UNDEFINED


def evaluate(request: dict[str, Any]) -> dict[str, Any]:
    """Evaluate every script for every item; the answer is ``{ok, rows}``: for each item the scripts' outcomes."""
    return _guarded(lambda: _evaluated(request))


def check(request: dict[str, Any]) -> dict[str, Any]:
    """Whether scripts are JavaScript; the answer is ``{ok, faults}``, each null or what is wrong and where."""
    return _guarded(lambda: {"ok": True, "faults": json.loads(_engine(request).get("__compile")(request["scripts"]))})


def _evaluated(request: dict[str, Any]) -> dict[str, Any]:
    context = _engine(request)
    start, go, finish = context.get("__start"), context.get("__go"), context.get("__finish")
    start(request["scripts"], request["world"], str(request["items"]))
    jobs = 0
    while go() != "done":
        while context.execute_pending_job():
            jobs += 1
            if jobs > MAX_JOBS:
                return failure("code_timeout", "The expressions never stopped starting new promises.")
    answer = json.loads(finish())
    return answer if isinstance(answer, dict) else failure("code_error", "The expressions came to what is not JSON.")


def _engine(request: dict[str, Any]) -> quickjs.Context:
    # Children of one zygote would all draw the same numbers.
    random.seed(time.time_ns())
    context = quickjs.Context()
    context.set_memory_limit(request["memory_bytes"])
    context.set_max_stack_size(STACK_BYTES)
    budget = Budget(steps=_STEPS, seconds=request["wall_seconds"] + 1, size=_SIZE)
    now = date_from_milliseconds(request["now"], zone_of(request["zone"], UTC) or UTC)
    context.add_callable("__host", Library(Run(_Scope(now), budget)).answer)
    context.set("__interface", _INTERFACE)
    context.set("__lines", _LINES)
    context.eval(_PRELUDE)
    return context


def _guarded(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except quickjs.JSException as error:
        return engine_failure(str(error))
    except MemoryError:
        return failure("code_out_of_memory", "The expressions used more memory than they may.")
    except ValueError:
        return failure("code_error", "The expressions came to what is not JSON.")


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"expressions": evaluate, "expression_syntax": check}
