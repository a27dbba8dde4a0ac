"""From an input as it came to the rules whose condition on it holds: the inner loop of every evaluation.

A lookup raises ``WrongType`` for a value of another type, or gives None for a number that is none (NaN, infinity).
Python's dictionaries and ``bisect`` take plain ints and floats as they are; a float stands for the decimal that it is
written as, and the two agree in order as long as every boundary is a decimal that a float writes (``_float_of``).
Others go by decimals.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import inf
from typing import Any, TypeAlias

from apps.decision_tables.engine.coercion import Domain, Key, WrongType, read_number
from apps.decision_tables.engine.indexes import Index, LadderIndex, PointIndex

Lookup: TypeAlias = Callable[[Any], "int | None"]
MAX_REMEMBERED = 4_096
LONGEST_REMEMBERED = 200


class Remembered(dict[Any, "int | None"]):
    """Text → rules; what is not in it yet is worked out, and kept while there is room."""

    def __init__(self, domain: Domain, mask_of: Callable[[Any, Key], int], null: int, room: int) -> None:
        super().__init__({None: null})
        self._domain = domain
        self._mask_of = mask_of
        self._room = room

    def __missing__(self, given: Any) -> int:
        if not isinstance(given, str):
            raise WrongType(self._domain.type)
        value = self._domain.read(given)
        mask = self._mask_of(value, self._domain.key(value))
        if len(self) < self._room and len(given) <= LONGEST_REMEMBERED:
            self[given] = mask
        return mask


def text_lookup(domain: Domain, index: Index, mask_of: Callable[[Any, Key], int], null: int, room: int) -> Lookup:
    """The lookup of a column whose values come as text."""
    known = Remembered(domain, mask_of, null, room)
    if domain.type == "string" and isinstance(index, PointIndex) and index.masks is not None:
        known.update((key, mask_of(key, key)) for key in index.masks)
    return known.__getitem__


def boolean_lookup(mask_of: Callable[[Any, Key], int], null: int) -> Lookup:
    """The lookup of a column of booleans; 1 and 0 are none."""
    yes, no = mask_of(True, True), mask_of(False, False)

    def lookup(given: Any) -> int:
        if given is True:
            return yes
        if given is False:
            return no
        if given is None:
            return null
        raise WrongType("boolean")

    return lookup


def number_lookup(index: Index, null: int) -> Lookup:
    """The lookup of a column of numbers that is answered by its index alone."""
    floats = [_float_of(key) for key in index.keys]
    boundaries = [boundary for boundary in floats if boundary is not None]

    def odd(given: Any) -> int:
        return null if given is None else index.at(read_number(given))

    if len(boundaries) < len(floats):
        return odd
    if isinstance(index, LadderIndex):
        if index.stride > 1:
            return _strided_lookup(boundaries, index.state, odd)
        return _ladder_lookup(boundaries, index.states, odd)
    if isinstance(index, PointIndex) and index.masks is not None:
        return _point_lookup(boundaries, [index.masks[key] for key in index.keys], index.other, odd)
    return odd


def general_lookup(domain: Domain, mask_of: Callable[[Any, Key], int], null: int) -> Lookup:
    """The lookup of any other column."""
    read, key_of = domain.read, domain.key

    def lookup(given: Any) -> int:
        if given is None:
            return null
        value = read(given)
        return mask_of(value, key_of(value))

    return lookup


def _ladder_lookup(boundaries: Sequence[float], states: Sequence[int], odd: Callable[[Any], int]) -> Lookup:
    # Infinity on both sides: then every number has a neighbour, and what is no number finds a None.
    line = [-inf, *boundaries, inf]
    exactly: list[int | None] = [None, *states[1::2], None]
    before: list[int | None] = [None, *states[0::2]]

    def lookup(given: Any) -> int | None:
        kind = type(given)
        if kind is int or kind is float:
            at = bisect_left(line, given)
            return exactly[at] if line[at] == given else before[at]
        return odd(given)

    return lookup


def _strided_lookup(boundaries: Sequence[float], state: Callable[[int], int], odd: Callable[[Any], int]) -> Lookup:
    line = [-inf, *boundaries, inf]
    last = 2 * len(boundaries)

    def lookup(given: Any) -> int | None:
        kind = type(given)
        if kind is int or kind is float:
            at = bisect_left(line, given)
            place = 2 * at - 2 + (line[at] == given)
            return state(place) if 0 <= place <= last else None
        return odd(given)

    return lookup


def _point_lookup(boundaries: Sequence[float], masks: Sequence[int], other: int, odd: Callable[[Any], int]) -> Lookup:
    known = dict(zip(boundaries, masks, strict=True)).get

    def lookup(given: Any) -> int | None:
        kind = type(given)
        if kind is int or kind is float:
            mask = known(given)
            if mask is not None:
                return mask
            return other if given - given == 0 else None
        return odd(given)

    return lookup


def _float_of(key: int | Decimal) -> float | None:
    """The float that is written as this number is, if there is one and order by floats is order by numbers."""
    try:
        double = float(key)
    except OverflowError:
        return None
    if double.is_integer() and abs(double) >= 2**53:
        return None
    return double if Decimal(repr(double)) == key else None
