"""What the lexer makes and the parser reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """The kinds of tokens."""

    NAME = "name"
    NUMBER = "number"
    TEXT = "text"
    TEMPLATE = "template"
    PUNCTUATOR = "punctuator"
    REGEX = "regex"
    BIGINT = "bigint"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """``value`` is the name, number, text or sign; for a template its texts and the tokens of each block.

    ``start`` is the offset in the whole source. ``line_before`` says whether a line ended before it.
    """

    kind: Kind
    value: Any
    start: int
    line_before: bool = False

    def is_sign(self, sign: str) -> bool:
        """Whether it is this punctuator."""
        return self.kind is Kind.PUNCTUATOR and self.value == sign

    def is_word(self, word: str) -> bool:
        """Whether it is this name."""
        return self.kind is Kind.NAME and self.value == word
