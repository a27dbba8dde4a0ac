"""A place in a list of tokens, with the questions that a parser asks."""

from __future__ import annotations

from exprsn.kernel.expressions.errors import ExpressionError, ExpressionSyntaxError
from exprsn.kernel.expressions.syntax.tokens import Kind, Token
from exprsn.kernel.expressions.syntax.words import RESERVED, refused_token

MAX_DEPTH = 50
_OPENING = frozenset({"(", "[", "{"})
_CLOSING = frozenset({")", "]", "}"})


class Cursor:
    """Reads tokens one after another; ``depth`` counts how far the parser has gone into brackets."""

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = depth

    @property
    def token(self) -> Token:
        """The token to be read next; END stays."""
        return self._tokens[self._at]

    def ahead(self) -> Token:
        """The token after the next one."""
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Read a token that is not END."""
        token = self._tokens[self._at]
        self._at += 1
        return token

    def is_sign(self, sign: str) -> bool:
        """Whether this punctuator comes next."""
        return self.token.is_sign(sign)

    def skip(self, sign: str) -> bool:
        """Read this punctuator if it comes next."""
        found = self.is_sign(sign)
        self._at += found
        return found

    def expect(self, sign: str) -> None:
        """Read this punctuator, which must come next."""
        if not self.skip(sign):
            raise self.unexpected()

    def identifier(self) -> Token:
        """Read a name that may be bound or referred to."""
        if self.token.kind is not Kind.NAME or self.token.value in RESERVED:
            raise self.unexpected()
        return self.take()

    def enter(self) -> None:
        """Go one level deeper."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionSyntaxError("The expression is nested too deeply.", offset=self.token.start)

    def leave(self) -> None:
        """Come back from a level."""
        self._depth -= 1

    def unexpected(self) -> ExpressionError:
        """The error that the next token is."""
        token = self.token
        refused = refused_token(token, is_first=self._at == 0)
        if refused is not None:
            return refused
        shown = "a text" if token.kind is Kind.TEXT else f"“{token.value}”"
        if token.kind is Kind.TEMPLATE:
            shown = "a template text"
        verdict = "The expression ends too early." if token.kind is Kind.END else f"Unexpected {shown}."
        return ExpressionSyntaxError(verdict, offset=token.start)

    def after_closing(self) -> Token | None:
        """The token behind the bracket that closes the one that comes next; None when none does."""
        depth = 0
        for at in range(self._at, len(self._tokens) - 1):
            token = self._tokens[at]
            if token.kind is Kind.PUNCTUATOR:
                depth += (token.value in _OPENING) - (token.value in _CLOSING)
                if depth == 0:
                    return self._tokens[at + 1]
        return None
