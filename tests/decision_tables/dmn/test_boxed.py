"""Boxed expressions, one kind after the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decision_tables.dmn.samples import formal, text, typed, worth


def entry(name: str, logic: str, type_ref: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def context(*entries: str) -> str:
    return f"<context>{''.join(entries)}</context>"


def looped(kind: str, source: str, body: str) -> str:
    inner = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="i"><in>{source}</in><{inner}>{body}</{inner}></{kind}>'


def test_a_literal_in_another_language_is_null() -> None:
    assert worth(text("1 + 1")) == typed(2)
    assert worth(text("1 + 1", attributes='expressionLanguage="http://www.w3.org/TR/xpath"')) is None


@pytest.mark.parametrize("broken", ["1 +", "", ")("])
def test_what_is_no_feel_is_null(broken: str) -> None:
    assert worth(text(broken)) is None


def test_entries_of_a_context_see_those_before() -> None:
    logic = context(entry("Monthly fee", text("n * 2")), entry("b", text("Monthly fee + 1"), "number"))
    assert worth(logic, {"n": 3}) == typed({"Monthly fee": 6, "b": 7})


def test_the_result_cell_is_what_a_context_is_worth() -> None:
    assert worth(context(entry("a", text("2")), entry("", text("a * 3")))) == typed(6)


def test_an_entry_of_the_wrong_type_is_null() -> None:
    assert worth(context(entry("a", text('"x"'), "number"))) == {"a": None}


def test_functions_of_a_context_may_call_themselves() -> None:
    body = text("if n < 2 then 1 else n * fact(n - 1)")
    fact = f"<functionDefinition>{formal(('n:number',))}{body}</functionDefinition>"
    assert worth(context(entry("fact", fact, "number"), entry("", text("fact(5)")))) == typed(120)


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_functions_of_other_languages_are_null(kind: str) -> None:
    logic = f'<functionDefinition kind="{kind}">{text("1")}</functionDefinition>'
    assert worth(context(entry("f", logic), entry("", text("f()")))) is None


def call(name: str, *bindings: tuple[str, str]) -> str:
    inside = "".join(f'<binding><parameter name="{key}"/>{text(value)}</binding>' for key, value in bindings)
    return f"<invocation>{text(name)}{inside}</invocation>"


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (call("abs", ("n", "-2")), 2),
        (call("abs", ("wrong", "-2")), None),
        (call("n", ("n", "-2")), None),
        (call("string length", ("string", '"abc"')), 3),
    ],
)
def test_invocations(logic: str, expected: Any) -> None:
    assert worth(logic, {"n": 1}) == typed(expected)


def test_a_relation_is_a_list_of_contexts() -> None:
    columns = '<column name="a" typeRef="number"/><column name="b"/>'
    rows = f"<row>{text('1')}{text('2')}</row><row>{text('x')}{text('4')}</row>"
    logic = f"<relation>{columns}{rows}</relation>"
    assert worth(logic) == [typed({"a": 1, "b": 2}), {"a": None, "b": typed(4)}]


def test_a_list() -> None:
    assert worth(f"<list>{text('1')}{text('n')}</list>", {"n": 2}) == typed([1, 2])


@pytest.mark.parametrize(("condition", "expected"), [("true", 1), ("false", 2), ("null", 2), ("5", 2)])
def test_a_conditional(condition: str, expected: int) -> None:
    logic = f"<conditional><if>{text(condition)}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>"
    assert worth(logic) == typed(expected)


@pytest.mark.parametrize(
    ("source", "body", "expected"),
    [
        (text("[1, 2]"), text("i * 2"), [2, 4]),
        (text("1..3"), text("i"), [1, 2, 3]),
        (text("[1..3]"), text("i"), [1, 2, 3]),
        (text("3..1"), text("i"), [3, 2, 1]),
        (text("[1, 2, 3]"), text("i + count(partial)"), [1, 3, 5]),
        (f"<list>{text('1')}{text('2')}</list>", f"<list>{text('i')}</list>", [[1], [2]]),
        (text("null"), text("i"), None),
    ],
)
def test_for(source: str, body: str, expected: Any) -> None:
    assert worth(looped("for", source, body)) == typed(expected)


@pytest.mark.parametrize(
    ("source", "test", "some", "every"),
    [
        ("[1, 2]", "i > 1", True, False),
        ("[1, 2]", "i > 5", False, False),
        ("[1, 2]", "i > 0", True, True),
        ("[]", "i > 0", False, True),
        ('["a", 2]', "i > 1", True, None),
        ('["a", 0]', "i > 1", None, False),
        ("null", "i > 1", None, None),
    ],
)
def test_some_and_every(source: str, test: str, some: Any, every: Any) -> None:
    assert worth(looped("some", text(source), text(test))) is some
    assert worth(looped("every", text(source), text(test))) is every


@pytest.mark.parametrize(
    ("source", "match", "expected"),
    [
        ("[1, 2, 3]", "item > 1", [2, 3]),
        ("[{a: 1}, {a: 2}]", "a = 2", [{"a": 2}]),
        ("[1, 2, 3]", "2", 2),
        ("[1, 2, 3]", "-1", 3),
        ("[1, 2, 3]", "0", None),
        ("[1, 2, 3]", "1.5", None),
        ("5", "item > 1", [5]),
        ("[1, 2]", '"x"', None),
        ("[1, 2]", "null", []),
        ("null", "item > 1", None),
    ],
)
def test_filter(source: str, match: str, expected: Any) -> None:
    assert worth(f"<filter><in>{text(source)}</in><match>{text(match)}</match></filter>") == typed(expected)
