from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.kernel.regex.linear import LinearRegex, TooCostly, compile_regex
from exprsn.kernel.regex.syntax import BadPattern


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("", "", True),
        ("abc", "xxabcxx", True),
        ("^abc$", "abc\n", False),
        ("a.c", "a\nc", False),
        ("/a.c/s", "a\nc", True),
        ("/^b/m", "a\nb", True),
        ("/a$/m", "a\nb", True),
        ("colou?r", "color", True),
        ("ab*c", "ac", True),
        ("ab+c", "ac", False),
        ("a{2,3}b", "ab", False),
        ("a{2,}b", "aaaab", True),
        ("^a{2}$", "aaa", False),
        ("a{,2}", "a{,2}", True),
        ("a{x}", "a{x}", True),
        ("cat|dog|", "", True),
        ("^(?:cat|dog)s?$", "dogs", True),
        ("^(?<year>\\d{4})-(\\d\\d)$", "2026-01", True),
        ("[a-c-]+$", "b-", True),
        ("[^a-c]", "abc", False),
        ("[\\]\\-]", "]", True),
        ("[a-\\d]", "-", True),
        ("[\\w.]+@[\\w.]+", "a.b@c.d", True),
        ("[\\b]", "\b", True),
        ("\\bword\\b", "a word here", True),
        ("\\Bord", "word", True),
        ("\\D\\W\\S", "a-b", True),
        ("\\s", "\u00a0", True),
        ("\\d", "٣", False),
        ("\\t\\x41\\u0042\\u{43}", "\tABC", True),
        ("/HELLO/i", "hello", True),
        ("/[A-C]/i", "b", True),
        ("a+?b", "aab", True),
        ("https?:\\/\\/", "https://", True),
        ("/slash/", "slash", True),
        ("/usr", "/usr", True),
    ],
)
def test_matches(pattern: Any, text: Any, expected: Any) -> None:
    assert compile_regex(pattern).test(text) is expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(a", "A group is not closed."),
        ("a)", "There is a closing bracket too many in the pattern."),
        ("[a", "The pattern ends too early."),
        ("*a", "There is nothing to repeat."),
        ("a**", "There is nothing to repeat."),
        ("^*", "An anchor cannot be repeated."),
        ("(?=a)", "Looking ahead or behind is not supported."),
        ("(?<=a)", "Looking ahead or behind is not supported."),
        ("(?<1>a)", "A group's name is not understood."),
        ("(a)\\1", "\\1 is not supported."),
        ("\\p{L}", "\\p is not supported."),
        ("\\u{zz}", "A character code is not understood."),
        ("\\x1", "A character code is not understood."),
        ("[z-a]", "The range of a character set is out of order."),
        ("a{3,1}", "The numbers of a repeat are out of order."),
        ("a{5000}", "A repeat count may be at most 1000."),
        ("(a{1000}){1000}", "The pattern is too large; use smaller repeat counts."),
        ("((){1000}){1000}", "The pattern is too large; use smaller repeat counts."),
        ("(?:(?:){1000}){1000}", "The pattern is too large; use smaller repeat counts."),
        ("(" * 50 + ")" * 50, "The pattern is nested too deeply."),
        ("a" * 1001, "A pattern may have at most 1000 characters."),
        ("/a/q", "The flag 'q' is not known."),
        ("\\", "The pattern ends too early."),
    ],
)
def test_refusals(pattern: Any, message: Any) -> None:
    with pytest.raises(BadPattern, match=re.escape(message)):
        compile_regex(pattern)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "(a*)*b", "^(a?){60}a{60}$", "(.*a){12}"])
def test_catastrophic_patterns_end_soon(pattern: Any) -> None:
    started = time.process_time()
    with suppress(TooCostly):
        compile_regex(pattern).test("a" * 3_000 + "!")
    assert time.process_time() - started < 5


def test_the_product_of_pattern_and_text_is_bounded() -> None:
    with pytest.raises(TooCostly):
        LinearRegex("(a|b|c|d)*(a|b|c|d)*(a|b|c|d)*x").test("abcd" * 50_000)


_ALPHABET = st.sampled_from("ab.")
_PATTERNS = st.recursive(
    _ALPHABET,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,2}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(_PATTERNS, st.text("abc", max_size=8), st.booleans())
def test_it_agrees_with_the_standard_library(pattern: Any, text: Any, whole: Any) -> None:
    pattern = f"^{pattern}$" if whole else pattern
    assert compile_regex(pattern).test(text) is (re.search(pattern, text) is not None)


@settings(max_examples=200, deadline=None)
@given(st.text(r"ab\d*+?()[]{}|^$.,1-9xu", max_size=15), st.text("ab1", max_size=5))
def test_any_pattern_is_matched_or_refused(pattern: Any, text: Any) -> None:
    with suppress(BadPattern):
        assert compile_regex(pattern).test(text) in (True, False)
