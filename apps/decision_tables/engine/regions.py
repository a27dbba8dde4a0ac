"""Sets of values on the line of a column's keys: sorted pieces that do not touch, each between two cuts.

A cut is ``(key, 0)`` just before a key, or ``(key, 1)`` just after it; None is the end of the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, TypeAlias

from apps.decision_tables.engine.coercion import Key

Cut: TypeAlias = tuple[Any, int]
Piece: TypeAlias = tuple[Cut | None, Cut | None]
Region: TypeAlias = tuple[Piece, ...]

NOTHING: Region = ()
EVERYTHING: Region = ((None, None),)


def point(key: Key) -> Piece:
    """The piece that holds one key."""
    return ((key, 0), (key, 1))


def points(keys: Iterable[Key]) -> Region:
    """The region of some keys."""
    return tuple(point(key) for key in sorted(set(keys)))


def piece(low: Cut | None, high: Cut | None) -> Region:
    """The region between two cuts; nothing where they are not in order."""
    return ((low, high),) if low is None or high is None or low < high else NOTHING


def complement(region: Region) -> Region:
    """All of the line that is not in the region."""
    found: list[Piece] = []
    low: Cut | None = None
    for start, end in region:
        if start is not None:
            found.append((low, start))
        low = end
        if end is None:
            return tuple(found)
    return (*found, (low, None))


def intersection(one: Region, other: Region) -> Region:
    """What is in both."""
    found: list[Piece] = []
    at = beside = 0
    while at < len(one) and beside < len(other):
        low = _later(one[at][0], other[beside][0])
        high = _earlier(one[at][1], other[beside][1])
        found.extend(piece(low, high))
        if high == one[at][1]:
            at += 1
        else:
            beside += 1
    return tuple(found)


def union(one: Region, other: Region) -> Region:
    """What is in either."""
    return complement(intersection(complement(one), complement(other)))


def keys_of(region: Region) -> list[Key] | None:
    """The keys of a region that is nothing but points; else None."""
    keys = [start[0] for start, end in region if start is not None and end == (start[0], 1)]
    return keys if len(keys) == len(region) else None


def contains(region: Region, key: Key) -> bool:
    """Whether a key is in the region."""
    cut = (key, 0)
    return any((low is None or low <= cut) and (high is None or cut < high) for low, high in region)


def all_of(regions: Sequence[Region]) -> Region:
    """What is in every one of the regions."""
    return reduce(intersection, regions) if regions else EVERYTHING


def _later(one: Cut | None, other: Cut | None) -> Cut | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _earlier(one: Cut | None, other: Cut | None) -> Cut | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
