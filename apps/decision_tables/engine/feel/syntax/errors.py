"""The refusal of text that is not FEEL."""

from __future__ import annotations

from exprsn.kernel.errors import InvalidInput


class FeelSyntaxError(InvalidInput):
    """The text is not FEEL; ``position`` is the offset (from 0) of the first character that does not fit."""

    default_code = "feel_syntax"

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, params={"position": position})
        self.position = position
