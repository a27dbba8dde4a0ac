"""``parseInt`` and ``parseFloat`` (ECMA-262, section 19.2.4 and 19.2.5)."""

from __future__ import annotations

import math
import re
from typing import Any

from exprsn.kernel.expressions.coercion import to_number, to_text
from exprsn.kernel.expressions.numbers import NAN, SPACES, Number, number, to_int32
from exprsn.kernel.expressions.run import Run

_FLOAT = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAX_DIGITS = 1_100


def parse_int(run: Run, value: Any, base: Any) -> Number:
    """The whole number that a text begins with; NaN when it begins with none."""
    text, radix = to_text(value, run).strip(SPACES), to_int32(to_number(base, run))
    sign = -1 if text[:1] == "-" else 1
    text = text[1:] if text[:1] in {"-", "+"} else text
    if radix in {0, 16} and text[:2].lower() == "0x":
        text, radix = text[2:], 16
    radix = radix or 10
    if not 2 <= radix <= 36:
        return NAN
    allowed = _DIGITS[:radix]
    end = 0
    while end < len(text) and end <= _MAX_DIGITS and text[end].lower() in allowed:
        end += 1
    if end == 0:
        return NAN
    if end > _MAX_DIGITS:
        return math.inf * sign
    found = int(text[:end], radix)
    return number(sign * found) if found else number(sign * 0.0)


def parse_float(text: str) -> Number:
    """The number that a text begins with; NaN when it begins with none."""
    found = _FLOAT.match(text.lstrip(SPACES))
    if found is None:
        return NAN
    digits = found.group()
    if "I" in digits:
        return -math.inf if digits[0] == "-" else math.inf
    return number(float(digits))
