"""Operators by rank, and what follows an operand: paths, filters and calls."""

from __future__ import annotations

from apps.decision_tables.engine.feel.limits import MAX_DEPTH
from apps.decision_tables.engine.feel.syntax.lexer import Kind, Token
from apps.decision_tables.engine.feel.syntax.names import KEYWORDS, NEVER_IN_NAMES
from apps.decision_tables.engine.feel.syntax.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparator,
    Comparison,
    Expression,
    Filter,
    In,
    InstanceOf,
    NamedArgument,
    NamedCall,
    Negation,
    Operation,
    Or,
    Path,
)
from apps.decision_tables.engine.feel.syntax.parser_control import ControlParser

_OR, _AND, _COMPARISON, _ADDITIVE, _MULTIPLICATIVE, _POWER = range(1, 7)
_COMPARATORS = ("<", "<=", ">", ">=", "=", "!=")
_SYMBOLS = {
    "+": _ADDITIVE, "-": _ADDITIVE, "*": _MULTIPLICATIVE, "/": _MULTIPLICATIVE, "**": _POWER,
    **dict.fromkeys(_COMPARATORS, _COMPARISON),
}  # fmt: skip
_WORDS = {"or": _OR, "and": _AND, "between": _COMPARISON, "in": _COMPARISON, "instance": _COMPARISON}


class OperatorParser(ControlParser):
    """Expressions made of operands and operators."""

    def expression(self) -> Expression:
        """A whole expression."""
        self.deeper()
        ends_interval, self.ends_interval = self.ends_interval, False
        if self.token.kind is Kind.SYMBOL and self.token.text in _COMPARATORS:
            found: Expression = self._comparator()
        else:
            found = self._ranked(_OR)
        self.ends_interval = ends_interval
        self.higher()
        return found

    def endpoint(self) -> Expression:
        """The end of an interval; a ``[`` behind it closes the interval unless a filter follows."""
        self.deeper()
        ends_interval, self.ends_interval = self.ends_interval, True
        found = self._ranked(_ADDITIVE)
        self.ends_interval = ends_interval
        self.higher()
        return found

    def _comparator(self) -> Comparator:
        operator = self.token.text
        self.position += 1
        return Comparator(operator, self._ranked(_ADDITIVE))

    def _rank(self) -> int:
        token = self.token
        if token.kind is Kind.SYMBOL:
            return _SYMBOLS.get(token.text, 0)
        return _WORDS.get(token.text, 0) if token.kind is Kind.WORD else 0

    def _ranked(self, lowest: int, left: Expression | None = None) -> Expression:
        """An operand with all operators of the lowest rank and above that follow it."""
        found = self._unary() if left is None else left
        for _round in range(MAX_DEPTH):
            rank = self._rank()
            if not rank or rank < lowest:
                return found
            found = self._combined(found, rank)
        raise self.error(f"An expression may compare {MAX_DEPTH} times in a row at most.")

    def _combined(self, left: Expression, rank: int) -> Expression:
        if rank == _COMPARISON:
            return self._comparison(left)
        if rank in (_OR, _AND):
            operands = [left]
            while self._rank() == rank:
                self.position += 1
                operands.append(self._ranked(rank + 1))
            return Or(tuple(operands)) if rank == _OR else And(tuple(operands))
        rest: list[Operation] = []
        while self._rank() == rank:
            operator = self.token.text
            self.position += 1
            rest.append(Operation(operator, self._ranked(rank + 1)))
        return Arithmetic(left, tuple(rest))

    def _comparison(self, left: Expression) -> Expression:
        operator = self.token.text
        self.position += 1
        match operator:
            case "between":
                low = self._ranked(_ADDITIVE)
                self.expect_word("and")
                return Between(left, low, self._ranked(_ADDITIVE))
            case "in":
                return In(left, self._tests())
            case "instance":
                self.expect_word("of")
                return InstanceOf(left, self.type())
        return Comparison(operator, left, self._ranked(_ADDITIVE))

    def _tests(self) -> tuple[Expression, ...]:
        """What stands behind ``in``: one test, or several in brackets."""
        if self.token.kind is Kind.SYMBOL and self.token.text in _COMPARATORS:
            return (self._comparator(),)
        if not self.accept("("):
            return (self._ranked(_ADDITIVE),)
        first = self.expression()
        if self.at(","):
            tests = [first]
            while self.goes_on(")"):
                tests.append(self.expression())
            return tuple(tests)
        if self.at(".."):
            operand = self.interval(first, low_included=False)
        else:
            self.expect(")")
            operand = first
        return (self._ranked(_ADDITIVE, self._postfixed(operand)),)

    def _unary(self) -> Expression:
        signs = 0
        while self.accept("-"):
            signs += 1
            if signs > MAX_DEPTH:
                raise self.error(f"An expression may be nested {MAX_DEPTH} levels deep at most.")
        found = self._operand()
        for _sign in range(signs):
            found = Negation(found)
        return found

    def _operand(self) -> Expression:
        controlled = None
        if self.token.kind is Kind.WORD and self.token.text in KEYWORDS:
            self.deeper()
            controlled = self.control()
            self.higher()
        return controlled or self._postfixed(self.primary())

    def _postfixed(self, base: Expression) -> Expression:
        for _step in range(MAX_DEPTH):
            if self.accept("."):
                base = Path(base, self.name(member=True))
            elif self.at("[") and not (self.ends_interval and not self.starts_operand(self.following)):
                base = self._filter(base)
            elif self.accept("("):
                base = self._call(base)
            else:
                return base
        raise self.error(f"A path may have {MAX_DEPTH} steps at most.")

    def _filter(self, base: Expression) -> Expression:
        self.position += 1
        outside, self.in_filter = self.in_filter, True
        condition = self.expression()
        self.in_filter = outside
        self.expect("]")
        return Filter(base, condition)

    def _call(self, function: Expression) -> Expression:
        if self.accept(")"):
            return Call(function, ())
        if self._at_named_argument():
            return NamedCall(function, tuple(self._named_arguments()))
        arguments = [self.expression()]
        while self.goes_on(")"):
            arguments.append(self.expression())
        return Call(function, tuple(arguments))

    def _named_arguments(self) -> list[NamedArgument]:
        found: list[NamedArgument] = []
        while not found or self.goes_on(")"):
            name = self.name_before(":")
            self.expect(":")
            found.append(NamedArgument(name, self.expression()))
        return found

    def _at_named_argument(self) -> bool:
        """Whether ``name :`` comes next."""
        position = self.position
        while self._in_a_name(self.tokens[position]):
            position += 1
        return position > self.position and self.tokens[position].text == ":"

    def _in_a_name(self, token: Token) -> bool:
        if token.kind is Kind.WORD:
            return token.text not in KEYWORDS
        return token.kind in (Kind.NUMBER, Kind.SYMBOL) and token.text not in NEVER_IN_NAMES
