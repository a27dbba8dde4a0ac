"""A tree that is printed and read again is the same tree; and no text makes the parser or an expression fail."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax import nodes
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.syntax.printing import expression_text, unary_tests_text
from apps.decision_tables.engine.feel.types import parse_type

WORDS = st.sampled_from(["a", "b", "my rate", "item", "x2", "?"])
TYPES = st.sampled_from(["number", "list<string>", "context<a: Any>", "function<> -> date", "tThing", "list"]).map(
    parse_type
)
NUMBERS = st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False, places=3) | st.sampled_from(
    [Decimal("1E+99")]
)
LEAVES = st.one_of(
    st.builds(
        nodes.Literal,
        NUMBERS | st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.booleans() | st.none(),
    ),
    st.builds(nodes.AtLiteral, st.just("2026-01-31")),
    st.builds(nodes.Name, WORDS),
)
KEYS = st.sampled_from(["a", "my key", "a-b", "if", "", '"'])


def _tuples(of: st.SearchStrategy, least: int = 0) -> st.SearchStrategy:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


def _ranked(operators: list[str], inner: st.SearchStrategy) -> st.SearchStrategy:
    rest = _tuples(st.builds(nodes.Operation, st.sampled_from(operators), inner), 1)
    return st.builds(nodes.Arithmetic, inner, rest)


def _larger(inner: st.SearchStrategy) -> st.SearchStrategy:
    iterations = _tuples(st.builds(nodes.Iteration, WORDS, inner, st.none() | inner), 1)
    comparator = st.builds(nodes.Comparator, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)
    parameter = st.builds(nodes.Parameter, WORDS, st.none() | TYPES)
    return st.one_of(
        _ranked(["+", "-"], inner),
        _ranked(["*", "/"], inner),
        _ranked(["**"], inner),
        comparator,
        st.builds(nodes.ListLiteral, _tuples(inner)),
        st.builds(nodes.ContextLiteral, _tuples(st.builds(nodes.ContextEntry, KEYS, inner))),
        st.builds(nodes.Interval, inner, st.booleans(), inner, st.booleans()),
        st.builds(nodes.Path, inner, WORDS),
        st.builds(nodes.Filter, inner, inner),
        st.builds(nodes.Call, inner, _tuples(inner)),
        st.builds(nodes.NamedCall, inner, _tuples(st.builds(nodes.NamedArgument, WORDS, inner), 1)),
        st.builds(nodes.Negation, inner),
        st.builds(nodes.Comparison, st.sampled_from(["<", ">=", "=", "!="]), inner, inner),
        st.builds(nodes.Between, inner, inner, inner),
        st.builds(nodes.In, inner, _tuples(inner | comparator, 1)),
        st.builds(nodes.InstanceOf, inner, TYPES),
        st.builds(nodes.And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(nodes.Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(nodes.If, inner, inner, inner),
        st.builds(nodes.For, iterations, inner),
        st.builds(nodes.Quantified, st.booleans(), iterations, inner),
        st.builds(nodes.FunctionLiteral, _tuples(parameter), inner, st.booleans()),
    )


TREES = st.recursive(LEAVES, _larger, max_leaves=8)
NAMES = ["a-b"]


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_an_expression_comes_back(tree: nodes.Expression) -> None:
    assert parse_expression(expression_text(tree), NAMES) == tree


@settings(max_examples=50, deadline=None)
@given(st.builds(nodes.UnaryTests, _tuples(TREES, 1), st.booleans()))
def test_a_cell_comes_back(tests: nodes.UnaryTests) -> None:
    assert parse_unary_tests(unary_tests_text(tests), NAMES) == tests


@pytest.mark.parametrize("text", ["-", "(not(true))", "not(1, < 2)", "not(a), b"])
def test_a_cell_as_it_was_written(text: str) -> None:
    assert unary_tests_text(parse_unary_tests(text)) == text


@pytest.mark.parametrize("text", ["date and (time)", "a in date and (time > b)", "years and (months duration(a))"])
def test_what_is_not_the_end_of_a_name(text: str) -> None:
    assert expression_text(parse_expression(text)) == text


PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        """a b1 item ? 1 .5 2e3 "x" "\\u00e4 @"P1D" + - * / ** ( ) [ ] { } , : . .. < <= > >= = != -> if then else for
        in return some every satisfies and or not between instance of function external true false null list<number>
        date time ' // /* */ \\""",
    )
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    for parse in (parse_expression, parse_unary_tests):
        try:
            parse(text)
        except FeelSyntaxError as refused:
            assert 0 <= refused.position <= len(text)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_no_expression_makes_it_fail(tree: nodes.Expression) -> None:
    try:
        evaluate(expression_text(tree), {"a": Decimal(1), "b": [Decimal(1), "x", {"a": Decimal(2)}]}, steps=10_000)
    except FeelLimit:
        assert True
