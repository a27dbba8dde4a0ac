"""Values and what follows them: literals, names, brackets, members and calls."""

from __future__ import annotations

from abc import abstractmethod

from exprsn.kernel.expressions.numbers import number_text
from exprsn.kernel.expressions.syntax.cursor import Cursor
from exprsn.kernel.expressions.syntax.nodes import (
    Call,
    Chain,
    Constant,
    Group,
    ListLiteral,
    Member,
    Name,
    New,
    Node,
    ObjectLiteral,
    Spread,
    TemplateLiteral,
)
from exprsn.kernel.expressions.syntax.tokens import Kind, Token
from exprsn.kernel.expressions.syntax.words import CONSTANTS, RESERVED, unsupported
from exprsn.kernel.expressions.values import UNDEFINED

_MADE = frozenset({"Array", "Date", "Set"})
_METHOD_WORDS = frozenset({"get", "set", "async"})


class ValueParser(Cursor):
    """The innermost level of the grammar."""

    @abstractmethod
    def expression(self) -> Node:
        """One expression without commas."""

    def postfix(self) -> Node:
        """A value with its members and calls."""
        node = self._value()
        steps: list[Member | Call] = []
        while (step := self._step()) is not None:
            steps.append(step)
        if (self.is_sign("++") or self.is_sign("--")) and not self.token.line_before:
            raise unsupported("Assignments", self.token.start)
        return Chain(node, steps) if steps else node

    def _step(self) -> Member | Call | None:
        token = self.token
        if token.kind is Kind.TEMPLATE:
            raise unsupported("Tagged templates", token.start)
        if self.skip("."):
            return self._named(optional=False, at=token.start)
        if self.skip("["):
            return self._indexed(optional=False, at=token.start)
        if self.skip("("):
            return Call(self._entries(")"), False, token.start)
        if not self.skip("?."):
            return None
        if self.skip("["):
            return self._indexed(optional=True, at=token.start)
        if self.skip("("):
            return Call(self._entries(")"), True, token.start)
        return self._named(optional=True, at=token.start)

    def _named(self, *, optional: bool, at: int) -> Member:
        if self.token.kind is not Kind.NAME:
            raise self.unexpected()
        return Member(Constant(self.take().value), optional, at)

    def _indexed(self, *, optional: bool, at: int) -> Member:
        key = self.expression()
        if self.is_sign(","):
            raise unsupported("The comma operator", self.token.start)
        self.expect("]")
        return Member(key, optional, at)

    def _entries(self, closing: str) -> list[Node | Spread]:
        entries: list[Node | Spread] = []
        while not self.is_sign(closing):
            if closing == "]" and self.skip(","):
                entries.append(Constant(UNDEFINED))
                continue
            spread = self.skip("...")
            node = self.expression()
            entries.append(Spread(node) if spread else node)
            if not self.skip(","):
                break
        self.expect(closing)
        return entries

    def _value(self) -> Node:
        token = self.token
        if token.kind in {Kind.NUMBER, Kind.TEXT}:
            return Constant(self.take().value)
        if token.kind is Kind.TEMPLATE:
            return self._template(self.take())
        if token.kind is Kind.NAME:
            return self._word(token)
        if self.skip("("):
            return self._group()
        if self.skip("["):
            return ListLiteral(self._entries("]"))
        if self.skip("{"):
            return self._object()
        raise self.unexpected()

    def _word(self, token: Token) -> Node:
        if token.value in CONSTANTS:
            return Constant(CONSTANTS[self.take().value])
        if token.value == "new":
            return self._new(self.take())
        if token.value == "async" and self._begins_async():
            raise unsupported("“async”", token.start)
        name = self.identifier()
        return Name(name.value, name.start)

    def _begins_async(self) -> bool:
        ahead = self.ahead()
        return ahead.kind is Kind.NAME or ahead.is_sign("(")

    def _new(self, token: Token) -> Node:
        name = self.take() if self.token.kind is Kind.NAME else None
        if name is None or name.value not in _MADE or self.is_sign(".") or self.is_sign("["):
            raise unsupported("“new”", token.start)
        return New(name.value, self._entries(")") if self.skip("(") else [], token.start)

    def _group(self) -> Node:
        node = self.expression()
        if self.is_sign(","):
            raise unsupported("The comma operator", self.token.start)
        self.expect(")")
        return Group(node)

    def _template(self, token: Token) -> Node:
        texts, blocks = token.value
        return TemplateLiteral(texts, [self._template_block(tokens) for tokens in blocks])

    def _template_block(self, tokens: list[Token]) -> Node:
        self.enter()
        inner = type(self)(tokens, self._depth)
        node = inner.expression()
        if inner.is_sign(","):
            raise unsupported("The comma operator", inner.token.start)
        if inner.token.kind is not Kind.END:
            raise inner.unexpected()
        self.leave()
        return node

    def _object(self) -> Node:
        members: list[tuple[Node | None, Node]] = []
        while not self.is_sign("}"):
            members.append((None, self.expression()) if self.skip("...") else self._member())
            if not self.skip(","):
                break
        self.expect("}")
        return ObjectLiteral(members)

    def _member(self) -> tuple[Node, Node]:
        token, ahead = self.token, self.ahead()
        ends = ahead.is_sign(",") or ahead.is_sign("}")
        if token.kind is Kind.NAME and ends and token.value not in RESERVED:
            self.take()
            return Constant(token.value), Name(token.value, token.start)
        is_method_word = token.kind is Kind.NAME and token.value in _METHOD_WORDS
        if token.is_sign("*") or (is_method_word and not ahead.is_sign(":") and not ahead.is_sign("(")):
            raise unsupported("Methods in objects", token.start)
        key = self.key()
        if self.is_sign("("):
            raise unsupported("Methods in objects", token.start)
        self.expect(":")
        if token.value == "__proto__" and not token.is_sign("["):
            raise unsupported("“__proto__”", token.start)
        return key, self.expression()

    def key(self) -> Node:
        """The name of a member in an object literal or pattern."""
        token = self.token
        if token.kind in {Kind.NAME, Kind.TEXT}:
            return Constant(self.take().value)
        if token.kind is Kind.NUMBER:
            return Constant(number_text(self.take().value))
        self.expect("[")
        node = self.expression()
        self.expect("]")
        return node
