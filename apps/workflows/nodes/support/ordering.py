"""A total order over JSON values, so that sorting mixed data never fails."""

from __future__ import annotations

from json import dumps
from typing import Any

from apps.workflows.nodes.support.paths import MISSING
from apps.workflows.nodes.support.values import is_number

_LAST = 9


def order_key(value: Any, descending: bool = False) -> tuple[int, Any]:
    """A key that sorts booleans, numbers, text (without case), lists, objects, and nothing last of all.

    With ``descending`` the key is meant for a reversed sort, in which nothing still comes last.
    """
    if value is None or value is MISSING:
        return (-_LAST if descending else _LAST, 0)
    if isinstance(value, bool):
        return (0, value)
    if is_number(value):
        return (1, value)
    if isinstance(value, str):
        return (2, (value.casefold(), value))
    return (3 if isinstance(value, list) else 4, dumps(value, sort_keys=True))
