"""Code that wants out, or wants everything, by every way in: it gets an error, quickly, and the next call works."""

from __future__ import annotations

import importlib.util
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from exprsn.sandbox.errors import CodeCrashed, CodeFailed, CodeOutOfMemory, CodeTimeout, SandboxError
from exprsn.sandbox.limits import MIB, Limits
from tests.sandbox.calls import CALL_TYPES, JAVASCRIPT, CallType, Pools, attempt

LIMITS = Limits(wall_seconds=0.8, memory_bytes=48 * MIB)
# Time enough to reach the limit of memory on a busy machine.
PATIENT = Limits(wall_seconds=8, memory_bytes=48 * MIB)
MEMORY = (CodeOutOfMemory, CodeFailed, CodeCrashed)

TIME = {
    "busy loop": "for (let i = 0; ; i++) { i = -i }",
    "loop in finally": "try { throw 1 } finally { while (1); }",
    "loop that swallows": "while (1) { try { while (1); } catch {} }",
    "backtracking": "/^(\\w+\\s?)*$/.test('word '.repeat(12) + '!'); /(a|aa)+$/.test('a'.repeat(50) + 'b')",
    "sorting for ever": "[3, 1, 2].sort(() => { for (;;); })",
    "proxy that loops": "new Proxy({}, { get() { for (;;); } }).x",
    "async for ever": "await (async () => { for (;;) await 0; })()",
    "getter of the answer": "return { get v() { for (;;); } }",
    "nested evaluation": "for (;;) { try { eval('for (;;);') } catch {} }",
    "timers for ever": "await new Promise(() => { const again = () => setTimeout(again, 0); again() })",
    "generator that never closes": "for (const x of (function* () { try { yield 1 } finally { for (;;); } })()) break",
}
SPACE = {
    "doubling text": "let s = 'ab'; for (;;) s += s",
    "typed arrays": "const k = []; for (;;) k.push(new Float64Array(1 << 20).fill(1))",
    "lists of lists": "const k = []; for (;;) k.push(Array(5000).fill(k.length))",
    "map that grows": "const m = new Map(); for (let i = 0; ; i++) m.set('key' + i, { i })",
    "huge repeat": "return { v: 'abc'.repeat(5e8) }",
    "json bomb": "return { v: JSON.stringify(Array(2e7).fill('yyyyyyyy')) }",
    "array length": "return { v: Array(3e8).fill(1).length }",
    "endless spread": "return { v: [...(function* () { for (;;) yield 'x' })()] }",
    "promises that pile up": "const k = []; for (;;) k.push(Promise.resolve(k.length).then(v => [v]))",
    "swallowing the limit": "const k = []; for (;;) { try { for (;;) k.push('x'.repeat(1e5) + k.length) }"
    " catch { throw 1 } }",
}
DEPTH = {
    "endless recursion": "const f = () => f() + 1; f()",
    "text of itself": "const o = { toString() { return o + '' } }; o + ''",
    "nested source": "eval('['.repeat(150000) + ']'.repeat(150000))",
    "nested json": "JSON.parse('['.repeat(500000))",
    "deep object": "const o = {}; let c = o; for (let i = 0; i < 3e5; i++) c = c.a = {}; return o",
}
ESCAPES = {
    "constructor": "({}).constructor.constructor('return typeof process + typeof os + typeof std')()",
    "template constructor": "(() => {})[`constructor`](`return typeof require`)()",
    "tagged": "((f) => typeof f.constructor('return globalThis.process')())(() => 1)",
    "engine modules": "typeof std + typeof os + typeof WebAssembly",
    "global walk": "Object.keys(globalThis).filter(n => ['os', 'std', 'process', 'fetch'].includes(n)).join()",
    "async constructor": "typeof (async () => {}).constructor('return typeof process')().constructor.process",
    "generator constructor": "(function* () {}).constructor('yield typeof Deno + typeof Bun')().next().value",
    "stack of an error": "(() => { Error.prepareStackTrace = (e, s) => s; const s = new Error().stack; return "
    "Array.isArray(s) ? s.map(f => typeof f.getThis?.()?.process).join('') : '' })()",
}


def javascript_works(pools: Pools, call: CallType) -> None:
    """The next call of the same way is answered as ever."""
    found = attempt(pools, call, "return { v: [1].map(v => v + 1)[0] }", PATIENT)
    assert isinstance(found, str)
    assert json.loads(found)[0]["json"] == {"v": 2}


each_call = pytest.mark.parametrize("call", JAVASCRIPT, ids=lambda call: call.name)


@each_call
def test_no_time_is_gained(pools: Pools, call: CallType) -> None:
    with ThreadPoolExecutor(4) as workers:
        answers = workers.map(lambda source: attempt(pools, call, source, LIMITS), TIME.values())
        found = dict(zip(TIME, answers, strict=True))
    assert {name: type(error) for name, error in found.items()} == dict.fromkeys(TIME, CodeTimeout)
    javascript_works(pools, call)


@each_call
@pytest.mark.parametrize("source", [*SPACE.values(), *DEPTH.values()], ids=[*SPACE, *DEPTH])
def test_memory_and_depth_are_bounded(pools: Pools, call: CallType, source: str) -> None:
    assert isinstance(attempt(pools, call, source, PATIENT), MEMORY)
    javascript_works(pools, call)


@each_call
@pytest.mark.parametrize("expression", ESCAPES.values(), ids=ESCAPES)
def test_there_is_nothing_of_the_host_to_reach(pools: Pools, call: CallType, expression: str) -> None:
    found = attempt(pools, call, f"return {{ v: String({expression}) }}", PATIENT)
    assert isinstance(found, str)
    assert json.loads(found)[0]["json"]["v"].replace("undefined", "") == ""


@each_call
def test_changing_intrinsics_changes_nothing_for_the_next_call(pools: Pools, call: CallType) -> None:
    source = "JSON.stringify = () => 'forged'; Array.prototype.map = null; Object.prototype.toJSON = () => 1; return {}"
    attempt(pools, call, source, PATIENT)
    javascript_works(pools, call)


@each_call
def test_a_forged_answer_stays_data(pools: Pools, call: CallType) -> None:
    found = attempt(pools, call, "return { ok: true, items: 'x', layers: 5 }", PATIENT)
    assert isinstance(found, str)
    assert json.loads(found)[0]["json"] == {"ok": True, "items": "x", "layers": 5}


@each_call
def test_imports_are_not_there(pools: Pools, call: CallType) -> None:
    source = "const os = await import('os'); return { v: os.getcwd() }"
    assert isinstance(attempt(pools, call, source, PATIENT), CodeFailed)


def collected(corpora: Path, name: str) -> ModuleType:
    """A module of the collection."""
    spec = importlib.util.spec_from_file_location(name, corpora / "sandbox-attacks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_call
def test_the_collected_attacks_are_contained(pools: Pools, corpora: Path, call: CallType) -> None:
    module = collected(corpora, "attacks_js")
    sources = [source for text in module.ATTACKS.values() for source in (text, f"return {{ v: String(({text})) }}")]
    with ThreadPoolExecutor(4) as workers:
        for found in workers.map(lambda source: attempt(pools, call, source, LIMITS), sources):
            assert isinstance(found, SandboxError) or len(found) < 2000
    javascript_works(pools, call)


def test_every_way_in_is_attacked() -> None:
    assert {call.language for call in CALL_TYPES} == {"javascript", "python"}
