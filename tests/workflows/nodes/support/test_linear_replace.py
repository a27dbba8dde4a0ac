from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.workflows.nodes.support.linear_replace import Steps, replaced
from exprsn.kernel.regex.linear import LinearRegex, TooCostly, compile_regex
from exprsn.kernel.regex.syntax import BadPattern


@pytest.mark.parametrize(
    ("pattern", "text", "replacement", "expected"),
    [
        ("a", "banana", "o", "bonono"),
        ("^(\\w+)_(\\w+)$", "first_name", "$2-$1", "name-first"),
        ("(?<y>\\d{4})-(?<m>\\d\\d)", "on 2026-03.", "$<m>/$<y>", "on 03/2026."),
        ("(a)|(b)", "ab", "[$1$2]", "[a][b]"),
        ("(a)(b)?", "a", "<$2>", "<>"),
        ("a+", "baaac", "$&$&", "baaaaaac"),
        ("a", "a", "$$1 $9 $<no>", "$1 $9 $<no>"),
        ("(x)", "x", "$10", "x0"),
        ("a*", "baac", "-", "-b--c-"),
        ("a+?", "aaa", "x", "xxx"),
        ("<.+?>", "<b>x</b>", "", "x"),
        ("<.+>", "<b>x</b>", "", ""),
        ("a{2,3}?", "aaaa", "x", "xx"),
        ("a{2,3}", "aaaa", "x", "xa"),
        ("a|ab", "ab", "x", "xb"),
        ("ab|a", "ab", "x", "x"),
        ("\\bcat\\b", "cat concat cat", "dog", "dog concat dog"),
        ("/HELLO/i", "hello", "bye", "bye"),
        ("$", "end", "!", "end!"),
        ("", "ab", "-", "-a-b-"),
        ("z", "abc", "x", "abc"),
    ],
)
def test_replaces(pattern: str, text: str, replacement: str, expected: str) -> None:
    assert replaced(compile_regex(pattern), text, replacement) == expected


def test_only_the_first_match() -> None:
    assert replaced(LinearRegex("a"), "banana", "o", every=False) == "bonana"


_PATTERNS = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "^", "$", "\\b"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        inner.map(lambda one: f"({one})"),
        st.tuples(inner, st.sampled_from(["{1,2}", "?", "{1,2}?", "??"])).map(lambda two: f"(?:{two[0]}){two[1]}"),
        st.sampled_from(["a*", "a+?", "b*?", "[ab]+"]),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(_PATTERNS, st.text("abc ", max_size=12))
def test_finds_what_the_standard_library_finds(pattern: str, text: str) -> None:
    try:
        regex = LinearRegex(pattern)
    except BadPattern:
        assume(False)
    found = re.compile(pattern.replace("$", "\\Z")).search(text)
    expected = text if found is None else text[: found.start()] + "<" + found.group() + ">" + text[found.end() :]
    assert replaced(regex, text, "<$&>", every=False) == expected


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*)(.*)(.*)(.*)x"])
def test_what_ruins_others_takes_a_few_steps_for_each_character(pattern: str) -> None:
    text = "a" * 2_000
    assert replaced(LinearRegex(pattern), text, "x", steps=Steps(100 * len(text))) == text


@pytest.mark.parametrize("pattern", ["(?:a{0,30}){30}b", "(?:a?){500}a{500}"])
def test_what_takes_many_steps_for_each_is_stopped_by_the_budget(pattern: str) -> None:
    with pytest.raises(TooCostly, match="too long"):
        replaced(LinearRegex(pattern), "a" * 2_000, "x", steps=Steps(100_000))


def test_the_usual_budget_is_used_up_in_bounded_time() -> None:
    started = time.process_time()
    with pytest.raises(TooCostly, match="too long"):
        replaced(LinearRegex("(?:a?){500}a{500}"), "a" * 20_000, "x")
    assert time.process_time() - started < 20


def test_results_are_bounded() -> None:
    with pytest.raises(TooCostly, match="more than"):
        replaced(LinearRegex(""), "a" * 2_000, "x" * 1_000)


def test_groups_are_bounded() -> None:
    with pytest.raises(BadPattern, match="at most 20 groups"):
        replaced(LinearRegex("()" * 21), "", "")


def test_two_groups_cannot_have_one_name() -> None:
    with pytest.raises(BadPattern, match="Two groups are called 'a'"):
        LinearRegex("(?<a>x)(?<a>y)")
