"""Decimals in JSON: read without losing a digit, written as numbers."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import orjson

from apps.core.public import dumps, loads_untrusted

# A double holds any number of so many digits.
_EXACT = 15
_MANY_DIGITS = re.compile(rb"[0-9][0-9.]{15}")


def read_exactly(data: bytes) -> Any:
    """The value of JSON from outside, checked as all such; numbers that a double cannot hold are ``Decimal``."""
    value = loads_untrusted(data, refuse_nul=True)
    if _MANY_DIGITS.search(data) is None:
        return value
    return json.loads(data.decode("utf-8-sig"), parse_float=_number)


def write_exactly(value: Any) -> bytes:
    """JSON bytes in which every ``Decimal`` is a number, digit by digit."""
    try:
        return orjson.dumps(value, default=_written, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError):
        # Rare: integers beyond 64 bits, lone surrogates, more than 254 levels.
        return dumps(plain(value))


def json_text(value: Any) -> str:
    """The same as text, for messages."""
    return write_exactly(value).decode()


def plain(value: Any) -> Any:
    """A JSON value without ``Decimal``, for where only JSON's own numbers can be kept."""
    if isinstance(value, Decimal):
        return _plain_number(value)
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    return value


def _plain_number(value: Decimal) -> int | float:
    if value == value.to_integral_value() and abs(value) < 10**18:
        return int(value)
    return float(value)


def _number(text: str) -> float | Decimal:
    """A double where it says the same, which is nearly always and is quicker to work with."""
    return float(text) if len(text) <= _EXACT else Decimal(text)


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value)) if value.is_finite() else None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
