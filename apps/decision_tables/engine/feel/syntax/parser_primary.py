"""Literals, lists, contexts, intervals, function definitions and brackets."""

from __future__ import annotations

from apps.decision_tables.engine.feel.decimals import parse_number
from apps.decision_tables.engine.feel.syntax.cursor import Cursor
from apps.decision_tables.engine.feel.syntax.lexer import Kind, string_value
from apps.decision_tables.engine.feel.syntax.nodes import (
    AtLiteral,
    ContextEntry,
    ContextLiteral,
    Expression,
    FunctionLiteral,
    Interval,
    ListLiteral,
    Literal,
    Name,
    Parameter,
)
from apps.decision_tables.engine.feel.type_reading import TypeReader
from apps.decision_tables.engine.feel.type_tree import FeelType

_CONSTANTS = {"true": True, "false": False, "null": None}


class PrimaryParser(Cursor):
    """The parts that begin an operand."""

    def endpoint(self) -> Expression:
        """The end of an interval."""
        raise NotImplementedError

    def primary(self) -> Expression:
        """A literal, a name, or anything in brackets."""
        token = self.token
        if token.kind is Kind.NUMBER:
            return self._number()
        if token.kind is Kind.STRING:
            self.position += 1
            return Literal(string_value(token))
        if token.kind is Kind.WORD:
            return self._word()
        match token.text:
            case "(":
                return self._parenthesis()
            case "[":
                return self._list()
            case "]":
                self.position += 1
                return self.interval(self.expression(), low_included=False)
            case "{":
                return self._context()
            case "@":
                return self._at_literal()
        raise self.error(self._unexpected())

    def _unexpected(self) -> str:
        token = self.token
        if token.kind is Kind.END:
            return "I expected a value here, but the text ends."
        if token.text == "=" and self.position and self.tokens[self.position - 1].text == "=":
            return "I expected a value here. Equality is written with one `=`."
        if token.text == "'":
            return 'I expected a value here. Text is written in double quotes, such as "gold".'
        return f"I expected a value here, not `{token.shown}`."

    def _number(self) -> Expression:
        number = parse_number(self.token.text)
        if number is None:
            raise self.error("This number is too large.")
        self.position += 1
        return Literal(number)

    def _word(self) -> Expression:
        text = self.token.text
        if text == "function":
            return self._function()
        if text in _CONSTANTS and not self.at_known_name():
            self.position += 1
            return Literal(_CONSTANTS[text])
        return Name(self.name())

    def at_known_name(self) -> bool:
        """Whether a known name of several tokens begins here."""
        return self._longest(member=False)[1] > 0

    def _at_literal(self) -> Expression:
        self.position += 1
        token = self.token
        if token.kind is not Kind.STRING:
            raise self.error('I expected a text here, such as @"2026-01-31".')
        self.position += 1
        return AtLiteral(string_value(token))

    def _parenthesis(self) -> Expression:
        self.position += 1
        inside = self.expression()
        if self.at(".."):
            return self.interval(inside, low_included=False)
        self.expect(")")
        return inside

    def _list(self) -> Expression:
        self.position += 1
        if self.accept("]"):
            return ListLiteral(())
        first = self.expression()
        if self.at(".."):
            return self.interval(first, low_included=True)
        items = [first]
        while self.goes_on("]"):
            items.append(self.expression())
        return ListLiteral(tuple(items))

    def interval(self, low: Expression, *, low_included: bool) -> Expression:
        """The rest of an interval, from its dots on."""
        self.expect("..")
        high = self.endpoint()
        if not (self.at(")") or self.at("]") or self.at("[")):
            raise self.error("I expected `]` or `)` here.")
        included = self.at("]")
        self.position += 1
        return Interval(low, low_included, high, included)

    def _context(self) -> Expression:
        self.position += 1
        entries: list[ContextEntry] = []
        if self.accept("}"):
            return ContextLiteral(())
        with self.scope() as known:
            while not entries or self.goes_on("}"):
                key = self._key()
                known.add(key)
                self.learn_member(key)
                entries.append(ContextEntry(key, self.expression()))
        return ContextLiteral(tuple(entries))

    def _key(self) -> str:
        token = self.token
        if token.kind is Kind.STRING:
            self.position += 1
            key = string_value(token)
        else:
            key = self.name_before(":")
        self.expect(":")
        return key

    def _function(self) -> Expression:
        self.position += 1
        self.expect("(")
        parameters = [] if self.accept(")") else [self._parameter()]
        while parameters and self.goes_on(")"):
            parameters.append(self._parameter())
        external = self.at_word("external")
        self.position += external
        with self.scope([parameter.name for parameter in parameters]):
            return FunctionLiteral(tuple(parameters), self.expression(), external)

    def _parameter(self) -> Parameter:
        name = self.name_before(":", ",", ")")
        return Parameter(name, self.type() if self.accept(":") else None)

    def type(self) -> FeelType:
        """The type at the present position."""
        reader = TypeReader(self.tokens, self.position)
        found = reader.read()
        self.position = reader.position
        return found
