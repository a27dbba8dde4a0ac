"""``toLocaleString`` of numbers: English, and a few other ways to separate digits."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from exprsn.kernel.expressions.coercion import to_integer, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.numbers import Number, double
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, is_nothing, truthy

# The signs between thousands and before the fraction.
_SEPARATORS = {
    "en": (",", "."),
    "de": (".", ","),
    "es": (".", ","),
    "it": (".", ","),
    "pt": (".", ","),
    "nl": (".", ","),
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CNY": "CN¥"}
_EXACT = Context(prec=400)
_MAX_DIGITS = 20


def locale_text(run: Run, value: Number, locale: Any, options: Any) -> str:
    """A number for people: ``1,234.5``. Options: digits of the fraction, ``useGrouping``, ``style``, ``currency``."""
    language = "en" if is_nothing(locale) or locale == [] else to_text(locale, run).partition("-")[0].lower()
    if language not in _SEPARATORS:
        raise ExpressionError(f"Numbers cannot be written in “{language}”; use {', '.join(_SEPARATORS)}.")
    chosen = options if isinstance(options, dict) else {}
    style = to_text(chosen.get("style", "decimal"), run)
    exact = double(value)
    if style == "percent":
        exact *= 100
    text = _digits(abs(exact), *_fraction_range(run, chosen, style), grouped=truthy(chosen.get("useGrouping", True)))
    thousands, point = _SEPARATORS[language]
    text = text.replace(",", "\0").replace(".", point).replace("\0", thousands)
    sign = "-" if exact < 0 and any(digit in "123456789∞" for digit in text) else ""
    if style == "percent":
        return f"{sign}{text}%"
    if style == "currency":
        return sign + _with_currency(text, to_text(chosen.get("currency", "USD"), run).upper(), language)
    return sign + text


def _with_currency(text: str, code: str, language: str) -> str:
    mark = _SIGNS.get(code, code)
    if language != "en":
        return f"{text}\u00a0{mark}"
    return f"{mark}\u00a0{text}" if mark == code else f"{mark}{text}"


def _fraction_range(run: Run, options: dict[str, Any], style: str) -> tuple[int, int]:
    usual = {"currency": (2, 2), "percent": (0, 0)}.get(style, (0, 3))
    if options.get("currency") == "JPY" and style == "currency":
        usual = (0, 0)
    fewest = to_integer(options.get("minimumFractionDigits", UNDEFINED), run, -1)
    most = to_integer(options.get("maximumFractionDigits", UNDEFINED), run, -1)
    if fewest < 0:
        fewest = min(usual[0], most) if most >= 0 else usual[0]
    if most < 0:
        most = max(usual[1], fewest)
    if not fewest <= most <= _MAX_DIGITS:
        raise ExpressionError("The digits of the fraction must be from 0 to 20, the fewest not above the most.")
    return fewest, most


def _digits(value: float, fewest: int, most: int, *, grouped: bool) -> str:
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "∞"
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, context=_EXACT)
    whole, _, fraction = f"{rounded:{',' if grouped else ''}f}".partition(".")
    fraction = fraction.rstrip("0").ljust(fewest, "0")
    return f"{whole}.{fraction}" if fraction else whole
