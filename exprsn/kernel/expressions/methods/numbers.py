"""JavaScript's own methods of numbers (ECMA-262, section 21.1.3)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from exprsn.kernel.expressions.coercion import to_integer
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, INTEGER_OR_NONE, Methods, method, run_method
from exprsn.kernel.expressions.methods.number_formats import locale_text
from exprsn.kernel.expressions.numbers import Number, double, number_text, scientific, shortest_digits
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EXACT = Context(prec=1200)


def to_fixed(value: Number, places: int) -> str:
    """``toFixed``: the exact value of the double, halves away from zero."""
    if not 0 <= places <= 100:
        raise ExpressionError("toFixed() needs 0 to 100 digits.")
    exact = double(value)
    if not math.isfinite(exact) or abs(exact) >= 1e21:
        return number_text(exact)
    rounded = Decimal(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_EXACT)
    text = f"{rounded:f}"
    return text if exact < 0 or not text.startswith("-") else text[1:]


def _to_base(run: Run, value: Number, base: Any) -> str:
    radix = 10 if base is UNDEFINED else to_integer(base, run)
    if not 2 <= radix <= 36:
        raise ExpressionError("toString() needs a base from 2 to 36.")
    if radix == 10 or not math.isfinite(double(value)):
        return number_text(value)
    whole, digits = _fraction_digits(abs(double(value)), radix)
    text = ""
    while whole or not text:
        whole, digit = divmod(whole, radix)
        text = _DIGITS[digit] + text
    return ("-" if value < 0 else "") + text + ("." + digits if digits else "")


def _fraction_digits(value: float, radix: int) -> tuple[int, str]:
    """The whole part and the digits behind the point, as many as tell the double from its neighbours."""
    whole = math.floor(value)
    # Half of the smallest double's distance would be 0, and the digits of 0 would never end.
    rest, margin = value - whole, max(math.ulp(value) / 2, math.ulp(0.0))
    digits: list[int] = []
    while rest >= margin:
        rest *= radix
        margin *= radix
        digits.append(int(rest))
        rest -= digits[-1]
        if (rest > 0.5 or (rest == 0.5 and digits[-1] & 1)) and rest + margin > 1:
            digits = _rounded_up(digits, radix)
            break
    return whole, "".join(_DIGITS[digit] for digit in digits)


def _rounded_up(digits: list[int], radix: int) -> list[int]:
    """The digits with one more at the last place. A double is never so near to a whole number that all carry over."""
    while digits[-1] == radix - 1:
        digits.pop()
    return [*digits[:-1], digits[-1] + 1]


def _to_precision(value: Number, precision: int | None) -> str:
    exact = double(value)
    if precision is None or not math.isfinite(exact):
        return number_text(value)
    if not 1 <= precision <= 100:
        raise ExpressionError("toPrecision() needs 1 to 100 digits.")
    digits, point = _rounded(exact, precision)
    if point - 1 < -6 or point > precision:
        text = scientific(digits, point)
    elif point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[:point] + ("." + digits[point:] if point < precision else "")
    return ("-" if exact < 0 else "") + text


def _rounded(value: float, precision: int) -> tuple[str, int]:
    """Exactly ``precision`` digits of a double and where the point stands; halves away from zero."""
    if value == 0:
        return "0" * precision, 1
    context = Context(prec=precision, rounding=ROUND_HALF_UP)
    _, digits, exponent = context.create_decimal(Decimal(abs(value))).as_tuple()
    text = "".join(map(str, digits))
    return text.ljust(precision, "0"), len(text) + int(exponent)


def _to_exponential(value: Number, places: int | None) -> str:
    exact = double(value)
    if not math.isfinite(exact):
        return number_text(exact)
    if places is not None and not 0 <= places <= 100:
        raise ExpressionError("toExponential() needs 0 to 100 digits.")
    if places is not None:
        digits, point = _rounded(exact, places + 1)
    else:
        digits, point = shortest_digits(abs(exact)) if exact else ("0", 1)
    return ("-" if exact < 0 else "") + scientific(digits, point)


NUMBER_METHODS: Methods = {
    "toString": run_method(_to_base, ANY),
    "toFixed": method(lambda value, places: to_fixed(value, places or 0), INTEGER_OR_NONE),
    "toPrecision": method(_to_precision, INTEGER_OR_NONE),
    "toExponential": method(_to_exponential, INTEGER_OR_NONE),
    "toLocaleString": run_method(locale_text, ANY, ANY),
    "valueOf": method(lambda value: value),
}
