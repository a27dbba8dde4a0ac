"""What FEEL values are in Python.

null is ``None``, boolean ``bool``, number ``Decimal`` (see ``decimals``), string ``str``, list ``list``, context
``dict`` with text keys in their order, function ``FeelFunction``, range ``Range``; dates, times and durations are in
``temporal``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from apps.decision_tables.engine.feel.temporal import DateTime

# Any of the above. It is ``object`` so that every use has to narrow it first.
Value: TypeAlias = object


class FeelFunction(ABC):
    """Something an expression can call: a built-in function, or one that an expression defines."""

    __slots__ = ()

    needs_clock: bool = False

    @property
    @abstractmethod
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""

    @abstractmethod
    def call(self, args: Sequence[Value]) -> Value:
        """The value for arguments by position; null where the function is not defined for them."""

    @abstractmethod
    def call_named(self, args: Mapping[str, Value]) -> Value:
        """The value for arguments by name; null where the function is not defined for them."""

    def why_null(self, args: Sequence[Value]) -> str | None:
        """What is wrong with arguments by position that gave null, in a sentence, where that can be told."""
        return None

    def at(self, now: DateTime) -> FeelFunction:
        """The function with its clock set; a caller uses this where ``needs_clock`` is true."""
        return self


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end that is ``None`` is open to all values on that side."""

    low: Value
    low_included: bool
    high: Value
    high_included: bool
