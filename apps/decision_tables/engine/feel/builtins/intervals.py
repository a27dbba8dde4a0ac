"""How points and ranges lie to each other; null where values have no order, or where the end that counts is open."""

from __future__ import annotations

from collections.abc import Callable

from apps.decision_tables.engine.feel.builtins.signatures import POINT, RANGE, Builtin, Kind, Signature, needs
from apps.decision_tables.engine.feel.comparing import compare
from apps.decision_tables.engine.feel.values import Range, Value


class _NoOrder(Exception):
    """Two values have no order."""


def _order(a: Value, b: Value) -> int:
    found = compare(a, b)
    if found is None:
        raise _NoOrder
    return found


def _is_before(a: Value, b: Value) -> bool:
    """``a`` lies wholly before ``b``; each may be a point or a range."""
    last, last_included = (a.high, a.high_included) if isinstance(a, Range) else (a, True)
    first, first_included = (b.low, b.low_included) if isinstance(b, Range) else (b, True)
    if last is None or first is None:
        return False
    order = _order(last, first)
    return order < 0 or (order == 0 and not (last_included and first_included))


def _is_after(a: Value, b: Value) -> bool:
    return _is_before(b, a)


def _meets(a: Range, b: Range) -> bool:
    return a.high_included and b.low_included and _order(a.high, b.low) == 0


def _met_by(a: Range, b: Range) -> bool:
    return _meets(b, a)


def _overlaps(a: Range, b: Range) -> bool:
    return not _is_before(a, b) and not _is_before(b, a)


def _start_order(a: Range, b: Range) -> int:
    """Which of two ranges starts first; an end that is included comes before one that is not."""
    if a.low is None or b.low is None:
        return (b.low is None) - (a.low is None)
    return _order(a.low, b.low) or b.low_included - a.low_included


def _end_order(a: Range, b: Range) -> int:
    if a.high is None or b.high is None:
        return (a.high is None) - (b.high is None)
    return _order(a.high, b.high) or a.high_included - b.high_included


def _overlaps_before(a: Range, b: Range) -> bool:
    """``a`` starts before ``b``, and ends in it."""
    return _start_order(a, b) < 0 and not _is_before(a, b) and _end_order(a, b) <= 0


def _overlaps_after(a: Range, b: Range) -> bool:
    return _overlaps_before(b, a)


def _finishes(point: Value, interval: Range) -> bool:
    return interval.high_included and _order(point, interval.high) == 0


def _finishes_range(a: Range, b: Range) -> bool:
    """Both end together, and ``a`` does not start before ``b``."""
    return _end_order(a, b) == 0 and _start_order(b, a) <= 0


def _includes(interval: Range, point: Value) -> bool:
    return not _is_before(interval, point) and not _is_before(point, interval)


def _includes_range(a: Range, b: Range) -> bool:
    return _start_order(a, b) <= 0 and _end_order(b, a) <= 0


def _starts(point: Value, interval: Range) -> bool:
    return interval.low_included and _order(point, interval.low) == 0


def _starts_range(a: Range, b: Range) -> bool:
    """Both start together, and ``a`` does not end after ``b``."""
    return _start_order(a, b) == 0 and _end_order(a, b) <= 0


def _coincide(a: Value, b: Value) -> bool:
    return _order(a, b) == 0


def _coincide_ranges(a: Range, b: Range) -> bool:
    return _start_order(a, b) == 0 and _end_order(a, b) == 0


def _swapped(relation: Callable[..., bool]) -> Callable[..., bool]:
    return lambda a, b: relation(b, a)


def _relation(relation: Callable[..., bool]) -> Callable[..., Value]:
    """The relation, or null where values have no order."""

    def decide(a: Value, b: Value) -> Value:
        try:
            return relation(a, b)
        except _NoOrder:
            return None

    return decide


_NAMES = {
    (POINT, POINT): ("point1", "point2"),
    (POINT, RANGE): ("point", "range"),
    (RANGE, POINT): ("range", "point"),
    (RANGE, RANGE): ("range1", "range2"),
}


def _signature(relation: Callable[..., bool], first: Kind, second: Kind) -> Signature:
    one, two = _NAMES[first, second]
    return Signature(_relation(relation), needs(one, first), needs(two, second))


def _of_ranges(relation: Callable[..., bool]) -> Signature:
    return _signature(relation, RANGE, RANGE)


def _on_any(relation: Callable[..., bool]) -> list[Signature]:
    return [_signature(relation, first, second) for first, second in _NAMES]


FUNCTIONS = (
    Builtin("before", *_on_any(_is_before)),
    Builtin("after", *_on_any(_is_after)),
    Builtin("meets", _of_ranges(_meets)),
    Builtin("met by", _of_ranges(_met_by)),
    Builtin("overlaps", _of_ranges(_overlaps)),
    Builtin("overlaps before", _of_ranges(_overlaps_before)),
    Builtin("overlaps after", _of_ranges(_overlaps_after)),
    Builtin("finishes", _signature(_finishes, POINT, RANGE), _of_ranges(_finishes_range)),
    Builtin("finished by", _signature(_swapped(_finishes), RANGE, POINT), _of_ranges(_swapped(_finishes_range))),
    Builtin("includes", _signature(_includes, RANGE, POINT), _of_ranges(_includes_range)),
    Builtin("during", _signature(_swapped(_includes), POINT, RANGE), _of_ranges(_swapped(_includes_range))),
    Builtin("starts", _signature(_starts, POINT, RANGE), _of_ranges(_starts_range)),
    Builtin("started by", _signature(_swapped(_starts), RANGE, POINT), _of_ranges(_swapped(_starts_range))),
    Builtin("coincides", _signature(_coincide, POINT, POINT), _of_ranges(_coincide_ranges)),
)
