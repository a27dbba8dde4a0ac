"""The operators (ECMA-262, section 13)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import (
    loose_equals,
    property_key,
    strict_equals,
    to_number,
    to_primitive,
    to_text,
)
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.numbers import NAN, SAFE_INTEGER, Number, double, number, to_int32, to_uint32
from exprsn.kernel.expressions.ordering import is_index
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import sort_key, whole
from exprsn.kernel.expressions.values import UNDEFINED, HostObject, truthy, type_of

Operator = Callable[[Any, Any, Run], Any]


def add(left: Any, right: Any, run: Run) -> Any:
    """``+``: texts are joined, everything else is added."""
    left, right = to_primitive(left, run), to_primitive(right, run)
    if isinstance(left, str) or isinstance(right, str):
        text = whole(to_text(left, run) + to_text(right, run))
        run.budget.charge(len(text))
        return text
    return number(_operand(left, run) + _operand(right, run))


def _operand(value: Any, run: Run) -> Number:
    """A number to compute with: an int that is exact as a double, else the double."""
    found = to_number(value, run)
    return found if isinstance(found, int) and -SAFE_INTEGER <= found <= SAFE_INTEGER else double(found)


def _subtract(left: Any, right: Any, run: Run) -> Number:
    return number(_operand(left, run) - _operand(right, run))


def _multiply(left: Any, right: Any, run: Run) -> Number:
    a, b = _operand(left, run), _operand(right, run)
    if a == 0 or b == 0:
        return number(float(a) * float(b))
    return number(a * b)


def _divide(left: Any, right: Any, run: Run) -> Number:
    a, b = float(_operand(left, run)), float(_operand(right, run))
    if b == 0:
        if a == 0 or a != a:
            return NAN
        return math.copysign(math.inf, a) * math.copysign(1, b)
    return number(a / b)


def _remainder(left: Any, right: Any, run: Run) -> Number:
    a, b = float(_operand(left, run)), float(_operand(right, run))
    if b == 0 or math.isinf(a) or a != a or b != b:
        return NAN
    return number(math.fmod(a, b))


def power(base: Number, exponent: Number) -> Number:
    """``**`` and ``Math.pow``."""
    a, b = double(base), double(exponent)
    if b != b or (abs(a) == 1 and math.isinf(b)):
        return NAN
    try:
        return number(math.pow(a, b))
    except OverflowError:
        return -math.inf if a < 0 and math.fmod(b, 2) else math.inf
    except ValueError:
        if a != 0:
            return NAN
        return math.copysign(math.inf, a) if math.fmod(b, 2) else math.inf


def compare(left: Any, right: Any, run: Run, work: Callable[[Any, Any], bool]) -> bool:
    """``<`` and its like: two texts by their units, everything else as numbers."""
    left, right = to_primitive(left, run, "number"), to_primitive(right, run, "number")
    if isinstance(left, str) and isinstance(right, str):
        if left.isascii() and right.isascii():
            return work(left, right)
        return work(sort_key(left), sort_key(right))
    return work(_operand(left, run), _operand(right, run))


def _comparison(work: Callable[[Any, Any], bool]) -> Operator:
    return lambda left, right, run: compare(left, right, run, work)


def _bits(work: Callable[[int, int], int]) -> Operator:
    return lambda left, right, run: work(to_int32(to_number(left, run)), to_int32(to_number(right, run)))


def _is_in(left: Any, right: Any, run: Run) -> bool:
    name = property_key(left, run)
    if isinstance(right, dict):
        return name in right
    if isinstance(right, list):
        return name == "length" or (is_index(name) and int(name) < len(right))
    if isinstance(right, HostObject):
        return right.get_member(name) is not UNDEFINED
    raise ExpressionError(f"The right side of “in” must be an object or a list, not {type_of(right)}.")


BINARY: dict[str, Operator] = {
    "+": add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "%": _remainder,
    "**": lambda left, right, run: power(to_number(left, run), to_number(right, run)),
    "==": loose_equals,
    "!=": lambda left, right, run: not loose_equals(left, right, run),
    "===": lambda left, right, run: strict_equals(left, right),
    "!==": lambda left, right, run: not strict_equals(left, right),
    "<": _comparison(lambda a, b: a < b),
    ">": _comparison(lambda a, b: a > b),
    "<=": _comparison(lambda a, b: a <= b),
    ">=": _comparison(lambda a, b: a >= b),
    "&": _bits(lambda a, b: a & b),
    "|": _bits(lambda a, b: a | b),
    "^": _bits(lambda a, b: a ^ b),
    "<<": _bits(lambda a, b: to_int32(a << (b & 31))),
    ">>": _bits(lambda a, b: a >> (b & 31)),
    ">>>": _bits(lambda a, b: to_uint32(a) >> (b & 31)),
    "in": _is_in,
}

Sign = Callable[[Any, Run], Any]


def _negate(value: Any, run: Run) -> Number:
    found = _operand(value, run)
    return -found if found else number(-float(found))


UNARY: dict[str, Sign] = {
    "!": lambda value, run: not truthy(value),
    "-": _negate,
    "+": to_number,
    "~": lambda value, run: ~to_int32(to_number(value, run)),
    "typeof": lambda value, run: type_of(value),
    "void": lambda value, run: UNDEFINED,
}
