"""The parser's place in the tokens, the names it knows there, and how it says what it expected."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_TEXT
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.lexer import Kind, Token, tokenize
from apps.decision_tables.engine.feel.syntax.names import (
    BUILT_IN,
    KEYWORDS,
    NEVER_IN_NAMES,
    KnownNames,
    is_word,
    known_names,
)
from apps.decision_tables.engine.feel.syntax.nodes import Expression

_APOSTROPHES = ("'", "’")
_BUILT_IN = KnownNames(BUILT_IN)


class Cursor(ABC):
    """What all parts of the parser share."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        if len(text) > MAX_TEXT:
            raise FeelSyntaxError(f"An expression may have {MAX_TEXT:,} characters at most.", MAX_TEXT)
        self.text = text
        self.tokens = tokenize(text)
        self.position = 0
        self.in_filter = False
        self.ends_interval = False
        self._depth = 0
        given = known_names(frozenset(names))
        self._scopes = [_BUILT_IN, given]
        self._members = [given, KnownNames()]

    @abstractmethod
    def expression(self) -> Expression:
        """A whole expression."""

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.position]

    @property
    def following(self) -> Token:
        """The token behind the next one."""
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def error(self, message: str) -> FeelSyntaxError:
        """The refusal of what comes next."""
        return FeelSyntaxError(message, self.token.start)

    def at(self, symbol: str) -> bool:
        """Whether a symbol comes next."""
        token = self.token
        return token.text == symbol and token.kind is Kind.SYMBOL

    def at_word(self, keyword: str) -> bool:
        """Whether a keyword comes next."""
        token = self.token
        return token.text == keyword and token.kind is Kind.WORD

    def accept(self, symbol: str) -> bool:
        """Step over a symbol if it comes next."""
        if self.at(symbol):
            self.position += 1
            return True
        return False

    def expect(self, symbol: str) -> None:
        """Step over a symbol that must come next."""
        if not self.accept(symbol):
            raise self.error(f"I expected `{symbol}` here.")

    def goes_on(self, close: str) -> bool:
        """Step over the comma before a further part, or over the bracket that ends a list of parts."""
        if not (self.at(",") or self.at(close)):
            raise self.error(f"I expected `,` or `{close}` here.")
        self.position += 1
        return self.tokens[self.position - 1].text == ","

    def expect_word(self, keyword: str) -> None:
        """Step over a keyword that must come next."""
        if not self.at_word(keyword):
            raise self.error(f"I expected `{keyword}` here.")
        self.position += 1

    def deeper(self) -> None:
        """Count one level of nesting."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"An expression may be nested {MAX_DEPTH} levels deep at most.")

    def higher(self) -> None:
        """Count a level back."""
        self._depth -= 1

    @contextmanager
    def scope(self, names: Collection[str] = ()) -> Iterator[KnownNames]:
        """Names that are known inside the block alone."""
        self._scopes.append(KnownNames(names))
        yield self._scopes[-1]
        self._scopes.pop()

    def learn_member(self, name: str) -> None:
        """Make the key of a context known behind dots and in filters."""
        self._members[-1].add(name)

    def name(self, *, member: bool = False) -> str:
        """The name at the present position: the longest known one, or the words that stand together."""
        known, length = self._longest(member)
        start = self.position
        if not length and not (is_word(self.token) or (member and self.token.kind is Kind.WORD)):
            raise self.error("I expected a name here.")
        self.position += length or 1
        behind = self.position
        while self._name_goes_on():
            self.position += 1
        return known if length and self.position == behind else self.spelled(start)

    def _longest(self, member: bool) -> tuple[str, int]:
        known = ("", 0)
        scopes = self._members if member else self._scopes
        for scope in [*scopes, *self._members] if self.in_filter else scopes:
            found = scope.longest(self.tokens, self.position)
            if found[1] >= known[1]:
                known = found
        return known

    def _name_goes_on(self) -> bool:
        token = self.token
        if token.kind is Kind.SYMBOL:
            return token.text in _APOSTROPHES and token.start == self.tokens[self.position - 1].end
        return token.text.isdecimal() or is_word(token)

    def spelled(self, start: int) -> str:
        """The text from a token up to the present position, with single spaces."""
        spelled, end = "", self.tokens[start].start
        for token in self.tokens[start : self.position]:
            spelled += (" " if token.start > end else "") + token.text
            end = token.end
        return spelled

    def name_before(self, *stops: str) -> str:
        """The name that is being defined here: all tokens up to one of the stops."""
        if self.token.kind is not Kind.WORD:
            raise self.error("I expected a name here.")
        start = self.position
        self.position += 1
        while self._names_on(stops):
            self.position += 1
        return self.spelled(start)

    def _names_on(self, stops: tuple[str, ...]) -> bool:
        token = self.token
        if token.kind is Kind.END or token.text in stops:
            return False
        if token.kind is Kind.STRING or token.text in NEVER_IN_NAMES:
            raise self.error(f"I expected `{stops[0]}` here.")
        return True

    def starts_operand(self, token: Token) -> bool:
        """Whether an operand could begin with a token."""
        if token.kind is Kind.SYMBOL:
            return token.text in ("-", "(", "[", "{", "@")
        if token.kind is Kind.WORD and token.text in KEYWORDS:
            return token.text in ("if", "for", "some", "every", "function", "true", "false", "null")
        return token.kind is not Kind.END
