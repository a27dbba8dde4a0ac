"""Built-in functions as values: parameters, names, the clock, and bounds of what they make."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.temporal import Date, DateTime, Time
from apps.decision_tables.engine.feel.text import text_of_value
from apps.decision_tables.engine.feel.values import FeelFunction, Value
from tests.decision_tables.feel_values.strategies import VALUES

NOW = DateTime(Date(2026, 3, 5), Time(14, 30, 0, 0, 3600))
NUMBERS = [Decimal(number) for number in range(100_000)]


def test_the_clock_is_set_by_the_caller() -> None:
    now, today = FUNCTIONS["now"], FUNCTIONS["today"]
    assert now.needs_clock
    assert today.needs_clock
    assert now.at(NOW).call([]) == NOW
    assert today.at(NOW).call([]) == NOW.date
    assert now.call([]) is None
    assert today.call([]) is None
    assert FUNCTIONS["count"].at(NOW) is FUNCTIONS["count"]


def test_a_function_tells_its_parameters() -> None:
    assert FUNCTIONS["substring"].parameters == ("string", "start position", "length")
    assert not FUNCTIONS["substring"].needs_clock


@given(st.lists(VALUES, max_size=3))
@settings(max_examples=20, deadline=None)
def test_a_function_takes_anything(args: list[Any]) -> None:
    for function in FUNCTIONS.values():
        function.call(args)
        function.call_named(dict(zip(function.parameters, args, strict=False)))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("append", [NUMBERS, Decimal(1)]),
        ("concatenate", [NUMBERS, NUMBERS]),
        ("union", [NUMBERS, NUMBERS]),
        ("insert before", [NUMBERS, Decimal(1), None]),
        ("flatten", [[NUMBERS, NUMBERS]]),
        ("context merge", [[{str(number): None for number in NUMBERS}, {"a": 1}]]),
        ("string join", [["a" * 600_000, "b" * 600_000]]),
        ("string join", [["a"] * 1000, "b" * 2000]),
        ("upper case", ["ß" * 600_000]),
        ("string", [["a" * 600_000] * 2]),
    ],
)
def test_what_would_be_too_large_is_refused(name: str, args: list[Any]) -> None:
    with pytest.raises(FeelLimit):
        FUNCTIONS[name].call(args)


def test_lists_within_lists_are_followed_to_a_bound() -> None:
    deep: list[Any] = []
    empty: list[Any] = []
    for _level in range(60):
        deep, empty = [deep], [empty, empty]
    assert FUNCTIONS["flatten"].call([deep]) == []
    with pytest.raises(FeelLimit):
        FUNCTIONS["flatten"].call([empty])


@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))
@settings(max_examples=50, deadline=None)
def test_the_functions_on_sets_agree(a: list[Any], b: list[Any]) -> None:
    once = FUNCTIONS["distinct values"].call([a + b])
    assert same(once, FUNCTIONS["union"].call([a, b]))
    assert same(once, FUNCTIONS["distinct values"].call([once]))
    assert FUNCTIONS["duplicate values"].call([once]) == []
    assert all(FUNCTIONS["list contains"].call([once, item]) for item in a + b)


@given(st.lists(st.integers(0, 9).map(Decimal), max_size=20))
@settings(max_examples=50)
def test_sorting_puts_in_order_and_keeps_all(items: list[Decimal]) -> None:
    assert FUNCTIONS["sort"].call([items]) == sorted(items)
    assert FUNCTIONS["reverse"].call([FUNCTIONS["reverse"].call([items])]) == items


@pytest.mark.parametrize(
    ("name", "args", "reason"),
    [
        ("substring", [Decimal(1)], "The arguments do not fit substring(string, start position, length?)."),
        ("count", [None], "The arguments do not fit count(list)."),
        ("min", [], "The arguments do not fit min(list) or min(value, …)."),
        ("matches", ["a", "\\b"], "“\\b” is not supported."),
        ("matches", ["a"], "The arguments do not fit matches(input, pattern, flags?)."),
        ("sqrt", [Decimal(-1)], None),
        ("matches", ["a", "b"], None),
    ],
)
def test_it_is_said_why_a_call_gave_null(name: str, args: list[Any], reason: str | None) -> None:
    assert FUNCTIONS[name].why_null(args) == reason


class Same(FeelFunction):
    """A function as an expression would define it."""

    parameters = ("a",)

    def call(self, args: Sequence[Value]) -> Value:
        return args[0]

    def call_named(self, args: Mapping[str, Value]) -> Value:
        return args["a"]


def test_a_function_that_says_nothing_of_clock_and_reasons() -> None:
    function = Same()
    assert function.at(NOW) is function
    assert function.why_null([]) is None
    assert text_of_value(function) == "function(a)"
    assert text_of_value(object()) == "function()"
