"""What can be wrong with an expression.

``line`` and ``column`` count from 1 within the whole text that was compiled; ``block`` is the position of
the ``{{ … }}`` block, from 0. All three are None where no place is known.
"""

from __future__ import annotations

from typing import ClassVar

from exprsn.kernel.errors import DomainError


class ExpressionError(DomainError):
    """An expression that could not be compiled or evaluated."""

    default_code: ClassVar[str] = "expression_failed"

    def __init__(
        self,
        message: str,
        *,
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        block: int | None = None,
    ) -> None:
        super().__init__(message)
        self.offset = offset
        self.line = line
        self.column = column
        self.block = block

    def place(self, text: str, start: int, block: int | None) -> None:
        """Say where in ``text`` it happened; ``start`` stands in for an unknown offset. The first place stays."""
        if self.line is not None:
            return
        at = start if self.offset is None else self.offset
        before = text[:at]
        self.line = before.count("\n") + 1
        self.column = at - (before.rfind("\n") + 1) + 1
        self.block = block
        self.params.update(line=self.line, column=self.column, block=block)


class ExpressionSyntaxError(ExpressionError):
    """The text is not an expression."""

    default_code = "expression_syntax_error"


class UnsupportedExpression(ExpressionError):
    """Valid JavaScript, but more than tier 1 holds: statements, regular expressions, assignments."""

    default_code = "expression_unsupported"


class ExpressionBudgetExceeded(ExpressionError):
    """The evaluation cost more steps, time, memory or depth than it may."""

    default_code = "expression_too_costly"


class HostError(ExpressionError):
    """What the host says about a value that it lends, such as a node that has not run; it has a code of its own."""


class NotCallable(ExpressionError):
    """What stands before the brackets is no function; the message says what it is. The compiler adds its name."""
