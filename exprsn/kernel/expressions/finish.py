"""The way out: results as JSON."""

from __future__ import annotations

import math
from typing import Any

from exprsn.kernel.expressions.coercion import MAX_NESTING
from exprsn.kernel.expressions.errors import ExpressionBudgetExceeded
from exprsn.kernel.expressions.values import UNDEFINED, HostObject
from exprsn.kernel.jsonvalue import clean_text

MAX_VALUES = 1_000_000
_PLAIN = frozenset({int, bool, type(None)})


def to_json(value: Any) -> Any:
    """A result as JSON: undefined and functions become null (as members they vanish), dates their ISO text.

    Numbers without a JSON form (NaN, Infinity) become null, texts are cleaned (see ``clean_text``), lists and
    objects are copied. Raises ``ExpressionBudgetExceeded`` for values of more than 100 levels or a million entries.
    """
    if type(value) in _PLAIN:
        return value
    made = _Finisher().finish(value, 0)
    return None if made is UNDEFINED else made


def _text(text: str) -> str:
    return text if text.isascii() and "\x00" not in text else clean_text(text)


class _Finisher:
    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def finish(self, value: Any, depth: int) -> Any:
        """The value as JSON, or UNDEFINED."""
        if type(value) in _PLAIN:
            return value
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, HostObject):
            return self.finish(value.to_json(), depth + 1)
        if isinstance(value, dict | list):
            return self._container(value, depth)
        if isinstance(value, float):
            return self._number(value)
        return value

    @staticmethod
    def _number(value: float) -> Any:
        if not math.isfinite(value):
            return None
        return value if value else 0

    def _container(self, value: dict[str, Any] | list[Any], depth: int) -> Any:
        self._left -= len(value)
        if depth > MAX_NESTING or self._left < 0:
            raise ExpressionBudgetExceeded("The result is too large or nested too deeply.")
        if isinstance(value, list):
            entries = [self.finish(entry, depth + 1) for entry in value]
            return [None if entry is UNDEFINED else entry for entry in entries]
        members = {_text(name): self.finish(member, depth + 1) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not UNDEFINED}
