"""Types: their text, which values are of them, and the conversions made on the way."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression
from apps.decision_tables.engine.feel.evaluation.scope import Run, Scope
from apps.decision_tables.engine.feel.syntax.parser import parse_expression
from apps.decision_tables.engine.feel.type_tree import NUMBER, ContextType, ListType, NamedType
from apps.decision_tables.engine.feel.types import coerce, conforms, instance_of, parse_type, resolve, type_text


@pytest.mark.parametrize(
    "text",
    [
        "number",
        "date and time",
        "years and months duration",
        "list<list<string>>",
        "range<number>",
        "context",
        "context<a: number, b c: context<d: Any>>",
        "function",
        "function<> -> Any",
        "function<number, date> -> boolean",
        "model.tPerson",
        "t 2 Person",
    ],
)
def test_a_type_is_read_and_written(text: str) -> None:
    assert type_text(parse_type(text)) == text


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("1", "number", True),
        ("1", "string", False),
        ("true", "boolean", True),
        ("true", "number", False),
        ("null", "number", False),
        ("null", "Any", False),
        ("null", "Null", True),
        ("1", "Any", True),
        ('@"2026-01-31"', "date", True),
        ('@"2026-01-31"', "date and time", False),
        ('@"P1D"', "days and time duration", True),
        ('@"P1Y"', "yearMonthDuration", True),
        ("[1, 2]", "list<number>", True),
        ("[1, null]", "list<number>", True),
        ('[1, "a"]', "list<number>", False),
        ('[1, "a"]', "list", True),
        ("[]", "list<number>", True),
        ("1", "list", False),
        ("{a: 1, b: 2}", "context<a: number>", True),
        ('{a: "x"}', "context<a: number>", False),
        ("{}", "context<a: number>", False),
        ("{}", "context", True),
        ("[1..2]", "range<number>", True),
        ('["a".."b"]', "range<number>", False),
        ("(> 1)", "range<number>", True),
        ("abs", "function", True),
        ("abs", "function<number> -> number", True),
        ("abs", "function<number, number> -> number", False),
        ("function(a) 1", "function<string> -> number", True),
        ("function(a: number) a + 1", "function<number> -> number", True),
        ("function(a: number) a + 1", "function<number> -> string", False),
        ("function(a: number) -a", "function<string> -> number", False),
        ("function(a: number) a", "function<> -> number", False),
        ("function() if true then 1 else 2", "function<> -> number", True),
        ('function() if true then 1 else "a"', "function<> -> number", True),
        ("function() [1, 2]", "function<> -> list<number>", True),
        ("function() for i in 1..2 return true", "function<> -> list<string>", False),
        ("function() {a: 1}", "function<> -> context<a: number>", True),
        ("function() {a: 1}", "function<> -> context<b: number>", False),
        ("function() [1..2]", "function<> -> range<string>", False),
        ("function() 1 < 2", "function<> -> boolean", True),
        ("function() function(a) 1", "function<> -> function<number> -> number", True),
        ("function() function(a) 1", "function<> -> number", False),
        ("function() function(a) 1", "function<> -> function", True),
        ("function() x(1)", "function<> -> number", True),
        ("1", "tUnknown", False),
    ],
)
def test_instance_of(value: str, type_: str, expected: bool) -> None:
    assert evaluate(f"({value}) instance of {type_}") is expected


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("1", "number", "1"),
        ("[1]", "number", "1"),
        ("[1, 2]", "number", "null"),
        ("1", "list<number>", "[1]"),
        ('"a"', "list<number>", "null"),
        ("1", "string", "null"),
        ("null", "string", "null"),
        ("1", "tUnknown", "1"),
        ('@"2026-01-31"', "date and time", '@"2026-01-31T00:00:00Z"'),
    ],
)
def test_coercion(value: str, type_: str, expected: str) -> None:
    assert same(coerce(evaluate(value), parse_type(type_)), evaluate(expected))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("number", "Any", True),
        ("Null", "number", True),
        ("number", "string", False),
        ("list<number>", "list<Any>", True),
        ("range<number>", "range<string>", False),
        ("function", "function<number> -> Any", False),
        ("function<Any> -> number", "function<number> -> Any", True),
        ("function<number> -> Any", "function<Any> -> Any", False),
        ("context<a: number, b: number>", "context<a: Any>", True),
    ],
)
def test_conformance(a: str, b: str, expected: bool) -> None:
    assert conforms(parse_type(a), parse_type(b)) is expected


def test_named_types_are_looked_up_where_the_expression_runs() -> None:
    types = {"tRow": ContextType((("n", NUMBER),)), "tRows": ListType(NamedType("tRow"))}
    run = compile_expression(parse_expression("[{n: 1}] instance of tRows"))
    assert run(Scope({}, run=Run(types=types))) is True


def test_a_type_that_means_itself_has_no_values() -> None:
    assert not instance_of("x", NamedType("a"), {"a": NamedType("b"), "b": NamedType("a")})
    assert isinstance(resolve(NamedType("a"), {"a": NamedType("a")}), NamedType)
