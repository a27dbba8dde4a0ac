"""Names with spaces, operators and keywords in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.syntax.analysis import free_names, unknown_names
from apps.decision_tables.engine.feel.syntax.nodes import Name
from apps.decision_tables.engine.feel.syntax.parser import parse_expression

CONTEXT = {
    "Applicant Age": Decimal(40),
    "Pre-bureau risk": "LOW",
    "Pre": Decimal(1),
    "a+b": Decimal(7),
    "a": Decimal(1),
    "b": Decimal(2),
    "Date and place": "here",
    "in stock": True,
    "Applicant's name": "Ann",
    "rate": {"per-year": Decimal(3), "for each": Decimal(4)},
    "Line 2": "second",
    "rows": [{"first-name": "Ann", "n": Decimal(1)}, {"first-name": "Bob", "n": Decimal(2)}],
    "price %": Decimal(9),
    "$": Decimal(1),
    'bad"name': Decimal(1),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Applicant Age + 1", Decimal(41)),
        ("Applicant  Age", Decimal(40)),
        ('Pre-bureau risk = "LOW"', True),
        ("Pre-b", Decimal(-1)),
        ("a+b", Decimal(7)),
        ("a + b", Decimal(7)),
        ("(a)+b", Decimal(3)),
        ("Date and place", "here"),
        ("in stock and true", True),
        ("Applicant's name", "Ann"),
        ("rate.per-year", Decimal(3)),
        ("rate.for each", Decimal(4)),
        ("Line 2", "second"),
        ('rows[first-name = "Bob"].n', [Decimal(2)]),
        ("price %", Decimal(9)),
        ("for big-one in [1, 2] return big-one", [Decimal(1), Decimal(2)]),
        ("{x-y: 1, z: x-y + 1}.z", Decimal(2)),
        ("{x-y: 1}.x-y", Decimal(1)),
        ("(function(my rate: number, b-c) my rate + b-c)(1, 2)", Decimal(3)),
        ("Applicant's  job", None),
    ],
)
def test_a_name(text: str, expected: object) -> None:
    assert evaluate(text, CONTEXT) == expected


def test_an_unknown_name_is_what_its_words_say() -> None:
    assert parse_expression("new  name") == Name("new name")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + f(b)", {"a", "b", "f"}),
        ("{a: b, c: a}", {"b"}),
        ("for i in xs, j in i return i + j + partial + k", {"xs", "k"}),
        ("some i in 1..n satisfies i > m", {"n", "m"}),
        ("function(a) a + b", {"b"}),
        ("function(a) external {java: x}", set()),
        ("xs[item > n]", {"xs", "n"}),
        ("? > a.b", {"?", "a"}),
    ],
)
def test_the_names_an_expression_needs(text: str, expected: set[str]) -> None:
    assert free_names(parse_expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("a + b", {"b"}),
        ("a[b > c]", set()),
        ("b[item > 1]", {"b"}),
        ("for i in a return i + partial + k", {"k"}),
        ("{x: a, y: x + z}.y", {"z"}),
        ("sum(a)", set()),
    ],
)
def test_the_names_that_mean_nothing(text: str, unknown: set[str]) -> None:
    assert unknown_names(parse_expression(text), {"a", "sum"}) == unknown
