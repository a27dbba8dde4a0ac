"""Functions on numbers."""

from __future__ import annotations

import decimal
import random
from collections.abc import Callable
from decimal import Decimal

from apps.decision_tables.engine.feel.arithmetic import negate
from apps.decision_tables.engine.feel.builtins.signatures import DURATION, NUMBER, Builtin, Signature, may, needs
from apps.decision_tables.engine.feel.decimals import CONTEXT, WIDE, ZERO, as_index, finite
from apps.decision_tables.engine.feel.temporal import DaysDuration, MonthsDuration
from apps.decision_tables.engine.feel.values import Value

LOWEST_SCALE = -6111
HIGHEST_SCALE = 6176
_RANDOM_DIGITS = 16


def _rounded(number: Decimal, scale: Decimal, context: decimal.Context) -> Decimal | None:
    """The number with so many digits after the point; a negative scale rounds to tens, hundreds and so on."""
    places = as_index(scale, HIGHEST_SCALE + 1)
    if not LOWEST_SCALE <= places <= HIGHEST_SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    return CONTEXT.plus(number.quantize(Decimal((0, (1,), -places)), context=context))


def _rounding(rounding: str) -> Callable[..., Value]:
    context = WIDE.copy()
    context.rounding = rounding

    def to_scale(number: Decimal, scale: Decimal = ZERO) -> Value:
        return _rounded(number, scale, context)

    return to_scale


def _absolute(value: Value) -> Value:
    if isinstance(value, DaysDuration):
        return DaysDuration(abs(value.nanos))
    if isinstance(value, MonthsDuration):
        return MonthsDuration(abs(value.months))
    return negate(value) if isinstance(value, Decimal) and value < 0 else value


def _modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """The remainder of the division rounded down: it has the divisor's sign."""
    if not divisor:
        return None
    remainder = WIDE.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        remainder = WIDE.add(remainder, divisor)
    return finite(CONTEXT.plus(remainder))


def _of_one(operation: Callable[[Decimal], Decimal]) -> Signature:
    return Signature(lambda number: finite(operation(number)), needs("number", NUMBER))


def _has_remainder(expected: int) -> Signature:
    return Signature(
        lambda number: abs(WIDE.remainder(number, Decimal(2))) == expected,
        needs("number", NUMBER),
    )


def _random() -> Decimal:
    return Decimal(random.randrange(10**_RANDOM_DIGITS)).scaleb(-_RANDOM_DIGITS)  # noqa: S311 no secret is made of it


_N = needs("n", NUMBER)
_SCALE = needs("scale", NUMBER)
_MAY_SCALE = may("scale", NUMBER)

FUNCTIONS = (
    Builtin("decimal", Signature(_rounding(decimal.ROUND_HALF_EVEN), _N, _SCALE)),
    Builtin("floor", Signature(_rounding(decimal.ROUND_FLOOR), _N, _MAY_SCALE)),
    Builtin("ceiling", Signature(_rounding(decimal.ROUND_CEILING), _N, _MAY_SCALE)),
    Builtin("round up", Signature(_rounding(decimal.ROUND_UP), _N, _SCALE)),
    Builtin("round down", Signature(_rounding(decimal.ROUND_DOWN), _N, _SCALE)),
    Builtin("round half up", Signature(_rounding(decimal.ROUND_HALF_UP), _N, _SCALE)),
    Builtin("round half down", Signature(_rounding(decimal.ROUND_HALF_DOWN), _N, _SCALE)),
    Builtin("abs", Signature(_absolute, _N), Signature(_absolute, needs("n", DURATION))),
    Builtin("modulo", Signature(_modulo, needs("dividend", NUMBER), needs("divisor", NUMBER))),
    Builtin("sqrt", _of_one(CONTEXT.sqrt)),
    Builtin("log", _of_one(CONTEXT.ln)),
    Builtin("exp", _of_one(CONTEXT.exp)),
    Builtin("odd", _has_remainder(1)),
    Builtin("even", _has_remainder(0)),
    Builtin("random number", Signature(_random)),
)
