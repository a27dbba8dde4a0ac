"""Making any JSON fit to be stored: no NUL, no lone surrogates, no NaN, no endless nesting."""

from __future__ import annotations

import math
import re
from typing import Any

from exprsn.kernel.errors import InvalidInput

MAX_DEPTH = 80
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def not_recognized(message: str) -> InvalidInput:
    """The refusal of everything that cannot be read as a workflow."""
    return InvalidInput(message, code="import_not_recognized")


def clean_json(value: Any, depth: int = 0) -> Any:
    """A copy that can be stored and shown. Raises ``import_not_recognized`` when nested too deeply."""
    if depth > MAX_DEPTH:
        raise not_recognized(f"The file is nested more than {MAX_DEPTH} levels deep.")
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value) if _UNSTORABLE.search(value) else value
    if isinstance(value, dict):
        return {clean_json(str(name), depth): clean_json(held, depth + 1) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(entry, depth + 1) for entry in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _storable_number(value)
    if value is None or isinstance(value, bool):
        return value
    raise not_recognized("The file holds a value that is not JSON.")


def _storable_number(value: int | float) -> int | float | None:
    """What is no number becomes null; integers of more than 64 bits become doubles, as in JavaScript."""
    if isinstance(value, int) and -(2**63) <= value < 2**64:
        return value
    try:
        double = float(value)
    except OverflowError:
        return None
    return double if math.isfinite(double) else None


def unique(wanted: str, taken: set[str], most: int) -> str:
    """``wanted``, or ``wanted 2``, ``wanted 3``, …; added to ``taken``, at most ``most`` characters long."""
    name, number = wanted[:most], 1
    while name in taken:
        number += 1
        ending = f" {number}"
        name = wanted[: most - len(ending)] + ending
    taken.add(name)
    return name
