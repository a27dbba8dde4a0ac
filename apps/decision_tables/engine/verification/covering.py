"""Places that no rule covers.

A place is one zone for each column. The search goes column by column, keeping the rules that still hold: where one of
them has nothing more to say the place is covered, where none is left it is not. What was found covered once is not
looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.verification.budget import Deadline

# The zone of a column of which no zone is looked at.
NOWHERE = -1
MAX_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Choice:
    """The zones of one column among which places are looked for."""

    axis: int
    masks: tuple[int, ...]
    zones: tuple[int, ...]


def choices_of(masks: Sequence[Sequence[int]], zones: Sequence[int], rules: int) -> list[Choice]:
    """The search's columns, the most telling first; ``zones`` are those to look at in each, as bits.

    A column without a zone to look at has some value nevertheless, and every rule that could hold for one may do.
    """
    found = []
    for at, column in enumerate(masks):
        first: dict[int, int] = {}
        for zone in bits_of(zones[at]):
            first.setdefault(column[zone] & rules, zone)
        if not first:
            first[reduce(or_, column, 0) & rules] = NOWHERE
        found.append(Choice(at, tuple(first), tuple(first.values())))
    return sorted(found, key=lambda choice: sum(map(int.bit_count, choice.masks)) / len(choice.masks))


class Search:
    """Looks for a place that none of the rules covers."""

    def __init__(self, choices: Sequence[Choice], rules: int, deadline: Deadline) -> None:
        self._choices = choices
        self._rules = rules
        self._deadline = deadline
        self._covered: set[tuple[int, int]] = set()
        self._everywhere = [rules] * (len(choices) + 1)
        for at in range(len(choices) - 1, -1, -1):
            held = self._everywhere[at + 1]
            for mask in choices[at].masks:
                held &= mask
            self._everywhere[at] = held

    def find(self) -> dict[int, int] | None:
        """Axis → zone of a place without a rule, for the columns that matter; None when all is covered."""
        place: dict[int, int] = {}
        return place if self._look(0, self._rules, place) else None

    def _look(self, at: int, rules: int, place: dict[int, int]) -> bool:
        if rules & self._everywhere[at]:
            return False
        if not rules:
            return True
        if (at, rules) in self._covered:
            return False
        self._deadline.spend()
        choice = self._choices[at]
        for mask, zone in zip(choice.masks, choice.zones, strict=True):
            if self._look(at + 1, rules & mask, place):
                place[choice.axis] = zone
                return True
        if len(self._covered) < MAX_REMEMBERED:
            self._covered.add((at, rules))
        return False
