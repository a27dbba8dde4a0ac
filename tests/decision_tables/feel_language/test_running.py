"""Bounds, warnings and the clock."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.evaluate import test as passes
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression, compile_unary_tests
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import UnaryTests
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.values import FeelFunction

DOUBLING = ", ".join(f"v{n + 1}: [v{n}, v{n}]" for n in range(60))
DOUBLED_TEXT = ", ".join(f"v{n + 1}: v{n} + v{n}" for n in range(60))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("for i in 1..1000000 return i", "100,000 entries"),
        ("some i in 1..100000000 satisfies false", "too many steps"),
        ("every i in 1..1000, j in 1..1000000 satisfies true", "too many steps"),
        ("count((for i in 1..9000 return i)[(for j in 1..50 return j)[1] = 0])", "too many steps"),
        ("{f: function(n) f(n + 1), x: f(1)}.x", "64 levels"),
        ("{f: function(n) f(n: n + 1), x: f(1)}.x", "64 levels"),
        (f"{{v0: [1], {DOUBLING}}}.v60", "too many steps"),
        (f"count({{v0: [1], {DOUBLING}}}.v60)", "too many steps"),
        (f"{{v0: [1], {DOUBLING}}}.v60 = [1]", "too many steps"),
        (f'{{v0: "abc", {DOUBLED_TEXT}}}.v60', "1000000 characters"),
    ],
)
def test_what_costs_too_much(text: str, message: str) -> None:
    with pytest.raises(FeelLimit, match=message):
        evaluate(text, steps=250_000)


def test_a_given_text_or_list_that_is_too_long() -> None:
    with pytest.raises(FeelLimit, match="1,000,000"):
        evaluate("upper case(a)", {"a": "x" * 1_000_001})
    with pytest.raises(FeelLimit, match="100,000"):
        evaluate("count(list: a)", {"a": [None] * 100_001})


def test_values_that_are_nested_too_deeply() -> None:
    deep: list[object] = []
    for _level in range(5_000):
        deep = [deep]
    with pytest.raises(FeelLimit, match="too deep"):
        evaluate("a.b", {"a": deep})
    test = compile_unary_tests(parse_unary_tests("?.b = 1"))
    with pytest.raises(FeelLimit, match="too deep"):
        test(deep, Scope({}))


def test_a_strict_bound() -> None:
    assert evaluate("for i in 1..10 return i", steps=100)
    with pytest.raises(FeelLimit):
        evaluate("for i in 1..100 return i", steps=100)
    with pytest.raises(FeelLimit):
        passes("some i in 1..100 satisfies i = ?", None, steps=100)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("nothing", "Nothing is called `nothing`."),
        ("nothing(1)", "No function is called `nothing`."),
        ('1 + "a"', "`+` has no result for number and string."),
        ("1 + {a: 1}", "`+` has no result for number and context."),
        ("1 - 2 - abs", "`-` has no result for number and function."),
        ("[1..2] < [1]", "`<` can't compare range<Any> and list<Any>."),
        ('@"x"', '@"x" is no date, time or duration.'),
        ("{a: 1}.b", "The context has no entry `b`."),
        ("1.b", "`.b` was asked of a value that has no members."),
        ("[1][abs]", "A filter needs a condition or a place."),
        ("{a: 1, a: 1}", "A context has two entries of one name."),
        ('[1.."a"]', "The ends of an interval must be two values that can be compared."),
        ("for i in null return i", "`in` needs a list or a range to go through."),
        ("(1)(2)", "What is called here is no function."),
        ("(function(a) a)()", "The function takes 1 arguments, not 0."),
        ("(function(a) a)(b: 1)", "The function's parameters are a."),
        ('(function(a: number) a)("")', "The argument `a` is of another type than the function asks for."),
        ("(function() external {})()", "External functions are not available."),
    ],
)
def test_null_with_a_reason(text: str, warning: str) -> None:
    scope = Scope({})
    assert compile_expression(parse_expression(text))(scope) is None
    assert scope.warnings == [warning]


def test_not_more_than_a_hundred_reasons() -> None:
    scope = Scope({})
    compile_expression(parse_expression("for i in 1..200 return x"))(scope)
    assert len(scope.warnings) == 100


def test_a_long_reason_is_cut() -> None:
    scope = Scope({})
    compile_expression(parse_expression("a" * 5_000))(scope)
    assert scope.warnings == ["Nothing is called `" + "a" * 281 + "…"]


def test_now_is_one_moment_of_the_given_clock() -> None:
    moments = iter([datetime(2026, 1, 31, 12, 30, 5, 250_000, tzinfo=timezone(timedelta(hours=2)))])
    made = evaluate("{a: now(), b: now(), c: today()}", clock=lambda: next(moments))
    assert same(made, evaluate('{a: @"2026-01-31T12:30:05.25+02:00", b: a, c: @"2026-01-31"}'))


def test_a_clock_without_a_place() -> None:
    assert same(evaluate("now()", clock=lambda: datetime(2026, 1, 31)), evaluate('@"2026-01-31T00:00:00"'))  # noqa: DTZ001


def test_the_clock_is_right_by_itself() -> None:
    assert evaluate("today().year") == datetime.now(UTC).year


def test_a_function_tells_its_parameters() -> None:
    made = evaluate("function(a, my rate) a")
    assert isinstance(made, FeelFunction)
    assert made.parameters == ("a", "my rate")


def test_a_name_hides_that_of_a_wider_scope() -> None:
    run = compile_expression(parse_expression("[a, b]"))
    assert run(Scope({"a": "outer", "b": "outer"}).child({"a": "inner"})) == ["inner", "outer"]


def test_an_expression_is_worked_out_only_as_far_as_it_is_cheap() -> None:
    long = "[" + ", ".join(["some i in 1..20000 satisfies false"] * 2) + "]"
    assert evaluate(f"{long}[1]") is False


def test_deep_data_does_not_slow_names_down() -> None:
    many = {
        "rows": [{f"odd name {n}": n} for n in range(3_000)],
        "nested": {f"key {n}": {f"x {n}": n} for n in range(3_000)},
    }
    assert evaluate("count(rows)", many) == 3_000


def deeper(call: Callable[[], object], frames: int) -> object:
    return deeper(call, frames - 1) if frames else call()


def at_the_end_of_the_stack(call: Callable[[], object], room: int) -> object:
    """Calls where so many frames are left."""
    return deeper(call, sys.getrecursionlimit() - len(inspect.stack(0)) - room)


@pytest.mark.parametrize("parse", [parse_expression, parse_unary_tests])
def test_the_parser_where_the_stack_is_nearly_full(parse: Callable[[str], object]) -> None:
    with pytest.raises(FeelSyntaxError, match="100 levels"):
        at_the_end_of_the_stack(lambda: parse("(" * 40 + "1" + ")" * 40), 60)


def test_compiling_where_the_stack_is_nearly_full() -> None:
    tree = parse_expression("[" * 60 + "1" + "]" * 60)
    with pytest.raises(FeelLimit, match="too deep"):
        at_the_end_of_the_stack(lambda: compile_expression(tree), 60)
    with pytest.raises(FeelLimit, match="too deep"):
        at_the_end_of_the_stack(lambda: compile_unary_tests(UnaryTests((tree,))), 60)
