"""From regions of rules to an index: which rules hold for a key, as the bits of one whole number.

A column whose rules name single values has a ``PointIndex`` (a dictionary), any other a ``LadderIndex`` (sorted keys,
and the rules that hold at each and between them). Both keep to a budget of memory: a large one works some masks out
when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Protocol

from apps.decision_tables.engine.coercion import Key
from apps.decision_tables.engine.regions import Region, complement, keys_of


class Index(Protocol):
    """Answers which rules hold for a key."""

    keys: list[Key]

    def at(self, key: Key) -> int:
        """The rules that hold for a key."""


class PointIndex:
    """Rules of single values, and of all but single values."""

    def __init__(self, bits_of: Mapping[Key, Sequence[int]], other: int, is_small: bool) -> None:
        self.other = other
        self.keys = sorted(bits_of)
        self._bits_of = bits_of
        self.masks = {key: other ^ mask_of(bits) for key, bits in bits_of.items()} if is_small else None

    def at(self, key: Key) -> int:
        """The rules that hold for a key."""
        if self.masks is not None:
            return self.masks.get(key, self.other)
        return self.other ^ mask_of(self._bits_of.get(key, ()))


class LadderIndex:
    """Rules of ranges. State 2i is between the keys i - 1 and i, state 2i + 1 at key i; every ``stride``-th is kept."""

    def __init__(self, keys: list[Key], steps: list[list[int]], start: int, stride: int) -> None:
        self.keys = keys
        self.stride = stride
        self._steps = steps if stride > 1 else []
        self.states: list[int] = []
        mask = start
        for at, bits in enumerate(steps):
            mask ^= mask_of(bits)
            if at % stride == 0:
                self.states.append(mask)

    def at(self, key: Key) -> int:
        """The rules that hold for a key."""
        position = bisect_left(self.keys, key)
        return self.state(2 * position + (position < len(self.keys) and self.keys[position] == key))

    def state(self, at: int) -> int:
        """The rules that hold in a state."""
        kept, missing = divmod(at, self.stride)
        mask = self.states[kept]
        if missing:
            for bits in self._steps[at - missing + 1 : at + 1]:
                mask ^= mask_of(bits)
        return mask


def mask_of(bits: Sequence[int]) -> int:
    """The whole number with these bits, of which none comes twice."""
    if len(bits) == 1:
        return 1 << bits[0]
    if not bits:
        return 0
    found = bytearray((max(bits) >> 3) + 1)
    for bit in bits:
        found[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(found, "little")


def bits_of(mask: int) -> list[int]:
    """The positions of the bits that are set, from the lowest."""
    text = bin(mask)[:1:-1]
    found = []
    at = text.find("1")
    while at >= 0:
        found.append(at)
        at = text.find("1", at + 1)
    return found


def build_index(regions: Mapping[int, Region], rules: int, budget: int) -> Index:
    """The index of the regions of some of ``rules`` rules; the others hold for every key."""
    unbound = ((1 << rules) - 1) ^ mask_of(list(regions))
    pointed = _points(regions)
    if pointed is None:
        return _ladder(regions, rules, unbound, budget)
    by_key, except_for = pointed
    return PointIndex(by_key, unbound | mask_of(except_for), _is_small(len(by_key), rules, budget))


def _points(regions: Mapping[int, Region]) -> tuple[dict[Key, list[int]], list[int]] | None:
    """Key → the rules that differ there from elsewhere, and the rules that hold elsewhere; None if there is a range."""
    by_key: dict[Key, list[int]] = {}
    elsewhere = []
    for bit, region in regions.items():
        keys = keys_of(region)
        if keys is None:
            keys = keys_of(complement(region))
            elsewhere.append(bit)
        if keys is None:
            return None
        for key in keys:
            by_key.setdefault(key, []).append(bit)
    return by_key, elsewhere


def _ladder(regions: Mapping[int, Region], rules: int, unbound: int, budget: int) -> LadderIndex:
    keys = sorted({cut[0] for region in regions.values() for piece in region for cut in piece if cut is not None})
    place = {key: at for at, key in enumerate(keys)}
    steps: list[list[int]] = [[] for _ in range(2 * len(keys) + 1)]
    start = []
    for bit, region in regions.items():
        for low, high in region:
            if low is None:
                start.append(bit)
            else:
                steps[2 * place[low[0]] + 1 + low[1]].append(bit)
            if high is not None:
                steps[2 * place[high[0]] + 1 + high[1]].append(bit)
    stride = 1
    while not _is_small(len(steps) // stride, rules, budget):
        stride *= 2
    return LadderIndex(keys, steps, unbound | mask_of(start), stride)


def _is_small(masks: int, rules: int, budget: int) -> bool:
    return masks <= 16 or masks * (rules // 8 + 28) <= budget
