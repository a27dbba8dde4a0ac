"""XPath regular expressions in linear time."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel import regex
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.regex_sets import LAST, difference, inverted, sorted_ranges

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=6)


def members(ranges: list[tuple[int, int]]) -> set[int]:
    """The code points of the ranges that a test looks at."""
    return {point for low, high in ranges for point in range(low, min(high, 60) + 1)}


@given(RANGES, RANGES)
@settings(max_examples=100)
def test_sets_of_code_points(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    assert members(sorted_ranges(a)) == members(a)
    assert members(inverted(a)) == set(range(61)) - members(a)
    assert members(difference(a, b)) == members(a) - members(b)
    assert inverted(inverted(a)) == sorted_ranges(a)


def test_no_code_point_is_beyond_the_last() -> None:
    assert inverted([]) == [(0, LAST)]
    assert inverted([(0, LAST)]) == []


@pytest.mark.parametrize(
    ("text", "pattern", "flags"),
    [
        ("abracadabra", "^a.*a$", ""),
        ("Foo", "fo{2}", "i"),
        ("\u212a", "k", "i"),
        ("a\nb", "^b", "m"),
        ("a\nb", "a.b", "s"),
        ("hello world", "hello\\ sworld", "x"),
        ("a b", "[ ]", "x"),
        ("aaa", "^a{ 3 }$", "x"),
        ("é", r"\p { L u } | \p{Ll}", "x"),
        ("a.b", "a.b", "q"),
        ("ä", r"^\w$", ""),
        ("!", r"^\W$", ""),
        ("٣", r"^\d[\d]?$", ""),
        ("x", r"^[\D]$", ""),
        ("é1-", r"^\i\c+$", ""),
        ("-", r"^\I$", ""),
        (" ", r"^\C[\s]?$", ""),
        ("q", r"^\S[\S]?$", ""),
        ("Σ", r"^\p{Lu}[\p{L}]?$", ""),
        ("1", r"^\P{L}$", ""),
        ("-", "[a-]", ""),
        ("-", "[-a]", ""),
        ("^", "[a^]", ""),
        ("]", r"[\]]", ""),
        ("5", "[0-9-[4]]", ""),
        ("b", "[a-z-[aeiou]]", ""),
        ("X", "[A-Z-[OI]]", "i"),
        ("b", r"[\p{L}-[aeiou]]", ""),
        ("a", r"[\P{N}-[\p{Lu}]]", ""),
        ("b", r"[a-z-[\p{Lu}]]", ""),
        ("b", r"[^\p{N}-[a]]", ""),
        ("c", "[^a-[b]]", ""),
        ("b", "[a-c-[^b]]", ""),
        ("\u20ac", r"[€-€]", ""),
        ("\t", r"[\t-\n]", ""),
        ("ab", "(?:a)(b)|c", ""),
        ("", "^$", ""),
    ],
)
def test_a_text_matches(text: str, pattern: str, flags: str) -> None:
    assert regex.matches(text, pattern, flags) is True


@pytest.mark.parametrize(
    ("text", "pattern", "flags"),
    [
        ("a\nb", "^b", ""),
        ("a\nb", "a.b", ""),
        ("a\rb", "a.b", ""),
        ("a", "[a-z-[aeiou]]", ""),
        ("o", "[A-Z-[OI]]", "i"),
        ("b", "[^a-[b]]", ""),
        ("a", r"[\p{L}-[aeiou]]", ""),
        ("ab", "a b", ""),
        ("foobar", "^bar", ""),
    ],
)
def test_a_text_does_not_match(text: str, pattern: str, flags: str) -> None:
    assert regex.matches(text, pattern, flags) is False


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "(",
            ")",
            "[",
            "[]",
            "[^]",
            "[a",
            "a{",
            "a{x}",
            "a{1,x}",
            "a{2000}",
            "a{1",
            "}",
            "]",
            "*",
            "a**",
            "\\",
            "a|*",
        ),
        *(
            "(a)\\1",
            "(?=a)",
            "(?i)a",
            "(?<n>a)",
            "\\b",
            "\\z",
            "\\x41",
            "\\p",
            "\\pL",
            "\\p{",
            "\\p{IsGreek}",
            "\\p{Xx}",
        ),
        *("[z-a]", "[a-[b]", "[a-[b]c]", "[a[b]]", r"[a\p{Lu}-[b]]", r"[\p{L}-[^a]]", r"[\w-[a]]", "[a-\\d]", "[\\I]"),
        *("(a{1000}){1000}", "a" * 5000, "\ud800"),
    ],
)
def test_what_cannot_be_taken_is_null(pattern: str) -> None:
    assert regex.matches("a", pattern) is None


def test_half_a_surrogate_pair_matches_nothing() -> None:
    assert [regex.matches("\ud800", "a"), regex.replace("\ud800", "a", "b"), regex.split("\ud800", "a")] == [None] * 3


@given(st.text(max_size=12), st.text(alphabet="ab()[]{}\\^-.*+?|$dpP,1 &", max_size=12), st.text("smixqz", max_size=2))
@settings(max_examples=100)
def test_any_pattern_gives_an_answer(text: str, pattern: str, flags: str) -> None:
    assert regex.matches(text, pattern, flags) in (True, False, None)
    assert regex.split(text, pattern, flags) is None or regex.replace(text, pattern, "", flags) is not None


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "result"),
    [
        ("banana", "an", "[$0]", "b[an][an]a"),
        ("0123456789", "([0-9]{3})([0-9]{3})([0-9]{4})", "($1) $2-$3", "(012) 345-6789"),
        ("abc", "(b)", "$12", "ab2c"),
        ("abc", "b", "$1", "ac"),
        ("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", "$10$11", "ja1kl"),
        ("a", "a", r"\$1\\", r"$1" + "\\"),
        ("abcd", "(ab)|(x)", "$1$2", "abcd"),
        ("abc", "x", "y", "abc"),
        ("a", "a", "$", None),
        ("a", "a", "$x", None),
        ("a", "a", "\\n", None),
        ("a", "a", "\\", None),
        ("a", "a?", "b", None),
        ("a", "(", "b", None),
    ],
)
def test_replacing(text: str, pattern: str, replacement: str, result: str | None) -> None:
    assert regex.replace(text, pattern, replacement) == result


@pytest.mark.parametrize(
    ("text", "pattern", "pieces"),
    [
        ("a, b,c", ",\\s*", ["a", "b", "c"]),
        ("", ",", [""]),
        ("a", ",", ["a"]),
        (";a;", ";", ["", "a", ""]),
        ("🐎;é", ";", ["🐎", "é"]),
        ("a", "", None),
        ("a", "[", None),
    ],
)
def test_splitting(text: str, pattern: str, pieces: list[str] | None) -> None:
    assert regex.split(text, pattern) == pieces


def test_a_pattern_that_stalls_other_engines_takes_no_time() -> None:
    started = time.thread_time()
    assert regex.matches("a" * 50_000 + "b", "^(a+)+$") is False
    assert time.thread_time() - started < 1


def test_a_large_pattern_and_a_long_text_together_are_refused() -> None:
    with pytest.raises(FeelLimit):
        regex.matches("a" * 1_000_000, "(a?){900}b")


@pytest.mark.parametrize(
    ("limit", "work"),
    [
        ("MAX_LIST", lambda: regex.split("," * 100, ",")),
        ("MAX_STRING", lambda: regex.replace("a" * 10, "a", "b" * 10)),
        ("SECONDS", lambda: regex.split("a" * 1000, "a")),
    ],
)
def test_work_is_bounded(limit: str, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, limit, 50 if limit != "SECONDS" else 0)
    with pytest.raises(FeelLimit):
        work()


@pytest.mark.parametrize(
    ("pattern", "flags", "word"),
    [("a", "z", "flags"), ("(a)\\1", "", "not supported"), ("(", "", "no regular"), ("a" * 5000, "", "at most")],
)
def test_it_is_said_why_a_pattern_cannot_be_taken(pattern: str, flags: str, word: str) -> None:
    assert word in str(regex.problem(pattern, flags))
    assert regex.problem("a", "i") is None
