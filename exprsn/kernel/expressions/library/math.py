"""``Math`` (ECMA-262, section 21.3)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import to_number
from exprsn.kernel.expressions.functions import NUMBER, Method, Methods, Namespace, function, natives
from exprsn.kernel.expressions.library.rounding import ceil, floor, round_half_up, trunc
from exprsn.kernel.expressions.numbers import NAN, Number, double, number, to_int32, to_uint32
from exprsn.kernel.expressions.operators import power
from exprsn.kernel.expressions.run import Run


def _of_double(work: Callable[[float], float]) -> Method:
    """A function of one double; where it is not defined the answer is NaN, where it overflows Infinity."""

    def apply(value: Number) -> Number:
        try:
            return number(work(double(value)))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return function(apply, NUMBER)


def _logarithm(work: Callable[[float], float]) -> Method:
    return _of_double(lambda value: -math.inf if value == 0 else work(value))


def _sign(value: Number) -> Number:
    return value if value != value or value == 0 else (1 if value > 0 else -1)


def _atanh(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) == 1 else math.atanh(value)


def _cbrt(value: float) -> float:
    """The cube root; exact where it is a whole number."""
    root = math.cbrt(value)
    nearest = float(round(root)) if math.isfinite(root) else root
    return nearest if nearest**3 == value else root


def _sinh(value: float) -> float:
    return math.copysign(math.inf, value) if abs(value) > 711 else math.sinh(value)


def extreme(run: Run, arguments: list[Any], *, largest: bool) -> Number:
    """``Math.max`` and ``Math.min``."""
    numbers = [to_number(one, run) for one in arguments]
    if any(one != one for one in numbers):
        return NAN
    if not numbers:
        return -math.inf if largest else math.inf
    # -0 is less than 0.
    return (max if largest else min)(numbers, key=lambda one: (one, math.copysign(1, double(one))))


def _hypot(run: Run, _: Any, arguments: list[Any]) -> Number:
    return number(math.hypot(*[double(to_number(one, run)) for one in arguments]))


_FUNCTIONS: Methods = {
    "floor": function(floor, NUMBER),
    "ceil": function(ceil, NUMBER),
    "round": function(round_half_up, NUMBER),
    "trunc": function(trunc, NUMBER),
    "abs": function(abs, NUMBER),
    "sign": function(_sign, NUMBER),
    "sqrt": _of_double(math.sqrt),
    "cbrt": _of_double(_cbrt),
    "exp": _of_double(math.exp),
    "expm1": _of_double(math.expm1),
    "log": _logarithm(math.log),
    "log2": _logarithm(math.log2),
    "log10": _logarithm(math.log10),
    "log1p": _of_double(lambda value: -math.inf if value == -1 else math.log1p(value)),
    "sin": _of_double(math.sin),
    "cos": _of_double(math.cos),
    "tan": _of_double(math.tan),
    "asin": _of_double(math.asin),
    "acos": _of_double(math.acos),
    "atan": _of_double(math.atan),
    "sinh": _of_double(_sinh),
    "cosh": _of_double(math.cosh),
    "tanh": _of_double(math.tanh),
    "asinh": _of_double(math.asinh),
    "acosh": _of_double(math.acosh),
    "atanh": _of_double(_atanh),
    "atan2": function(lambda y, x: number(math.atan2(double(y), double(x))), NUMBER, NUMBER),
    "pow": function(power, NUMBER, NUMBER),
    "hypot": _hypot,
    "min": lambda run, _, arguments: extreme(run, arguments, largest=False),
    "max": lambda run, _, arguments: extreme(run, arguments, largest=True),
    "random": function(random.random),
    "imul": function(lambda a, b: to_int32(to_int32(a) * to_int32(b)), NUMBER, NUMBER),
    "clz32": function(lambda value: 32 - to_uint32(value).bit_length(), NUMBER),
}
MATH = Namespace(
    {
        "PI": math.pi,
        "E": math.e,
        "LN2": math.log(2),
        "LN10": math.log(10),
        "LOG2E": 1 / math.log(2),
        "LOG10E": 1 / math.log(10),
        "SQRT2": math.sqrt(2),
        "SQRT1_2": math.sqrt(0.5),
        **natives(_FUNCTIONS),
    }
)
