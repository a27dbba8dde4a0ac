"""FEEL in one call: text in, value out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from apps.decision_tables.engine.feel.evaluation.closures import Closure, Test
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression, compile_unary_tests
from apps.decision_tables.engine.feel.evaluation.scope import Run, Scope
from apps.decision_tables.engine.feel.limits import MAX_STEPS
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.values import Value
from exprsn.kernel.clock import utc_now

_MOST_NAMES = 1_000


def evaluate(
    text: str,
    context: Mapping[str, Value] | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    steps: int = MAX_STEPS,
) -> Value:
    """The value of an expression whose names are in ``context``. Raises ``FeelSyntaxError`` and ``FeelLimit``."""
    names = context or {}
    return _expression(text, names_within(names))(Scope(names, run=Run(clock=clock, steps=steps)))


def test(
    text: str,
    value: Value,
    context: Mapping[str, Value] | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    steps: int = MAX_STEPS,
) -> bool | None:
    """Whether ``value`` passes unary tests; null where that can't be told. Raises as ``evaluate`` does."""
    names = context or {}
    tests = _unary_tests(text, names_within({**names, "?": value}))
    return tests(value, Scope(names, run=Run(clock=clock, steps=steps)))


def names_within(context: Mapping[str, Value]) -> frozenset[str]:
    """The names of a context, and of the contexts in it, that the parser has to know of."""
    return frozenset(name for name, _ in zip(_odd_names(context), range(_MOST_NAMES), strict=False))


def _odd_names(context: Mapping[str, Value]) -> Iterator[str]:
    waiting: list[Value] = [context]
    for _look in range(_MOST_NAMES):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, Mapping):
            yield from (name for name in found if not name.isidentifier())
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found[:1])


@lru_cache(maxsize=512)
def _expression(text: str, names: frozenset[str]) -> Closure:
    return compile_expression(parse_expression(text, names))


@lru_cache(maxsize=512)
def _unary_tests(text: str, names: frozenset[str]) -> Test:
    return compile_unary_tests(parse_unary_tests(text, names))
