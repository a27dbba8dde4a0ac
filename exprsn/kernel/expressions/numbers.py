"""JavaScript's numbers: doubles, written and read as ECMA-262 says (6.1.6.1.20 and 7.1.4.1)."""

from __future__ import annotations

import math
import re
from typing import Final

Number = int | float

SAFE_INTEGER: Final = 2**53
NAN: Final = math.nan
SPACES: Final = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_PREFIXED = {
    "0x": (16, re.compile(r"[0-9a-fA-F]+\Z")),
    "0o": (8, re.compile(r"[0-7]+\Z")),
    "0b": (2, re.compile(r"[01]+\Z")),
}
_INFINITIES = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}


def double(value: Number) -> float:
    """The double nearest to a number."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number(value: Number) -> Number:
    """A computed number: an int where that says the same, otherwise the double."""
    if isinstance(value, int):
        return value if -SAFE_INTEGER <= value <= SAFE_INTEGER else double(value)
    if value.is_integer() and -SAFE_INTEGER <= value <= SAFE_INTEGER and (value or math.copysign(1, value) > 0):
        return int(value)
    return value


def text_to_number(text: str) -> Number:
    """The number that a whole text means; NaN when it means none, 0 when it is blank."""
    text = text.strip(SPACES)
    if not text:
        return 0
    if _DECIMAL.match(text):
        return number(float(text))
    if text in _INFINITIES:
        return _INFINITIES[text]
    base, digits = _PREFIXED.get(text[:2].lower(), (0, None))
    if digits is None or not digits.match(text, 2):
        return NAN
    return number(int(text[2:], base))


def number_text(value: Number) -> str:
    """A number as JavaScript writes it. Integers that are only carried are written exactly, up to 21 digits."""
    if isinstance(value, int) and -(10**21) < value < 10**21:
        return str(int(value))
    value = double(value)
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    digits, point = shortest_digits(abs(value))
    return ("-" if value < 0 else "") + _placed(digits, point)


def shortest_digits(value: float) -> tuple[str, int]:
    """The fewest digits that name a positive double, and where the point stands: ``("15", 1)`` is 1.5."""
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    lead = len(whole) if whole != "0" else len(digits) - len(fraction)
    return digits.rstrip("0"), lead + int(exponent or 0)


def _placed(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    return scientific(digits, point)


def scientific(digits: str, point: int) -> str:
    """Digits with an exponent: ``1.5e+30``."""
    power = point - 1
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{'+' if power >= 0 else '-'}{abs(power)}"


def to_int32(value: Number) -> int:
    """ToInt32: the low 32 bits, signed."""
    wrapped = to_uint32(value)
    return wrapped - 0x1_0000_0000 if wrapped & 0x8000_0000 else wrapped


def to_uint32(value: Number) -> int:
    """ToUint32: the low 32 bits."""
    found = double(value)
    return int(found) & 0xFFFF_FFFF if math.isfinite(found) else 0
