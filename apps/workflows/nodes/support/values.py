"""How JSON values are read as text, numbers, booleans and moments, with JavaScript's spelling."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

MAX_INTEGER_DIGITS = 300
MAX_DEPTH = 100


def text_of(value: Any) -> str:
    """A value as text: null is empty, ``1.0`` is ``1``, lists and objects are compact JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_number(value: Any) -> bool:
    """A number and not a boolean (which Python counts as one)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_of(value: Any) -> int | float | None:
    """The number that a value is or spells; None when it does not."""
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return value  # type: ignore[no-any-return]
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_INTEGER_DIGITS:
        return None
    spelled = value.strip()
    try:
        return int(spelled) if spelled.lstrip("+-").isdecimal() else _finite(float(spelled.replace("_", "x")))
    except ValueError:
        return None


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def boolean_of(value: Any) -> bool | None:
    """The boolean that a value is or spells (``"true"``, ``"false"``, ``1``, ``0``); else None."""
    if isinstance(value, bool):
        return value
    if is_number(value) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())
    return None


def parsed_json(text: str | bytes) -> Any:
    """The JSON that a text spells. Raises ``ValueError``, for NaN and endless nesting too."""
    value = orjson.loads(text)
    if depth_exceeds(value, MAX_DEPTH):
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
    return value


def depth_exceeds(value: Any, most: int) -> bool:
    """Whether lists and objects are nested more than ``most`` levels; does not recurse."""
    level = [value] if isinstance(value, list | dict) else []
    for _ in range(most):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, list | dict)
        ]
    return bool(level)


def moment_of(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a value names: ISO 8601, RFC 2822, or milliseconds since 1970; aware, else None.

    A text without an offset is read in ``zone``.
    """
    try:
        if is_number(value) or (isinstance(value, str) and value.strip().isdecimal() and len(value) > 8):
            return datetime.fromtimestamp(float(value) / 1000, UTC)
        if isinstance(value, str) and value.strip():
            parsed = _parsed_moment(value.strip())
            return parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return None
    return None


def _parsed_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this IANA name, or None."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # malformed, a folder of the zone data, not found
        return None
