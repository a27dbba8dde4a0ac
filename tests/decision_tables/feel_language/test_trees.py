"""How texts are taken apart: ranks of operators, and where names, ranges and calls begin and end."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.feel.syntax import nodes
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.syntax.printing import expression_text


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 * 2 + 3", "(1 * 2) + 3"),
        ("1 - 2 + 3", "(1 - 2 + 3)"),
        ("2 * 3 ** 4", "2 * (3 ** 4)"),
        ("-a ** 2", "(-a) ** 2"),
        ("-a.b", "-(a.b)"),
        ("-a[1]", "-(a[1])"),
        ("-f(1)", "-(f(1))"),
        ("a + b < c", "(a + b) < c"),
        ("a < b and c", "(a < b) and c"),
        ("a and b or c and d", "(a and b) or (c and d)"),
        ("a or b and c", "a or (b and c)"),
        ("a = b = c", "(a = b) = c"),
        ("a in b and c", "(a in b) and c"),
        ("a in b + 1", "a in (b + 1)"),
        ("a between 1 and 2 and b", "(a between 1 and 2) and b"),
        ("a between 1 + 1 and 2 * 2", "a between (1 + 1) and (2 * 2)"),
        ("a + 1 instance of number", "(a + 1) instance of number"),
        ("a instance of number and b", "(a instance of number) and b"),
        ("if a then b else c + 1", "if a then b else (c + 1)"),
        ("if a then b else if c then d else e", "if a then b else (if c then d else e)"),
        ("1 + if a then b else c", "1 + (if a then b else c)"),
        ("for x in a return x + 1", "for x in a return (x + 1)"),
        ("for x in a[1] return x", "for x in (a[1]) return x"),
        ("some x in a satisfies x and b", "some x in a satisfies (x and b)"),
        ("function(a) a + 1", "function(a) (a + 1)"),
        ("a.b.c[1](2).d", "((((a.b).c)[1])(2)).d"),
        ("f(1)(2)", "(f(1))(2)"),
        ("a - -b", "a - (-b)"),
    ],
)
def test_brackets_that_change_nothing(text: str, bracketed: str) -> None:
    assert parse_expression(text) == parse_expression(bracketed)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("(1 + 2) * 3", "1 + 2 * 3"),
        ("1 - (2 + 3)", "1 - 2 + 3"),
        ("2 ** (3 ** 2)", "2 ** 3 ** 2"),
        ("(-a).b", "-a.b"),
        ("(a or b) and c", "a or b and c"),
        ("a = (b = c)", "a = b = c"),
        ("(if a then b else c) + 1", "if a then b else c + 1"),
        ("(function(a) a)(1)", "function(a) a(1)"),
        ("not(a)", "not (a, b)"),
    ],
)
def test_brackets_that_matter(text: str, other: str) -> None:
    assert parse_expression(text) != parse_expression(other)
    assert parse_expression(expression_text(parse_expression(text))) == parse_expression(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("null", nodes.Literal),
        ('@"P1D"', nodes.AtLiteral),
        ("a b c", nodes.Name),
        ("[]", nodes.ListLiteral),
        ("[1]", nodes.ListLiteral),
        ("[1..2]", nodes.Interval),
        ("(1..2)", nodes.Interval),
        ("]1..2[", nodes.Interval),
        ("[1..a[1]]", nodes.Interval),
        ("[1..a[", nodes.Interval),
        ("(1)", nodes.Literal),
        ("< 1", nodes.Comparator),
        ("(< 1)", nodes.Comparator),
        ("{}", nodes.ContextLiteral),
        ('{"": 1}', nodes.ContextLiteral),
        ("a(b)", nodes.Call),
        ("a(b: 1)", nodes.NamedCall),
        ("a({b: 1})", nodes.Call),
        ("a(b, [c])", nodes.Call),
        ("a(x instance of context<b: number>)", nodes.Call),
        ("a(function(b: number) b)", nodes.Call),
        ("date and time(a)", nodes.Call),
        ("years and months duration(a, b)", nodes.Call),
        ("date and b", nodes.And),
        ("years and months", nodes.And),
        ("a.b", nodes.Path),
        ("a[b]", nodes.Filter),
        ("a in (b)", nodes.In),
        ("some a in b satisfies c", nodes.Quantified),
    ],
)
def test_what_a_text_is(text: str, kind: type[nodes.Expression]) -> None:
    assert type(parse_expression(text)) is kind


@pytest.mark.parametrize(
    ("cell", "count", "negated"),
    [
        ("-", 0, False),
        (" ", 0, False),
        ("/* anything */", 0, False),
        ("-1", 1, False),
        ("1, 2, 3", 3, False),
        ("not(1, 2)", 2, True),
        ("not (1)", 1, True),
        ("not([1..5))", 1, True),
        ("not(1) = true", 1, False),
        ("f(1, 2), 3", 2, False),
        ("[1..2], (3..4)", 2, False),
        ("]1..2[, > 5", 2, False),
        ('"a,b", "c"', 2, False),
    ],
)
def test_alternatives_of_a_cell(cell: str, count: int, negated: bool) -> None:
    tests = parse_unary_tests(cell)
    assert (len(tests.tests), tests.negated) == (count, negated)


def test_spaces_and_comments_change_nothing() -> None:
    tight, wide = "for x in[1,2]return x*2", "for  x /* each */ in [ 1 , 2 ]\n return // now\n x * 2 "
    assert parse_expression(tight) == parse_expression(wide)


def test_sizes_and_depths() -> None:
    tree = parse_expression("a + b * -c")
    assert (nodes.size_of(tree), nodes.depth_of(tree)) == (8, 6)
