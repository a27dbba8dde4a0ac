"""Rounding of doubles; what has no whole part (NaN, Infinity) stays."""

from __future__ import annotations

import math

from exprsn.kernel.expressions.numbers import Number, number


def floor(value: Number) -> Number:
    """The whole number below."""
    return value if isinstance(value, int) or not math.isfinite(value) else _apply(math.floor(value), value)


def ceil(value: Number) -> Number:
    """The whole number above."""
    return value if isinstance(value, int) or not math.isfinite(value) else _apply(math.ceil(value), value)


def trunc(value: Number) -> Number:
    """The whole part."""
    return value if isinstance(value, int) or not math.isfinite(value) else _apply(math.trunc(value), value)


def round_half_up(value: Number) -> Number:
    """``Math.round``: the nearest whole number, halves go up."""
    if isinstance(value, int) or not math.isfinite(value):
        return value
    below = math.floor(value)
    return _apply(below + (value - below >= 0.5), value)


def _apply(found: int, value: float) -> Number:
    """The result as a double; -0 where a negative value becomes 0."""
    if found == 0 and math.copysign(1, value) < 0:
        return -0.0
    return number(found)
