"""FEEL text into a syntax tree."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_TREE_DEPTH
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.lexer import Kind
from apps.decision_tables.engine.feel.syntax.nodes import Expression, Node, UnaryTests, depth_of
from apps.decision_tables.engine.feel.syntax.parser_operators import OperatorParser

_Tree = TypeVar("_Tree", bound=Node)


def parse_expression(text: str, names: Collection[str] = ()) -> Expression:
    """The tree of an expression.

    ``names`` are those that the text may use and that hold spaces, operators or keywords (others need not be named).
    Raises ``FeelSyntaxError``.
    """
    try:
        return _Parser(text, names).whole_expression()
    except RecursionError:
        raise _too_deep() from None


def parse_unary_tests(text: str, names: Collection[str] = ()) -> UnaryTests:
    """The tree of a cell such as ``< 100``, ``"gold", "silver"`` or ``not(…)``; ``-`` and nothing hold for everything.

    Raises ``FeelSyntaxError``.
    """
    try:
        parser = _Parser(text, names)
        if parser.may_be_negated():
            try:
                return _Parser(text, names).negated_tests()
            except FeelSyntaxError:
                # ``not(a) or (b)`` is an expression
                return parser.whole_tests()
        return parser.whole_tests()
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> FeelSyntaxError:
    return FeelSyntaxError(f"An expression may be nested {MAX_DEPTH} levels deep at most.", 0)


class _Parser(OperatorParser):
    """The whole grammar."""

    def whole_expression(self) -> Expression:
        return self._finished(self.expression())

    def whole_tests(self) -> UnaryTests:
        if self.token.kind is Kind.END or (self.at("-") and self.following.kind is Kind.END):
            return UnaryTests(())
        return self._finished(UnaryTests(self._alternatives()))

    def may_be_negated(self) -> bool:
        """Whether the text looks like ``not( … )``."""
        return self.at_word("not") and self.following.text == "(" and self.tokens[-2].text == ")"

    def negated_tests(self) -> UnaryTests:
        self.position += 2
        tests = self._alternatives()
        self.expect(")")
        return self._finished(UnaryTests(tests, negated=True))

    def _alternatives(self) -> tuple[Expression, ...]:
        found = [self.expression()]
        while self.accept(","):
            found.append(self.expression())
        return tuple(found)

    def _finished(self, tree: _Tree) -> _Tree:
        if self.token.kind is not Kind.END:
            raise self.error(f"I expected an operator or the end here, not `{self.token.shown}`.")
        if depth_of(tree) > MAX_TREE_DEPTH:
            raise FeelSyntaxError(f"An expression may be nested {MAX_TREE_DEPTH} levels deep at most.", 0)
        return tree
