"""What can be made of the values of one field of many items."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.nodes.support.equality import canonical
from apps.workflows.nodes.support.ordering import order_key
from apps.workflows.nodes.support.values import number_of, text_of

MAX_TEXT = 10_000_000


class NotANumber(ValueError):
    """A value that cannot be counted with; ``position`` says which of the values it is."""

    def __init__(self, value: Any, position: int) -> None:
        super().__init__(f"The value {text_of(value)[:40]!r} is not a number.")
        self.position = position


class TooLong(ValueError):
    """The joined text would be too long."""


def is_empty(value: Any) -> bool:
    """Nothing to aggregate: null or empty text."""
    return value is None or value == ""


def count(values: Sequence[Any], separator: str = "") -> int:
    """How many."""
    return len(values)


def count_unique(values: Sequence[Any], separator: str = "") -> int:
    """How many different ones."""
    return len({canonical(value) for value in values})


def total(values: Sequence[Any], separator: str = "") -> int | float:
    """The sum; 0 of nothing. Raises ``NotANumber``."""
    numbers = _numbers(values)
    try:
        return sum(numbers) if all(isinstance(number, int) for number in numbers) else _finite(math.fsum(numbers))
    except OverflowError:
        raise NotANumber("Infinity", 0) from None


def average(values: Sequence[Any], separator: str = "") -> int | float | None:
    """The arithmetic mean; None of nothing. Raises ``NotANumber``."""
    return total(values) / len(values) if values else None


def smallest(values: Sequence[Any], separator: str = "") -> Any:
    """The first in order; None of nothing."""
    return min(values, key=order_key, default=None)


def largest(values: Sequence[Any], separator: str = "") -> Any:
    """The last in order; None of nothing."""
    return max(values, key=order_key, default=None)


def concatenated(values: Sequence[Any], separator: str = "") -> str:
    """All as one text. Raises ``TooLong``."""
    texts = [text_of(value) for value in values]
    if sum(map(len, texts)) + len(separator) * len(texts) > MAX_TEXT:
        raise TooLong(f"The text would have more than {MAX_TEXT} characters.")
    return separator.join(texts)


def appended(values: Sequence[Any], separator: str = "") -> list[Any]:
    """All in a list."""
    return list(values)


@dataclass(frozen=True, slots=True)
class Aggregation:
    """``prefix`` names the field of the result: ``sum_price``. ``keeps_empty``: it can take empty values too."""

    label: str
    prefix: str
    work: Callable[[Sequence[Any], str], Any]
    keeps_empty: bool = False


AGGREGATIONS: Mapping[str, Aggregation] = {
    "append": Aggregation("Append to a list", "appended", appended, keeps_empty=True),
    "average": Aggregation("Average", "average", average),
    "concatenate": Aggregation("Concatenate", "concatenated", concatenated, keeps_empty=True),
    "count": Aggregation("Count", "count", count, keeps_empty=True),
    "count_unique": Aggregation("Count unique values", "unique_count", count_unique, keeps_empty=True),
    "max": Aggregation("Maximum", "max", largest),
    "min": Aggregation("Minimum", "min", smallest),
    "sum": Aggregation("Sum", "sum", total),
}


def _numbers(values: Sequence[Any]) -> list[int | float]:
    numbers = []
    for position, value in enumerate(values):
        number = None if isinstance(value, bool) else number_of(value)
        if number is None:
            raise NotANumber(value, position)
        numbers.append(number)
    return numbers


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise OverflowError
    return number
