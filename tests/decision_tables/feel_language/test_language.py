"""What expressions mean: each is worth the same as what stands beside it."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.evaluate import evaluate


def means(text: str, expected: str) -> bool:
    return same(evaluate(text), evaluate(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("10 - 2 - 3", "5"),
        ("(1 + 2) * 3", "9"),
        ("0.1 + 0.2", "0.3"),
        (".5 + 1e3", "1000.5"),
        ("-2 ** 2", "4"),
        ("2 ** 3 ** 2", "64"),
        ("10 ** -5", "0.00001"),
        ("--10", "10"),
        ("-10--5", "-5"),
        ("1 / 0", "null"),
        ("1 + null", "null"),
        ('1 + "a"', "null"),
        ('"a" + "b"', '"ab"'),
        ('-"a"', "null"),
        ("1 + /* one */ 2 // and the rest", "3"),
        ("010", "10"),
    ],
)
def test_arithmetic(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\"\\\n\t\r\'"', '"\\"\\\\\n\t\r\'"'),
        (r'"\u0041\U01F40E"', '"A🐎"'),
        (r'string length("\uD83D\uDC0E")', "1"),
        (r'"\d"', r'"\\d"'),
        (r'"\uD83D"', '"\ufffd"'),
        (r'"\UFFFFFF"', '"\ufffd"'),
        ('@"2026-01-31"', 'date("2026-01-31")'),
        ('@"PT2H"', 'duration("PT2H")'),
        ('@"soon"', "null"),
        ("{🐎: 1}.🐎", "1"),
    ],
)
def test_literals(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true and null", "null"),
        ("false and null", "false"),
        ("null and false", "false"),
        ("true or null", "true"),
        ("false or 1", "null"),
        ("true or false and false", "true"),
        ("not(true)", "false"),
        ("1 < 2", "true"),
        ('1 < "a"', "null"),
        ("1 != 2", "true"),
        ('1 != "a"', "null"),
        ("null = null", "true"),
        ("1 = null", "false"),
        ('"a" <= "b"', "true"),
        ('"b" >= "a" and "b" > "a"', "true"),
        ("1 < 2 = true", "true"),
        ("3 between 1 and 3 and true", "true"),
        ("0 between 1 and 3", "false"),
        ("null between 1 and 3", "null"),
        ('if null then "yes" else "no"', '"no"'),
        ("if 1 < 2 then 1 else if true then 2 else 3", "1"),
    ],
)
def test_logic_and_comparison(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][0]", "null"),
        ("[1, 2, 3][4]", "null"),
        ("[1, 2, 3][-4]", "null"),
        ("[1, 2, 3][1.5]", "null"),
        ('[1, 2, 3]["a"]', "null"),
        ("[1, 2, 3][10 ** 30]", "null"),
        ("[1, 2, 3][item >= 2]", "[2, 3]"),
        ("[1, 2, 3][true]", "[1, 2, 3]"),
        ("[][1]", "null"),
        ("[][item > 1]", "[]"),
        ("[][x]", "[]"),
        ("null[1]", "null"),
        ('"foo"[1]', '"foo"'),
        ('"foo"[false]', "[]"),
        ("[{a: 1}, {a: 2}][a >= 2]", "[{a: 2}]"),
        ("[{a: 1}, {a: 2}][item.a >= 2].a", "[2]"),
        ("[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"),
        ("[{a: 1}, {b: 2}].a", "[1, null]"),
        ("[{a: [{b: 1}]}].a.b", "[[1]]"),
        ("{i: 2, x: [5, 6][i]}.x", "6"),
        ("1.a", "null"),
        ("null.a", "null"),
        ("{a: 1}.b", "null"),
        ('date("2026-01-31").month', "1"),
        ("[1..10).end included", "false"),
        ("(<10).end", "10"),
        ("(>=10).start included", "true"),
        ("(=10).start", "10"),
        ("(!=10)", "null"),
        ("(< null)", "null"),
    ],
)
def test_selecting(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for i in 1..3 return i * i", "[1, 4, 9]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..4) return i", "[1, 2, 3]"),
        ("for i in (1..3] return i", "[2, 3]"),
        ("for i in [3..1] return i", "null"),
        ("for i in (< 3) return i", "null"),
        ("for i in 1.5..3 return i", "null"),
        ('for i in "a".."c" return i', "null"),
        ("for i in null return i", "null"),
        ("for i in 5 return i", "[5]"),
        ("for i in [1, 2], j in 1..i return i * 10 + j", "[11, 21, 22]"),
        ("for i in [1, 2], j in null return j", "null"),
        ("for i in 1..4 return if i = 1 then 1 else partial[-1] * i", "[1, 2, 6, 24]"),
        ('for d in @"2026-01-31"..@"2026-02-01" return d.day', "[31, 1]"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("some x in [1, 2] satisfies x > 2", "false"),
        ("some x in [1, null] satisfies x > 2", "null"),
        ("some x in [] satisfies true", "false"),
        ("some x in null satisfies true", "null"),
        ("every x in [1, 2] satisfies x > 0", "true"),
        ("every x in [1, 2] satisfies x > 1", "false"),
        ("every x in [] satisfies false", "true"),
        ("every x in [1, 2], y in [3] satisfies x < y", "true"),
        ("every x in [1, 2] y in [x] satisfies x = y", "true"),
    ],
)
def test_iteration(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a - b)(3, 1)", "2"),
        ("(function(a, b) a - b)(b: 3, a: 1)", "-2"),
        ("(function(a) a)()", "null"),
        ("(function(a) a)(c: 1)", "null"),
        ("(function(a) a)(a: 1, a: 2)", "null"),
        ("(function(a: number) a)(1)", "1"),
        ('(function(a: number) a)("x")', "null"),
        ("(function(a: number) a)([1])", "1"),
        ("(function() 1)()", "1"),
        ('(function(a) external {java: {class: "java.lang.Math", method signature: "cos(double)"}})(1)', "null"),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), x: f(10)}.x", "3628800"),
        ("{f: function(x) x + b, b: 5}.f(1)", "6"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ('substring(string: "foobar", start position: 3)', '"obar"'),
        ("no such thing(1)", "null"),
        ("1(1)", "null"),
        ("(1)(a: 1)", "null"),
        ('{date: 1, x: date("2026-01-31").day}.x', "31"),
        ('date("nonsense")', "null"),
        ('{text: "2026-01-31", x: date(text)}.x', '@"2026-01-31"'),
        ('date(from: "2026-01-31") = date(2026, 1, 31)', "true"),
    ],
)
def test_functions(text: str, expected: str) -> None:
    assert means(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: 1, b: a + 1}.b", "2"),
        ('{"a b": 1}.a b', "1"),
        ("{a: 1, a: 2}", "null"),
        ("{}", "{}"),
        ("[1..3] = [1..3]", "true"),
        ("]1..3[ = (1..3)", "true"),
        ("[1..null]", "null"),
        ('[1.."a"]', "null"),
        ("for f in [function(x) x + 1] return f(1)", "[2]"),
        ("1 in 1", "true"),
        ("1 in (2, < 5)", "true"),
        ("1 in (1 + 1) - 1", "true"),
        ("1 in ([1, 2])[item > 0]", "true"),
        ("2 in (1..3)", "true"),
        ("1 in (1..3)", "false"),
        ("1 in !=1", "false"),
        ("1 in [[2..4], [1..3]]", "true"),
        ("[1..3] in [[1..3]]", "true"),
        ("[1, 2] in [[1, 2], [3]]", "true"),
        ("5 in [1..null]", "null"),
        ("null in [1..10]", "null"),
        ('"a" in (1, 2)', "null"),
        ('"a" in (1, "a")', "true"),
        ("5 in (< ? * 2)", "true"),
        ("[1..3] in [1..3]", "true"),
        ("{r: (< 5), x: 3 in r}.x", "true"),
        ("{r: (>= 5), x: 3 in r}.x", "false"),
        ('{r: (< 5), x: "a" in r}.x', "null"),
        ("2 in [1..3[ and true", "true"),
        ("{xs: [3], r: 2 in [1..xs[1]]}.r", "true"),
        ("2 in [1..3[", "true"),
        ("2 in [1..[3, 4][if true then 1 else 2]]", "true"),
        ('"b" in ["a".."b")', "false"),
        ("{r: [" + ", ".join("1" * 999) + "], x: r = r}.x", "true"),
        ("[" + ", ".join("1" * 999) + "] = [" + ", ".join("1" * 999) + "]", "true"),
    ],
)
def test_containers_and_membership(text: str, expected: str) -> None:
    assert means(text, expected)
