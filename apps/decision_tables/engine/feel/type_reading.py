"""Types from text: ``list<number>``, ``context<name: string>``, ``function<date> -> boolean``."""

from __future__ import annotations

from collections.abc import Sequence

from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_TEXT
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.lexer import Kind, Token, tokenize
from apps.decision_tables.engine.feel.type_tree import (
    ANY,
    DATE_AND_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    SIMPLE_TYPES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    NamedType,
    RangeType,
)

_ALIASES: dict[str, FeelType] = {
    **SIMPLE_TYPES,
    "any": ANY,
    "dateTime": DATE_AND_TIME,
    "dayTimeDuration": DAYS_DURATION,
    "yearMonthDuration": MONTHS_DURATION,
}
_BARE: dict[str, FeelType] = {
    "list": ListType(ANY),
    "context": ContextType(),
    "function": FunctionType(None, ANY),
    "range": RangeType(ANY),
}
_LONG_NAMES = sorted((tuple(name.split()) for name in _ALIASES if " " in name), key=len, reverse=True)
_STOPS = frozenset({"and", "or", "in", "between", "then", "else", "return", "satisfies", "instance", "external"})


def parse_type(text: str) -> FeelType:
    """The type that a text means; an unknown name is a ``NamedType``. Raises ``FeelSyntaxError``."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(f"A type may have {MAX_TEXT:,} characters at most.", MAX_TEXT)
    reader = TypeReader(tokenize(text), 0)
    found = reader.read()
    if reader.token.kind is not Kind.END:
        raise FeelSyntaxError("The type should end here.", reader.token.start)
    return found


class TypeReader:
    """Reads one type from tokens; ``position`` is then behind it."""

    def __init__(self, tokens: Sequence[Token], position: int) -> None:
        self._tokens = tokens
        self._depth = 0
        self.position = position

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self._tokens[self.position]

    def read(self) -> FeelType:
        """The type at the present position."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeelSyntaxError(f"Types may be nested {MAX_DEPTH} levels deep at most.", self.token.start)
        found = self._read()
        self._depth -= 1
        return found

    def _read(self) -> FeelType:
        for words in _LONG_NAMES:
            if tuple(token.text for token in self._tokens[self.position : self.position + len(words)]) == words:
                self.position += len(words)
                return _ALIASES[" ".join(words)]
        start = self.token
        if start.kind is not Kind.WORD or start.text in _STOPS:
            raise FeelSyntaxError("I expected a type here, such as `number` or `list<string>`.", start.start)
        if start.text in _BARE:
            self.position += 1
            return self._with_parts(start.text) if self.token.text == "<" else _BARE[start.text]
        name = self._name()
        return _ALIASES.get(name) or NamedType(name)

    def _with_parts(self, word: str) -> FeelType:
        self.position += 1
        if word == "context":
            return ContextType(self._members())
        if word == "function":
            return self._function()
        item = self.read()
        self._expect(">")
        return ListType(item) if word == "list" else RangeType(item)

    def _members(self) -> tuple[tuple[str, FeelType], ...]:
        found: list[tuple[str, FeelType]] = []
        while self.token.text != ">" or not found:
            if found:
                self._expect(",")
            name = self._name()
            self._expect(":")
            found.append((name, self.read()))
        self.position += 1
        return tuple(found)

    def _function(self) -> FeelType:
        parameters: list[FeelType] = []
        while self.token.text != ">":
            if parameters:
                self._expect(",")
            parameters.append(self.read())
        self.position += 1
        self._expect("->")
        return FunctionType(tuple(parameters), self.read())

    def _name(self) -> str:
        """Words and numbers that stand together, also with dots between them."""
        words: list[str] = []
        while self._goes_on(bool(words)):
            words.append(self.token.text)
            self.position += 1
        if not words:
            raise FeelSyntaxError("I expected a name here.", self.token.start)
        return " ".join(words).replace(" . ", ".")

    def _goes_on(self, begun: bool) -> bool:
        token = self.token
        if token.kind is Kind.WORD:
            return token.text not in _STOPS
        return begun and (token.kind is Kind.NUMBER or token.text == ".")

    def _expect(self, symbol: str) -> None:
        if self.token.text != symbol or self.token.kind is not Kind.SYMBOL:
            raise FeelSyntaxError(f"I expected `{symbol}` here.", self.token.start)
        self.position += 1
