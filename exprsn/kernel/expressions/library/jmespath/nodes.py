"""The syntax tree of JMESPath."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: ``kind`` names it, ``value`` is its constant, ``parts`` are the expressions inside it."""

    kind: str
    value: Any = None
    parts: list[Step] = field(default_factory=list)
