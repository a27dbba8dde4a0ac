"""Texts in tokens, and what string tokens say."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.lexer import Kind, Token, string_value, tokenize
from apps.decision_tables.engine.feel.syntax.names import KnownNames, name_key


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" \t\r\n\u00a0\u2003\ufeff", []),
        ("1..5", ["1", "..", "5"]),
        ("1.5..2.5", ["1.5", "..", "2.5"]),
        (".5", [".5"]),
        ("1.a", ["1", ".", "a"]),
        ("1e3", ["1e3"]),
        ("1E-3", ["1E-3"]),
        ("1e", ["1", "e"]),
        ("a**b*c", ["a", "**", "b", "*", "c"]),
        ("a<=b>=c!=d", ["a", "<=", "b", ">=", "c", "!=", "d"]),
        ("a->b", ["a", "->", "b"]),
        ("a==b", ["a", "=", "=", "b"]),
        ("?>5", ["?", ">", "5"]),
        ("a//b", ["a"]),
        ("a//b\nc", ["a", "c"]),
        ("a/*b*/c", ["a", "c"]),
        ("a/**/ /* x */b", ["a", "b"]),
        ("a/b", ["a", "/", "b"]),
        ("größe_1 étage", ["größe_1", "étage"]),
        ("🐎x", ["🐎x"]),
        ("日本 語", ["日本", "語"]),
        ('"a" "b"', ['"a"', '"b"']),
        (r'"a\"b"', [r'"a\"b"']),
        ('"// no comment"', ['"// no comment"']),
        ("a#b", ["a", "#", "b"]),
        ("customer's", ["customer", "'", "s"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    found = tokenize(text)
    assert [token.text for token in found] == [*tokens, ""]
    assert found[-1] == Token(Kind.END, "", len(text), len(text))


def test_tokens_know_where_they_stand() -> None:
    text = 'price /* net */ >= "10" + 2.5'
    assert [text[token.start : token.end] for token in tokenize(text)] == ["price", ">=", '"10"', "+", "2.5", ""]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('""', ""),
        ('"a b"', "a b"),
        ('"a\nb"', "a\nb"),
        (r'"\\n"', "\\n"),
        (r'"\n\t\r\b\f\/"', "\n\t\r\b\f/"),
        (r'"\u0041\u00e9"', "Aé"),
        (r'"\u00E9\u00e9"', "éé"),
        (r'"\uD83D\uDE00!"', "😀!"),
        (r'"\U01F600!"', "😀!"),
        (r'"\uDE00\uD83D"', "\ufffd\ufffd"),
        (r'"\u12"', r"\u12"),
        (r'"\w+\s"', r"\w+\s"),
    ],
)
def test_what_a_text_says(text: str, value: str) -> None:
    assert string_value(tokenize(text)[0]) == value


@pytest.mark.parametrize(("text", "position"), [('"', 0), ('a "b', 2), (r'"a\"', 0), ("1 /* 2", 2), ("/*/", 0)])
def test_what_has_no_end(text: str, position: int) -> None:
    with pytest.raises(FeelSyntaxError, match="has no end") as refused:
        tokenize(text)
    assert refused.value.params == {"position": position}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("price", ("price",)),
        ("unit  price", ("unit", "price")),
        ("net-weight", ("net", "-", "weight")),
        ("net - weight", ("net", "-", "weight")),
        ("a/b*c", ("a", "/", "b", "*", "c")),
        ("half//comment", ("half",)),
        ('no"text', ()),
    ],
)
def test_the_key_of_a_name(name: str, key: tuple[str, ...]) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a-b-c", ("a-b-c", 5)),
        ("a - b", ("a-b", 3)),
        ("a-c", ("", 0)),
        ("a-b-", ("a-b", 3)),
        ("b", ("", 0)),
    ],
)
def test_the_longest_known_name(text: str, found: tuple[str, int]) -> None:
    assert KnownNames(["a", "a-b", "a-b-c", "b"]).longest(tokenize(text), 0) == found
