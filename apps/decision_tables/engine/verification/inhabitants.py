"""A value between two cuts of a column's line, as plain as can be: what examples are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal, localcontext
from itertools import chain, combinations
from typing import Any

from apps.decision_tables.engine.coercion import Key, domain_of, plain_json
from apps.decision_tables.engine.feel.temporal import (
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    date_of_days,
    date_time_of_instant,
    time_of_nanos,
)
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.regions import Cut
from apps.decision_tables.engine.verification.cells import Ask

NANOS = 1_000_000_000
DAY = 86_400 * NANOS
# Enough for the largest number that a table can have.
_PRECISION = 1_000
_UTC = Time(0, 0, 0, offset_seconds=0)
# Where a text stands in one that meets several conditions.
_PLACES = {"startsWith": 0, "endsWith": 2}
MAX_COMBINED = 3
_WORDS = ("other", "", "a", "A", "m", "z", "~")
_SUFFIXES = ("a", "z", " ", "0", "!", "\x01")
_ANYTHING: tuple[Any, ...] = ("other", 1, True, [], {"other": True}, "", 0, False, ["other"])


def lies_between(key: Key, low: Cut | None, high: Cut | None) -> bool:
    """Whether a key is behind the one cut and before the other."""
    return (low is None or low <= (key, 0)) and (high is None or (key, 0) < high)


def value_between(column_type: str, low: Cut | None, high: Cut | None, like: Value = None) -> tuple[bool, Any]:
    """``(True, JSON value)`` of a value between two cuts; ``(False, None)`` where none is found.

    ``like`` is a value of the column, whose zone examples have.
    """
    key_of = domain_of(column_type).key
    for value in _candidates(column_type, low, high, like):
        if value is not None and lies_between(key_of(value), low, high):
            return True, plain_json(value)
    return False, None


def key_json(column_type: str, key: Key, like: Value = None) -> Any:
    """The JSON value that has this key; None where that cannot be told."""
    return value_between(column_type, (key, 0), (key, 1), like)[1]


def answering(asks: Sequence[Ask], column_type: str) -> Iterator[Value]:
    """Values that are likely to answer some of the questions with yes, and the others with no."""
    for size in range(1, min(len(asks), MAX_COMBINED) + 1):
        for chosen in combinations(asks, size):
            if column_type == "list":
                yield [ask.operand for ask in chosen]
                continue
            texts = sorted((_PLACES.get(ask.operator, 1), str(ask.operand)) for ask in chosen)
            yield "".join(text for _place, text in texts)
            yield "-".join(["", *(text for _place, text in texts), ""])
    if column_type != "list":
        yield from _WORDS


def _candidates(column_type: str, low: Cut | None, high: Cut | None, like: Value) -> Iterator[Value]:
    if column_type == "number":
        yield from _numbers(low, high)
    elif column_type == "string":
        yield from _texts(low)
    elif column_type in ("list", "any"):
        yield from (value for value in _ANYTHING if column_type == "any" or isinstance(value, list))
        yield from _ranked(low, high, _OF_RANK)
    elif column_type == "duration":
        yield from _ranked(low, high, _DURATIONS)
    else:
        make = _MAKERS[column_type]
        steps = (1,) if column_type == "date" else (DAY, 3600 * NANOS, NANOS, 1)
        if column_type == "time":
            low, high = low or (0, 0), high or (DAY, 0)
        yield from (make(key, like) for key in _whole(low, high, steps))


def _numbers(low: Cut | None, high: Cut | None) -> Iterator[Value]:
    return map(_plain_number, chain(_whole(low, high, (1,)), _farther(low, high)))


def _farther(low: Cut | None, high: Cut | None) -> Iterator[Any]:
    """Where one more or less is not between the cuts, or no difference to a very large number."""
    if low is None or high is None:
        yield from (-abs(cut[0]) * 2 for cut in (high,) if cut is not None)
        yield from (abs(cut[0]) * 2 for cut in (low,) if cut is not None)
    else:
        yield from _within(Decimal(low[0]), Decimal(high[0]))


def _within(low: Decimal, high: Decimal) -> list[Decimal]:
    """Between two numbers: a whole one if there is one, else as few digits as do."""
    with localcontext(Context(prec=_PRECISION)):
        middle = (low + high) / 2
        return [low // 1 + 1, *(round(middle, digits) for digits in range(1, 35)), middle]


def _plain_number(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _whole(low: Cut | None, high: Cut | None, steps: tuple[int, ...]) -> Iterator[Any]:
    """The key at the lower cut, then those a step away from either."""
    if low is None:
        yield from (1,) if high is None else (high[0] - step for step in steps)
    else:
        yield low[0]
        yield from (low[0] + step for step in steps)


def _texts(low: Cut | None) -> Iterator[Value]:
    begin = [] if low is None else [low[0]]
    yield from (*begin, *_WORDS, *(text + suffix for text in begin for suffix in _SUFFIXES))


def _ranked(low: Cut | None, high: Cut | None, makers: Mapping[int, Callable[[Any], Iterator[Value]]]) -> Iterator[Any]:
    """Values of the kinds that have a rank on the line, near the cuts within it."""
    for rank, make in makers.items():
        ends = [cut for cut in (low, high) if cut is not None and cut[0][0] == rank and len(cut[0]) > 1]
        for cut in ends or ([((rank, 0), 0)] if makers is _DURATIONS else []):
            yield from make(cut[0][1])


def _near(make: Callable[[int], Value], steps: tuple[int, ...]) -> Callable[[int], Iterator[Value]]:
    return lambda key: (make(key + step) for step in (0, *steps, *(-step for step in steps)))


def _lists(key: tuple[Key, ...]) -> Iterator[Value]:
    members = [_plain_key(member) for member in key]
    yield members
    yield [*members, "other"]


def _plain_key(key: Key) -> Value:
    """The value of a ranked key; texts, numbers and truth values are their own."""
    return key[1] if len(key) > 1 and not isinstance(key[1], tuple) else None


_OF_RANK: Mapping[int, Callable[[Any], Iterator[Value]]] = {
    0: lambda key: iter((key, not key)),
    1: _near(lambda key: key, (1,)),
    2: lambda key: iter((key, *(key + suffix for suffix in _SUFFIXES))),
    3: _lists,
}
_DURATIONS: Mapping[int, Callable[[Any], Iterator[Value]]] = {
    0: _near(DaysDuration, (DAY, NANOS, 1)),
    1: _near(MonthsDuration, (1,)),
}


def _moment(key: int, like: Value) -> Value:
    return date_time_of_instant(key, like.time if isinstance(like, DateTime) else _UTC)


def _clock(key: int, like: Value) -> Value:
    time = like if isinstance(like, Time) else Time(0, 0, 0)
    return time_of_nanos(key - (time.instant - time.nanos), time)


_MAKERS: Mapping[str, Callable[[Any, Value], Value]] = {
    "date": lambda key, _like: date_of_days(key),
    "datetime": _moment,
    "time": _clock,
}
