"""Text that is not FEEL is refused with the place and what was expected there."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.feel.limits import MAX_TEXT
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.types import parse_type


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("(1", 2, "I expected `)` here."),
        ("[1, 2", 5, "I expected `,` or `]` here."),
        ("[1..2", 5, "I expected `]` or `)` here."),
        ("1 +", 3, "I expected a value here, but the text ends."),
        ("a == 1", 3, "I expected a value here. Equality is written with one `=`."),
        ("'gold'", 0, 'I expected a value here. Text is written in double quotes, such as "gold".'),
        ("1 + ]", 5, "I expected a value here, but the text ends."),
        ("1 + *", 4, "I expected a value here, not `*`."),
        ('"abc', 0, 'This text has no end: write `"` behind it.'),
        ("/* abc", 0, "This comment has no end: write `*/` behind it."),
        ("if a then b", 11, "I expected `else` here."),
        ("1 between 2", 11, "I expected `and` here."),
        ("a instance number", 11, "I expected `of` here."),
        ("a instance of", 13, "I expected a type here, such as `number` or `list<string>`."),
        ("a.1", 1, "I expected an operator or the end here, not `.1`."),
        ("a.", 2, "I expected a name here."),
        ("1 2", 2, "I expected an operator or the end here, not `2`."),
        ("{1: 2}", 1, "I expected a name here."),
        ("{a 2}", 4, "I expected `:` here."),
        ("{a: 1 2 b: 2}", 6, "I expected `,` or `}` here."),
        ("for 1 in x return x", 4, "I expected a name here."),
        ("for x of y return x", 19, "I expected `in` here."),
        ("f(a: 1, 2)", 8, "I expected a name here."),
        ("some satisfies true", 19, "I expected `in` here."),
        ("some x in y, satisfies true", 27, "I expected `in` here."),
        ("for return 1", 12, "I expected `in` here."),
        ("@5", 1, 'I expected a text here, such as @"2026-01-31".'),
        ("1e999999", 0, "This number is too large."),
        ("1 " + "9" * 99, 2, f"I expected an operator or the end here, not `{'9' * 40}…`."),
        ("else", 0, "I expected a name here."),
        ("function(a b", 12, "I expected `,` or `)` here."),
        ("f(a and b: 1)", 9, "I expected `,` or `)` here."),
    ],
)
def test_the_place_and_what_was_expected(text: str, position: int, message: str) -> None:
    with pytest.raises(FeelSyntaxError) as refused:
        parse_expression(text)
    assert (refused.value.position, refused.value.message) == (position, message)


@pytest.mark.parametrize("text", ["not(1", "1,", "not(1) 2", "- 1 -"])
def test_a_cell_that_is_none(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse_unary_tests(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2_000 + "1" + ")" * 2_000,
        "-" * 5_000 + "1",
        "a" + ".b" * 2_000,
        "1" + "=1" * 2_000,
        "[" * 90 + "x" + ".a.b]" * 90,
        "if a then 1 else " * 500 + "1",
        "a" * (MAX_TEXT + 1),
    ],
)
def test_what_is_too_long_or_too_deep(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match=r"at most|levels"):
        parse_expression(text)


def test_a_long_chain_is_not_deep() -> None:
    assert parse_expression("+".join(["1"] * 4_000))


@pytest.mark.parametrize(
    "text", ["list<", "list<number", "context<a>", "context<>", "function<>", "1", "a 1 <", "list<" * 200]
)
def test_a_type_that_is_none(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse_type(text)


def test_a_type_that_is_too_long() -> None:
    with pytest.raises(FeelSyntaxError, match="10,000"):
        parse_type("a" * 10_001)
