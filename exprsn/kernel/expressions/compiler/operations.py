"""Operators, logic and conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.compiler.names import compile_typeof_name
from exprsn.kernel.expressions.operators import BINARY, UNARY
from exprsn.kernel.expressions.syntax.nodes import Conditional, Logic, Name, Operation, Unary
from exprsn.kernel.expressions.values import is_nothing, truthy


def compile_unary(node: Unary, context: Context) -> Closure:
    """Signs before a value."""
    signs = node.signs[::-1]
    if signs[0] == "typeof" and isinstance(node.operand, Name):
        operand = compile_typeof_name(node.operand, context)
        signs = signs[1:]
    else:
        operand = context.compile(node.operand)
    if signs == ["!"]:
        return lambda frame: not truthy(operand(frame))
    works = [UNARY[sign] for sign in signs]

    def apply(frame: Frame) -> Any:
        value = operand(frame)
        for work in works:
            value = work(value, frame.run)
        return value

    return apply


def compile_operation(node: Operation, context: Context) -> Closure:
    """Operators of one level."""
    first = context.compile(node.first)
    rest = [(BINARY[sign], context.compile(operand)) for sign, operand in node.rest]
    if len(rest) == 1:
        work, second = rest[0]
        return lambda frame: work(first(frame), second(frame), frame.run)

    def apply(frame: Frame) -> Any:
        value = first(frame)
        for work, operand in rest:
            value = work(value, operand(frame), frame.run)
        return value

    return apply


_DECIDES: dict[str, Callable[[Any], bool]] = {
    "&&": lambda value: not truthy(value),
    "||": truthy,
    "??": lambda value: not is_nothing(value),
}


def compile_logic(node: Logic, context: Context) -> Closure:
    """``&&``, ``||`` and ``??``: the first operand that decides, else the last."""
    *operands, last = [context.compile(operand) for operand in node.operands]
    decides = _DECIDES[node.sign]

    def apply(frame: Frame) -> Any:
        for operand in operands:
            value = operand(frame)
            if decides(value):
                return value
        return last(frame)

    return apply


def compile_conditional(node: Conditional, context: Context) -> Closure:
    """``a ? b : c``."""
    cases = [(context.compile(condition), context.compile(then)) for condition, then in node.cases]
    otherwise = context.compile(node.otherwise)

    def choose(frame: Frame) -> Any:
        for condition, then in cases:
            if truthy(condition(frame)):
                return then(frame)
        return otherwise(frame)

    return choose
