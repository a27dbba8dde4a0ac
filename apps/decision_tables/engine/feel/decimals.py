"""FEEL numbers: decimals of 34 digits, rounded half to even. NaN and infinity are never values; they become null."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

DIGITS = 34
LARGEST_EXPONENT = 6144
ZERO = Decimal(0)
ONE = Decimal(1)

# Passed to every operation, so that neither the thread's own context nor its traps play a part.
CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=1 - LARGEST_EXPONENT,
    Emax=LARGEST_EXPONENT,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[],
)
# Wide enough for the exact remainder of any two numbers.
WIDE = Context(prec=2 * LARGEST_EXPONENT + 2 * DIGITS, rounding=ROUND_HALF_EVEN, traps=[])

LONGEST_TEXT = 10_000
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")


def finite(number: Decimal) -> Decimal | None:
    """The number itself; null for NaN and infinity."""
    return number if number.is_finite() else None


def number(value: int | str | float | Decimal) -> Decimal | None:
    """A FEEL number of a Python number or of a Python number's text; null where it is too large or is not one."""
    if isinstance(value, float):
        value = repr(value)
    return finite(CONTEXT.create_decimal(value))


def parse_number(text: str) -> Decimal | None:
    """The number that a text such as ``-12.50``, ``.5`` or ``1e3`` means; null for any other text."""
    if len(text) > LONGEST_TEXT or not _NUMBER.fullmatch(text):
        return None
    return number(text)


def number_text(value: Decimal) -> str:
    """Plain digits: no exponent, no zeros at the end of a fraction, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def as_index(value: Decimal, bound: int) -> int:
    """A position or a length as a Python number, cut to ±``bound`` before it could grow large."""
    if value > bound:
        return bound
    if value < -bound:
        return -bound
    return int(value)
