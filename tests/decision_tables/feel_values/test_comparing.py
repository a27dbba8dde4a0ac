"""Equality, order and sameness."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel import comparing
from apps.decision_tables.engine.feel.comparing import compare, equal, key_of, same
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.limits import FeelLimit
from tests.decision_tables.feel_values.examples import wrong
from tests.decision_tables.feel_values.strategies import DATES, DAYS, MOMENTS, MONTHS, NUMBERS, SCALARS, TIMES, VALUES

ONE_TYPE = st.one_of(
    *(
        st.tuples(values, values, values)
        for values in (
            NUMBERS,
            st.text(max_size=3),
            DATES,
            TIMES.filter(lambda time: not time.is_local),
            MOMENTS.filter(lambda moment: moment.is_local),
            DAYS,
            MONTHS,
        )
    )
)


@given(ONE_TYPE)
@settings(max_examples=100)
def test_values_of_one_type_have_one_order(values: tuple[Any, Any, Any]) -> None:
    def order(a: Any, b: Any) -> int:
        found = compare(a, b)
        assert found is not None
        return found

    first, second, third = values
    assert order(first, second) == -order(second, first)
    assert (order(first, second) == 0) == equal(first, second) == same(first, second)
    if order(first, second) <= 0 and order(second, third) <= 0:
        assert order(first, third) <= 0


@given(VALUES, VALUES)
@settings(max_examples=100)
def test_keys_are_equal_where_values_are_the_same(a: Any, b: Any) -> None:
    assert same(a, a)
    assert equal(a, a) is True
    assert (key_of(a) == key_of(b)) == same(a, b) == same(b, a)
    assert hash(key_of(a)) == hash(key_of(a))


@given(SCALARS, SCALARS)
@settings(max_examples=50)
def test_an_order_says_when_values_are_equal(a: Any, b: Any) -> None:
    order = compare(a, b)
    assert order is None or (order == 0) == equal(a, b)


CASES = """
1 = 1.00 → true
1 = "1" → null
true = 1 → null
null = null → true
null = 1 → false
1 = null → false
1 = [1] → true
["a"] = "a" → true
[[1]] = 1 → null
1 = [1, 2] → null
1 = [[1]] → null
[1, "a"] = [1, "a"] → true
[1, null] = [1, null] → true
[1, 2] = [2, 1] → false
{a: 1, b: 2} = {b: 2, a: 1} → true
{a: 1} = {a: 2} → false
[1..5] = [1..5] → true
[1..5] = [1..5) → false
@"2026-01-01T10:00:00Z" = @"2026-01-01T11:00:00+01:00" → true
@"2026-07-01T12:00:00@Europe/Paris" = @"2026-07-01T10:00:00Z" → true
@"2026-01-01T10:00:00Z" = @"2026-01-01T10:00:00" → false
@"10:00:00Z" = @"10:00:00" → false
@"10:00:00@Europe/Paris" = @"09:00:00Z" → true
@"P1Y" = @"P12M" → true
@"P1D" = @"P1M" → null
@"10:00:00Z" < @"10:00:00" → null
@"2026-01-01" < @"2026-01-02T00:00:00" → null
true < false → null
[1] < [2] → null
@"-0001-01-01" < @"0001-01-01" → true
"a" < "b" → true
"Z" < "a" → true
"\\uFFFD" < "\\U01F40E" → true
"""


def test_comparisons() -> None:
    assert wrong(CASES.strip().split("\n")) == []


def test_a_function_is_the_same_as_itself_alone() -> None:
    one, other = evaluate("function(a) a"), evaluate("function(a) a")
    assert same(one, one)
    assert not same(one, other)


def _deep(levels: int) -> Any:
    value: Any = [Decimal(1)]
    for _level in range(levels):
        value = [value]
    return value


def _wide(doublings: int) -> Any:
    value: Any = [Decimal(1)]
    for _doubling in range(doublings):
        value = [value, value]
    return value


@pytest.mark.parametrize("make", [lambda: _deep(5000), lambda: _wide(60)], ids=["deep", "wide"])
def test_values_that_are_larger_than_they_look_are_refused(
    make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MAX_LIST", 1000)
    with pytest.raises(FeelLimit):
        same(make(), make())
