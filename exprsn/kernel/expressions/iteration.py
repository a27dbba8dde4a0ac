"""What can be gone through one by one."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.values import IterableObject, type_of


def entries_of(value: Any) -> list[Any]:
    """The entries of a list, the characters of a text, the members of a set. Not a copy."""
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return list(value)
    if isinstance(value, IterableObject):
        return value.iterate()
    raise ExpressionError(f"A list or a text is needed here, not {type_of(value)}.")
