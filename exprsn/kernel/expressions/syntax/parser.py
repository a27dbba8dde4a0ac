"""From tokens to a syntax tree, by precedence climbing (ECMA-262, section 13).

JavaScript that is valid but more than tier 1 holds is recognised and refused as ``UnsupportedExpression``.
"""

from __future__ import annotations

from exprsn.kernel.expressions.errors import ExpressionError, ExpressionSyntaxError
from exprsn.kernel.expressions.syntax.arrows import ArrowParser
from exprsn.kernel.expressions.syntax.nodes import (
    Chain,
    Conditional,
    ListLiteral,
    Logic,
    Name,
    Node,
    ObjectLiteral,
    Operation,
    Unary,
)
from exprsn.kernel.expressions.syntax.tokens import Kind, Token
from exprsn.kernel.expressions.syntax.words import ASSIGNMENTS, unsupported

_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"??"}),
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"|"}),
    frozenset({"^"}),
    frozenset({"&"}),
    frozenset({"==", "!=", "===", "!=="}),
    frozenset({"<", ">", "<=", ">=", "in"}),
    frozenset({"<<", ">>", ">>>"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
_PRECEDENCE = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}
_LOGIC_LEVELS = 3
_SIGNS = frozenset({"!", "-", "+", "~"})
_SIGN_WORDS = frozenset({"typeof", "void"})


def parse(tokens: list[Token]) -> Node:
    """The tree of the one expression that the tokens are."""
    return Parser(tokens).whole()


class Parser(ArrowParser):
    """The grammar from the loosest binding to the unary operators; what is inside comes from its bases."""

    def whole(self) -> Node:
        """The expression, nothing behind it but semicolons."""
        node = self.expression()
        closed = self.is_sign(";")
        while self.skip(";"):
            pass
        if self.token.kind is Kind.END:
            return node
        if closed or self.is_sign(","):
            raise unsupported("More than one expression", self.token.start)
        raise self.unexpected()

    def expression(self) -> Node:
        """One expression without commas."""
        self.enter()
        node = self.arrow() or self._conditional()
        sign = self.token.value if self.token.kind is Kind.PUNCTUATOR else ""
        if sign in ASSIGNMENTS:
            raise self._assignment(node, sign)
        self.leave()
        return node

    def _assignment(self, node: Node, sign: str) -> ExpressionError:
        is_pattern = isinstance(node, ListLiteral | ObjectLiteral) and sign == "="
        if isinstance(node, Name | Chain) or is_pattern:
            return unsupported("Assignments", self.token.start)
        return ExpressionSyntaxError(f"“{sign}” needs a name before it.", offset=self.token.start)

    def _conditional(self) -> Node:
        cases: list[tuple[Node, Node]] = []
        node = self._binary(0)
        while self.skip("?"):
            then = self.expression()
            self.expect(":")
            cases.append((node, then))
            arrow = self.arrow()
            if arrow is not None:
                return Conditional(cases, arrow)
            node = self._binary(0)
        return Conditional(cases, node) if cases else node

    def _level(self) -> int:
        """How tightly the operator that comes next binds; -1 when there is none."""
        token = self.token
        if token.kind is Kind.PUNCTUATOR:
            return _PRECEDENCE.get(token.value, -1)
        if token.is_word("instanceof"):
            raise self.unexpected()
        return _PRECEDENCE["in"] if token.is_word("in") else -1

    def _binary(self, lowest: int) -> Node:
        left = self._power()
        open_level = -1
        while (level := self._level()) >= lowest:
            token = self.take()
            right = self._binary(level + 1)
            if level < _LOGIC_LEVELS:
                left = self._logic(left, right, token, extend=level == open_level)
            elif level == open_level and isinstance(left, Operation):
                left.rest.append((token.value, right))
            else:
                left = Operation(left, [(token.value, right)])
            open_level = level
        return left

    def _logic(self, left: Node, right: Node, token: Token, *, extend: bool) -> Node:
        mixed = any(isinstance(side, Logic) and (side.sign == "??") != (token.value == "??") for side in (left, right))
        if mixed:
            raise ExpressionSyntaxError("Put brackets around && and || beside ??.", offset=token.start)
        if extend and isinstance(left, Logic):
            left.operands.append(right)
            return left
        return Logic(token.value, [left, right])

    def _power(self) -> Node:
        base = self._unary()
        if not self.is_sign("**"):
            return base
        token = self.take()
        if isinstance(base, Unary):
            raise ExpressionSyntaxError("Put brackets around the sign before **.", offset=token.start)
        self.enter()
        exponent = self._power()
        self.leave()
        return Operation(base, [("**", exponent)])

    def _unary(self) -> Node:
        signs: list[str] = []
        while True:
            token = self.token
            if (token.kind is Kind.PUNCTUATOR and token.value in _SIGNS) or (
                token.kind is Kind.NAME and token.value in _SIGN_WORDS
            ):
                signs.append(self.take().value)
            elif token.is_sign("++") or token.is_sign("--"):
                raise unsupported("Assignments", token.start)
            else:
                break
        node = self.postfix()
        return Unary(signs, node) if signs else node
