"""Laws that hold for all values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.evaluate import test as passes
from apps.decision_tables.engine.feel.values import Value

WHOLE = st.integers(-20, 20)
NUMBERS = st.decimals(-1000, 1000, places=2)
NUMBER_LISTS = st.lists(NUMBERS, max_size=8)
TRUTHS = st.sampled_from([True, False, None])
quick = settings(max_examples=40, deadline=None)


def decimals(numbers: range) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


@quick
@given(WHOLE, WHOLE)
def test_a_range_goes_up_or_down(start: int, end: int) -> None:
    step = 1 if start <= end else -1
    assert evaluate(f"for i in {start}..{end} return i") == decimals(range(start, end + step, step))


@quick
@given(NUMBER_LISTS, NUMBERS)
def test_a_filter_keeps_what_satisfies(items: list[Decimal], limit: Decimal) -> None:
    kept = evaluate("items[item > limit]", {"items": items, "limit": limit})
    assert kept == [item for item in items if item > limit]


@quick
@given(NUMBER_LISTS, WHOLE)
def test_a_place_counts_from_one_or_from_the_end(items: list[Decimal], place: int) -> None:
    index = place - 1 if place > 0 else place
    expected = items[index] if place and -len(items) <= index < len(items) else None
    assert evaluate("items[place]", {"items": items, "place": Decimal(place)}) == expected


@quick
@given(NUMBER_LISTS, NUMBERS)
def test_some_is_not_every_not(items: list[Decimal], limit: Decimal) -> None:
    context = {"items": items, "limit": limit}
    some = evaluate("some x in items satisfies x < limit", context)
    assert some is any(item < limit for item in items)
    assert some is evaluate("not(every x in items satisfies not(x < limit))", context)


@quick
@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("[("), st.sampled_from("])"))
def test_a_cell_with_a_range(value: Decimal, low: Decimal, high: Decimal, opened: str, closed: str) -> None:
    above = value >= low if opened == "[" else value > low
    below = value <= high if closed == "]" else value < high
    context = {"low": low, "high": high}
    assert passes(f"{opened}low..high{closed}", value, context) is (above and below)
    assert passes(f"not({opened}low..high{closed})", value, context) is not (above and below)
    assert evaluate(f"v in {opened}low..high{closed}", {**context, "v": value}) is (above and below)


@pytest.mark.parametrize(
    ("sign", "compare"),
    [("<", operator.lt), ("<=", operator.le), (">", operator.gt), (">=", operator.ge), ("=", operator.eq)],
)
@quick
@given(value=NUMBERS, limit=NUMBERS)
def test_a_comparison_is_the_same_everywhere(
    sign: str, compare: Callable[[Decimal, Decimal], bool], value: Decimal, limit: Decimal
) -> None:
    context: dict[str, Value] = {"value": value, "limit": limit}
    expected = compare(value, limit)
    assert evaluate(f"value {sign} limit", context) is expected
    assert evaluate(f"value in {sign} limit", context) is expected
    assert evaluate(f"value in ({sign} limit)", context) is expected
    assert passes(f"{sign} limit", value, context) is expected
    assert passes(f"? {sign} limit", value, context) is expected


@quick
@given(TRUTHS, TRUTHS, TRUTHS)
def test_logic(a: bool | None, b: bool | None, c: bool | None) -> None:
    context = {"a": a, "b": b, "c": c}
    for left, right in [
        ("a and b", "b and a"),
        ("a or b", "b or a"),
        ("a and b and c", "a and (b and c)"),
        ("a or b or c", "(a or b) or c"),
        ("a and (b or c)", "a and b or a and c"),
        ("not(a and b)", "not(a) or not(b)"),
        ("not(a or b)", "not(a) and not(b)"),
        ("if a then b else c", "if not(a) = true or a = null then c else b"),
    ]:
        assert evaluate(left, context) is evaluate(right, context)


@quick
@given(NUMBERS, NUMBERS, NUMBERS)
def test_arithmetic_is_pythons_with_decimals(a: Decimal, b: Decimal, c: Decimal) -> None:
    context = {"a": a, "b": b, "c": c}
    assert evaluate("a + b * c - a", context) == a + b * c - a
    assert evaluate("-a - -b", context) == b - a
    assert evaluate("a * b * c = c * b * a", context) is True
    assert evaluate("if c = 0 then null else a / c = a / c", context) is (None if c == 0 else True)


@quick
@given(st.lists(st.lists(WHOLE, max_size=4), max_size=4))
def test_rounds_within_rounds(rows: list[list[int]]) -> None:
    table: Value = [[Decimal(cell) for cell in row] for row in rows]
    flat = evaluate("for row in rows, cell in row return cell * 2", {"rows": table})
    assert flat == [Decimal(cell * 2) for row in rows for cell in row]
    nested = evaluate("for row in rows return for cell in row return cell", {"rows": table})
    assert nested == table


@quick
@given(st.dictionaries(st.sampled_from(["a", "b c", "d-e", "if", "x'y"]), NUMBERS, min_size=1))
def test_every_key_of_a_context_can_be_asked_for(context: dict[str, Decimal]) -> None:
    for name in context.keys() - {"if"}:
        assert evaluate(name, dict(context)) == context[name]
        assert evaluate(f"all.{name} + 1", {"all": context}) == context[name] + 1
    assert evaluate('get value(all, "if")', {"all": context}) == context.get("if")
