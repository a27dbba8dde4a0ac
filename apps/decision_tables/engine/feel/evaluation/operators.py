"""Arithmetic, comparisons, three-valued logic and ``if``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from apps.decision_tables.engine.feel import arithmetic
from apps.decision_tables.engine.feel.comparing import compare, equal
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.nodes import (
    And,
    Arithmetic,
    Between,
    Comparison,
    If,
    InstanceOf,
    Negation,
    Or,
)
from apps.decision_tables.engine.feel.types import instance_of, type_text, value_type
from apps.decision_tables.engine.feel.values import Value

_ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "**": arithmetic.power,
}
_ORDER: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
_OF_NUMBERS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "!=": Decimal.__ne__,
}


def compared(operator: str, left: Value, right: Value) -> bool | None:
    """``left operator right``; null where the two can't be compared."""
    if type(left) is Decimal and type(right) is Decimal:
        return _OF_NUMBERS[operator](left, right)
    if operator in ("=", "!="):
        same = equal(left, right)
        return same if same is None or operator == "=" else not same
    order = compare(left, right)
    return None if order is None else _ORDER[operator](order)


def build_arithmetic(node: Arithmetic, build: Build) -> Closure:
    """Operators of one rank, from left to right."""
    first = build(node.first)
    rest = [(part.operator, build(part.operand)) for part in node.rest]
    return _pair(first, *rest[0]) if len(rest) == 1 else _chain(first, rest)


def _pair(left: Closure, operator: str, right: Closure) -> Closure:
    calculate = _ARITHMETIC[operator]

    def run(scope: Scope) -> Value:
        a, b = left(scope), right(scope)
        result = calculate(a, b)
        return result if type(result) is Decimal else _looked_at(result, operator, a, b, scope)

    return run


def _chain(first: Closure, rest: list[tuple[str, Closure]]) -> Closure:
    def run(scope: Scope) -> Value:
        result = first(scope)
        for operator, operand in rest:
            left, right = result, operand(scope)
            result = _ARITHMETIC[operator](left, right)
            if type(result) is not Decimal:
                result = _looked_at(result, operator, left, right, scope)
        return result

    return run


def _looked_at(result: Value, operator: str, left: Value, right: Value, scope: Scope) -> Value:
    if result is None and left is not None and right is not None:
        scope.run.warn(f"`{operator}` has no result for {_kinds(left, right)}.")
    return result


def _kinds(left: Value, right: Value) -> str:
    return f"{type_text(value_type(left))} and {type_text(value_type(right))}"


def build_negation(node: Negation, build: Build) -> Closure:
    """``-value``."""
    operand = build(node.operand)
    return lambda scope: arithmetic.negate(operand(scope))


def build_comparison(node: Comparison, build: Build) -> Closure:
    """``left operator right``."""
    operator, left, right = node.operator, build(node.left), build(node.right)
    of_numbers = _OF_NUMBERS[operator]

    def run(scope: Scope) -> Value:
        a, b = left(scope), right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            return of_numbers(a, b)
        scope.run.charge(a)
        scope.run.charge(b)
        result = compared(operator, a, b)
        if result is None and a is not None and b is not None:
            scope.run.warn(f"`{operator}` can't compare {_kinds(a, b)}.")
        return result

    return run


def build_between(node: Between, build: Build) -> Closure:
    """``value between low and high``, both ends included."""
    value, low, high = build(node.value), build(node.low), build(node.high)

    def run(scope: Scope) -> Value:
        middle = value(scope)
        return both(compared(">=", middle, low(scope)), compared("<=", middle, high(scope)))

    return run


def both(left: bool | None, right: bool | None) -> bool | None:
    """Three-valued ``and``."""
    if left is False or right is False:
        return False
    return True if left and right else None


def build_instance_of(node: InstanceOf, build: Build) -> Closure:
    """``value instance of type``."""
    value, type_ = build(node.value), node.type
    return lambda scope: instance_of(value(scope), type_, scope.run.types)


def build_and(node: And, build: Build) -> Closure:
    """False as soon as one is false, true if all are true, else null."""
    return _logic([build(operand) for operand in node.operands], decides=False)


def build_or(node: Or, build: Build) -> Closure:
    """True as soon as one is true, false if all are false, else null."""
    return _logic([build(operand) for operand in node.operands], decides=True)


def _logic(operands: list[Closure], *, decides: bool) -> Closure:
    def run(scope: Scope) -> Value:
        result: bool | None = not decides
        for operand in operands:
            value = operand(scope)
            if value is decides:
                return decides
            if not isinstance(value, bool):
                result = None
        return result

    return run


def build_if(node: If, build: Build) -> Closure:
    """``yes`` if the condition is true, else ``no``."""
    condition, yes, no = build(node.condition), build(node.yes), build(node.no)
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)
