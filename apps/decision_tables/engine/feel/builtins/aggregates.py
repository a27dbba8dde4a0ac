"""Functions that make one value of many, given as a list or one by one; and ``sort``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from apps.decision_tables.engine.feel.builtins.signatures import ANY, BOOLEAN, FUNCTION, LIST, Builtin, Signature, needs
from apps.decision_tables.engine.feel.comparing import compare
from apps.decision_tables.engine.feel.decimals import CONTEXT, ONE, ZERO, finite
from apps.decision_tables.engine.feel.values import FeelFunction, Value

Items = list[Value]


def _numbers(items: Items) -> list[Decimal] | None:
    """The items, where there are some and all are numbers."""
    found = [item for item in items if isinstance(item, Decimal)]
    return found if found and len(found) == len(items) else None


def _of_numbers(operation: Callable[[list[Decimal]], Value]) -> Callable[[Items], Value]:
    def apply(items: Items) -> Value:
        numbers = _numbers(items)
        return None if numbers is None else operation(numbers)

    return apply


def _outermost(direction: int) -> Callable[[Items], Value]:
    """Min (-1) or max (1): the item that comes before or after all others, null where they cannot be compared."""

    def apply(items: Items) -> Value:
        if not items or compare(items[0], items[0]) is None:
            return None
        found = items[0]
        for item in items[1:]:
            order = compare(item, found)
            if order is None:
                return None
            if order * direction > 0:
                found = item
        return found

    return apply


def _total(numbers: list[Decimal]) -> Decimal | None:
    """The sum."""
    result = ZERO
    for number in numbers:
        result = CONTEXT.add(result, number)
    return finite(result)


def _mean(numbers: list[Decimal]) -> Decimal | None:
    sum_of_all = _total(numbers)
    return None if sum_of_all is None else CONTEXT.divide(sum_of_all, Decimal(len(numbers)))


def _product(numbers: list[Decimal]) -> Value:
    result = ONE
    for number in numbers:
        result = CONTEXT.multiply(result, number)
    return finite(result)


def _median(numbers: list[Decimal]) -> Value:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return finite(CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2)))


def _deviation(numbers: list[Decimal]) -> Value:
    """The standard deviation of a sample; there is none of a single number."""
    mean = _mean(numbers)
    if mean is None or len(numbers) == 1:
        return None
    result = ZERO
    for number in numbers:
        apart = CONTEXT.subtract(number, mean)
        result = CONTEXT.add(result, CONTEXT.multiply(apart, apart))
    return finite(CONTEXT.sqrt(CONTEXT.divide(result, Decimal(len(numbers) - 1))))


def _mode(items: Items) -> Value:
    """The numbers that come most often, in ascending order."""
    numbers = _numbers(items)
    if numbers is None:
        return None if items else []
    counts = Counter(numbers)
    most = max(counts.values())
    return sorted(number for number, count in counts.items() if count == most)


def _decided_by(answer: bool) -> Callable[[Items], Value]:
    """``any`` is decided by one true item, ``all`` by one false item; else all have to be booleans."""

    def apply(items: Items) -> Value:
        if any(item is answer for item in items):
            return answer
        return (not answer) if all(isinstance(item, bool) for item in items) else None

    return apply


class _NoOrder(Exception):
    """The order function did not answer true or false."""


def _sort(items: Items, precedes: FeelFunction) -> Value:
    def order(a: Value, b: Value) -> int:
        return -1 if _asked(precedes, a, b) else int(_asked(precedes, b, a))

    return _sorted(items, order)


def _asked(precedes: FeelFunction, a: Value, b: Value) -> bool:
    answer = precedes.call((a, b))
    if not isinstance(answer, bool):
        raise _NoOrder
    return answer


def _sort_naturally(items: Items) -> Value:
    def order(a: Value, b: Value) -> int:
        found = compare(a, b)
        if found is None:
            raise _NoOrder
        return found

    return _sorted(items, order)


def _sorted(items: Items, order: Callable[[Value, Value], int]) -> Value:
    try:
        return sorted(items, key=cmp_to_key(order))
    except _NoOrder:
        return None


def _aggregate(name: str, body: Callable[[Items], Value], item: str = "number") -> Builtin:
    """Takes one list, or any number of values."""
    one_list = Signature(body, needs("list", LIST))
    return Builtin(name, one_list, Signature(body, rest=needs(item, ANY)))


FUNCTIONS = (
    _aggregate("min", _outermost(-1), "value"),
    _aggregate("max", _outermost(1), "value"),
    _aggregate("sum", _of_numbers(_total)),
    _aggregate("mean", _of_numbers(_mean)),
    _aggregate("product", _of_numbers(_product)),
    _aggregate("median", _of_numbers(_median)),
    _aggregate("stddev", _of_numbers(_deviation)),
    _aggregate("mode", _mode),
    _aggregate("all", _decided_by(False), "boolean"),
    _aggregate("any", _decided_by(True), "boolean"),
    Builtin("not", Signature(lambda negand: not negand, needs("negand", BOOLEAN))),
    Builtin(
        "sort",
        Signature(_sort, needs("list", LIST), needs("precedes", FUNCTION)),
        Signature(_sort_naturally, needs("list", LIST)),
    ),
)
