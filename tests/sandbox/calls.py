"""Every way in which code of strangers gets into the sandbox. A new one gets a line in ``CALL_TYPES``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from exprsn.sandbox.coding import CodePool
from exprsn.sandbox.errors import CodeFailed, SandboxError
from exprsn.sandbox.expressions import ExpressionPool, ScriptSource
from exprsn.sandbox.javascript import JavaScriptPool
from exprsn.sandbox.limits import Limits
from exprsn.sandbox.pool import Pool
from exprsn.sandbox.python import PythonPool

CONTEXT = json.dumps({"now": "2026-01-01T00:00:00+00:00"})
ITEM = '[{"json": {"n": 1}}]'
# Beside what the guest imports itself, so that it is the jail that is attacked, not a failing import.
DANGEROUS = (
    "ctypes",
    "mmap",
    "multiprocessing.popen_spawn_posix",
    "pty",
    "signal",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
)


@dataclass
class Pools:
    """The real pools, as the product has them."""

    javascript: JavaScriptPool = field(default_factory=lambda: JavaScriptPool(max_parallel=4))
    python: PythonPool = field(default_factory=lambda: PythonPool(max_parallel=4, preload=DANGEROUS))

    expressions: ExpressionPool = field(default_factory=lambda: ExpressionPool(max_parallel=4))

    def all(self) -> tuple[Pool, ...]:
        return self.javascript, self.python, self.expressions

    def close(self) -> None:
        for pool in self.all():
            pool.close()


@dataclass(frozen=True)
class CallType:
    """One way: in which language it wants its source, and what runs a source and answers JSON text."""

    name: str
    language: str
    run: Callable[[Pools, str, Limits], str]


def _node(language: str, mode: str) -> CallType:
    def run(pools: Pools, source: str, limits: Limits) -> str:
        pool: CodePool = getattr(pools, language)
        return pool.run_code(source, mode=mode, items_json=ITEM, context_json=CONTEXT, limits=limits).items_json

    return CallType(f"{language}, {mode}", language, run)


def _expression(pools: Pools, source: str, limits: Limits) -> str:
    """A body as an expression; what it comes to stands where the item of a code node would."""
    world = json.dumps({"items": json.loads(ITEM), "nodes": {}, "now": {"ms": 0, "zone": "UTC"}})
    # There are no timers in expressions; a stranger can write one.
    timer = "globalThis.setTimeout = (work) => { Promise.resolve().then(work); return 0 };"
    call = f"(async () => {{ {timer}\n{source}\n}})()"
    ((found,),) = pools.expressions.evaluate_expressions([ScriptSource(call, call)], world_json=world, limits=limits)
    if found.fault is not None:
        raise CodeFailed(found.fault.message)
    return json.dumps([{"json": found.value}])


CALL_TYPES = [_node(language, mode) for language in ("javascript", "python") for mode in ("all_items", "each_item")]
CALL_TYPES.append(CallType("expressions", "javascript", _expression))
JAVASCRIPT = [call for call in CALL_TYPES if call.language == "javascript"]
PYTHON = [call for call in CALL_TYPES if call.language == "python"]


def attempt(pools: Pools, call: CallType, source: str, limits: Limits) -> SandboxError | str:
    """What came of it: an error of the sandbox, or JSON text; anything else is a fault of the sandbox."""
    try:
        return call.run(pools, source, limits)
    except SandboxError as error:
        return error
