"""``in`` and unary tests: whether a value passes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from apps.decision_tables.engine.feel.comparing import compare, equal
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure, Constant, Test
from apps.decision_tables.engine.feel.evaluation.operators import both, compared
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.nodes import (
    Comparator,
    Expression,
    In,
    Interval,
    Name,
    UnaryTests,
    walk,
)
from apps.decision_tables.engine.feel.values import Range, Value

INPUT = "?"


def build_in(node: In, build: Build) -> Closure:
    """``value in tests``: whether one of them holds."""
    value = build(node.value)
    test = any_of([build_test(one, build) for one in node.tests])
    return lambda scope: test(value(scope), scope)


def build_unary_tests(node: UnaryTests, build: Build) -> Test:
    """A cell: whether one of its alternatives holds, or none of them behind ``not``."""
    if not node.tests:
        return lambda value, scope: True
    test = any_of([build_test(one, build) for one in node.tests])
    if not node.negated:
        return test

    def run(value: Value, scope: Scope) -> bool | None:
        held = test(value, scope)
        return None if held is None else not held

    return run


def any_of(tests: Sequence[Test]) -> Test:
    """Three-valued ``or`` of tests."""
    if len(tests) == 1:
        return tests[0]

    def run(value: Value, scope: Scope) -> bool | None:
        result: bool | None = False
        for test in tests:
            held = test(value, scope)
            if held:
                return True
            if held is None:
                result = None
        return result

    return run


def build_test(node: Expression, build: Build) -> Test:
    """One alternative."""
    if isinstance(node, Comparator):
        return _comparing(node, build)
    closure = build(node)
    if isinstance(node, Interval):
        bound = _bound(node, closure)
        return lambda value, scope: _contained(value, bound(value, scope))
    if isinstance(closure, Constant):
        constant = closure.value
        return lambda value, scope: agrees(value, constant, scope)
    return _asking(node, _bound(node, closure))


def _comparing(node: Comparator, build: Build) -> Test:
    operator, closure = node.operator, build(node.operand)
    if isinstance(closure, Constant):
        constant = closure.value
        return lambda value, scope: compared(operator, value, constant)
    operand = _bound(node.operand, closure)
    return lambda value, scope: compared(operator, value, operand(value, scope))


def _contained(value: Value, found: Value) -> bool | None:
    if not isinstance(found, Range):
        return None
    return equal(value, found) if isinstance(value, Range) else contains(found, value)


class _Bound:
    """An expression that is given the value under test as ``?``."""

    __slots__ = ("_asks", "_closure")

    def __init__(self, closure: Closure, asks: bool) -> None:
        self._closure = closure
        self._asks = asks

    def __call__(self, value: Value, scope: Scope) -> Value:
        return self._closure(scope.child({INPUT: value}) if self._asks else scope)


def _bound(node: Expression, closure: Closure) -> _Bound:
    return _Bound(closure, asks_for_input(node))


def asks_for_input(node: Expression) -> bool:
    """Whether an expression uses ``?``."""
    return any(isinstance(part, Name) and part.name == INPUT for part in walk(node))


def _asking(node: Expression, bound: _Bound) -> Test:
    """An expression: true by itself, or what the value is to be equal to or to be found in."""
    asks = asks_for_input(node)

    def run(value: Value, scope: Scope) -> bool | None:
        result = bound(value, scope)
        if isinstance(result, bool) and (asks or not isinstance(value, bool)):
            return result
        if result is None and asks:
            return None  # a test that can't be worked out doesn't hold, not for null either
        return agrees(value, result, scope)

    return run


def agrees(value: Value, expected: Value, scope: Scope) -> bool | None:
    """Whether a value is equal to another, or in it if that is a list or a range."""
    if isinstance(expected, Range) and not isinstance(value, Range):
        return contains(expected, value)
    if isinstance(expected, list):
        scope.run.charge(expected)
        scope.run.charge(value)
        return equal(value, expected) is True or any(_is_one(value, item) for item in expected)
    return equal(value, expected)


def _is_one(value: Value, item: Value) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return contains(item, value) is True
    return equal(value, item) is True


def contains(found: Range, value: Value) -> bool | None:
    """Whether a value is in a range; null where it can't be compared with the ends."""
    return both(_above(found, value), _below(found, value))


def _above(found: Range, value: Value) -> bool | None:
    if found.low is None:
        return True
    if type(value) is Decimal and type(found.low) is Decimal:
        return value >= found.low if found.low_included else value > found.low
    order = compare(value, found.low)
    return None if order is None else order > 0 or (order == 0 and found.low_included)


def _below(found: Range, value: Value) -> bool | None:
    if found.high is None:
        return True
    if type(value) is Decimal and type(found.high) is Decimal:
        return value <= found.high if found.high_included else value < found.high
    order = compare(value, found.high)
    return None if order is None else order < 0 or (order == 0 and found.high_included)
