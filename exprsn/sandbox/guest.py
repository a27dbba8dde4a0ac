"""What happens inside the jail of JavaScript: one evaluation, JSON texts in, a JSON text out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import quickjs

MAX_JOBS = 1_000_000
STACK_BYTES = 512 * 1024
_PRELUDE = "\n".join((Path(__file__).parent / "js" / name).read_text() for name in ("dates.js", "code_node.js"))


def evaluate(request: dict[str, Any]) -> dict[str, Any]:
    """Run the code of a request; the answer is ``{ok, items, logs}`` or ``{code, message, …}``."""
    context = quickjs.Context()
    context.set_memory_limit(request["memory_bytes"])
    context.set_max_stack_size(STACK_BYTES)
    try:
        context.eval(_PRELUDE)
        # The engine counts processor time; the supervisor counts the clock's.
        context.set_time_limit(request["wall_seconds"])
        start, finish = context.get("__start"), context.get("__finish")
        start(request["source"], request["mode"], request["items"], request["context"], request["log_lines"])
        jobs = 0
        while context.execute_pending_job():
            jobs += 1
            if jobs > MAX_JOBS:
                return failure("code_timeout", "The code never stopped starting new promises.")
        answer = json.loads(finish())
    except quickjs.JSException as error:
        return engine_failure(str(error))
    except MemoryError:
        return failure("code_out_of_memory", "The code used more memory than it may.")
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        # The code changed what JSON.stringify does; whatever it made of the answer is not one.
        return failure("code_error", "The code returned what is not JSON.")
    return answer


def failure(code: str, message: str) -> dict[str, Any]:
    """An answer without a result."""
    return {"ok": False, "code": code, "message": message}


def engine_failure(message: str) -> dict[str, Any]:
    """What an exception of the engine itself stands for."""
    first = message.strip().split("\n")[0]
    if "out of memory" in first or first in {"null", ""}:
        return failure("code_out_of_memory", "The code used more memory than it may.")
    if "interrupted" in first:
        return failure("code_timeout", "The code took longer than it may.")
    return failure("code_error", first)


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"javascript": evaluate}
