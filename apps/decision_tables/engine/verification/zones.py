"""A column's line in zones: within one, the same rules hold for every value.

Zones say all that can be told apart. Where cells ask questions that the line does not answer (``contains``, patterns,
expressions of other inputs), a zone stands for a way to answer them; it is ``concrete`` where a value is known that
answers so, and else it may be empty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Any

from apps.decision_tables.engine.coercion import Key, domain_of, plain_json
from apps.decision_tables.engine.regions import Cut
from apps.decision_tables.engine.table import InputColumn
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.cells import Ask, Cell, all_cuts
from apps.decision_tables.engine.verification.inhabitants import answering, lies_between, value_between

# Types of which a value may be there though none is found.
_MANIFOLD = frozenset({"list", "any"})


class Shape(Enum):
    """How the values of a zone can be said."""

    POINT = "one value"
    OTHER = "all values that no rule names"
    RANGE = "values between two cuts"
    NULL = "no value"
    ASKED = "values that answer questions in one way"


@dataclass(frozen=True, slots=True)
class Zone:
    """Values for which the same rules hold."""

    mask: int
    shape: Shape
    concrete: bool
    value: Any = None
    low: Cut | None = None
    high: Cut | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A column with its zones."""

    column: InputColumn
    cells: tuple[Cell, ...]
    zones: tuple[Zone, ...]


def line_of(column: InputColumn, cells: Sequence[Cell], unbound: int, deadline: Deadline) -> Line:
    """The zones of a column. ``unbound`` are the rules without a cell in it."""
    maker = _Maker(column, cells, unbound, deadline)
    zones = list(maker.zones())
    if any(cell.names_null for cell in cells):
        zones += maker.null_zones()
    return Line(column, tuple(cells), tuple(zones))


class _Maker:
    def __init__(self, column: InputColumn, cells: Sequence[Cell], unbound: int, deadline: Deadline) -> None:
        self.column = column
        self.domain = domain_of(column.type)
        self.cells = cells
        self.unbound = unbound
        self.deadline = deadline
        self.like = next((cell.sample for cell in cells if cell.sample is not None), None)
        self.cuts = all_cuts(cells)
        self.steps, self.asking = self._sweep()
        self.pointed = self._is_of_points()
        if self.domain.ranked and not self.pointed:
            # Ranges end where the kind of values does.
            kinds = {cut[0][0] for cut in self.cuts if len(cut[0]) > 1}
            self.cuts = sorted({*self.cuts, *(((kind + side,), 0) for kind in kinds for side in (0, 1))})
            self.steps, self.asking = self._sweep()

    def _sweep(self) -> tuple[list[int], list[list[Cell]]]:
        """For each piece between two cuts: the rules that hold all over it, and the cells that ask more."""
        steps = [0] * (len(self.cuts) + 2)
        asking: list[list[Cell]] = [[] for _ in range(len(self.cuts) + 1)]
        for cell in self.cells:
            self.deadline.spend()
            for low, high in cell.region:
                start = 0 if low is None else bisect_left(self.cuts, low) + 1
                end = len(self.cuts) + 1 if high is None else bisect_left(self.cuts, high) + 1
                if not cell.asks:
                    steps[start] ^= cell.rules
                    steps[end] ^= cell.rules
                    continue
                for at in range(start, end):
                    asking[at].append(cell)
        held, mask = [], self.unbound
        for step in steps[:-1]:
            mask ^= step
            held.append(mask)
        return held, asking

    def zones(self) -> Iterator[Zone]:
        """The zones of values, in the order of the line."""
        values = self._listed()
        if values is not None:
            yield from self._points(values)
        elif self.pointed:
            yield from self._enumerated()
        else:
            yield from self._ranges()

    def _is_of_points(self) -> bool:
        """Whether rules tell single values only from all others."""
        pairs = zip(self.cuts[::2], self.cuts[1::2], strict=False)
        between = [(self.steps[at], self.asking[at]) for at in range(0, len(self.steps), 2)]
        return (
            len(self.cuts) % 2 == 0
            and all(low == (high[0], 0) and high[1] == 1 for low, high in pairs)
            and all(each == between[0] for each in between)
        )

    def _listed(self) -> Sequence[Any] | None:
        if self.column.type == "boolean" and self.column.allowed_values is None:
            return (True, False)
        return self.column.allowed_values

    def _points(self, values: Iterable[Any]) -> Iterator[Zone]:
        """The zones of single values."""
        for value in values:
            self.deadline.spend()
            key = self._key(value)
            yield from self._point(bisect_right(self.cuts, (key, 0)), key, (True, value))

    def _point(self, at: int, key: Key, found: tuple[bool, Any]) -> Iterator[Zone]:
        """One value: it answers all questions, but for those that nobody can answer yet."""
        asks = {ask.told: ask for cell in self.asking[at] for ask in cell.asks}
        typed = self.domain.read(found[1]) if found[0] else None
        answers = {told: ask.answer(typed) for told, ask in asks.items() if found[0] and ask.answer}
        yes = frozenset(told for told, answer in answers.items() if answer)
        shape = Shape.POINT if found[0] else Shape.ASKED
        for way in _ways(self.asking[at], asks.keys() - answers.keys()):
            mask = self.steps[at] | _met(self.asking[at], yes | way)
            yield Zone(mask, shape, found[0] and len(answers) == len(asks), found[1], (key, 0), (key, 1))

    def _enumerated(self) -> Iterator[Zone]:
        """The values that rules name, and one zone (or one for each way to answer) for all others."""
        for at in range(0, len(self.cuts), 2):
            self.deadline.spend()
            low, high = self.cuts[at : at + 2]
            yield from self._point(at + 1, low[0], self._value(low, high))
        gaps = list(self._gaps())
        usual = self._value(None, None)
        if not any(usual[0] and lies_between(self._key(usual[1]), *ends) for ends in gaps):
            usual = next((value for ends in gaps if (value := self._value(*ends))[0]), (False, None))
        yield from self._split(0, Shape.OTHER, usual, gaps)

    def _gaps(self) -> Iterator[tuple[Cut | None, Cut | None]]:
        """The stretches between the named values."""
        cuts: list[Cut | None] = [None, *self.cuts, None]
        return ((cuts[at], cuts[at + 1]) for at in range(0, len(cuts), 2))

    def _ranges(self) -> list[Zone]:
        """The pieces between the cuts, those beside each other joined where the same rules hold."""
        found: list[Zone] = []
        for zone in self._pieces():
            joins = found and found[-1].shape is zone.shape is Shape.RANGE and not is_end(zone.low)
            if joins and found[-1].mask == zone.mask:
                found[-1] = replace(found[-1], high=zone.high)
            else:
                found.append(zone)
        return found

    def _pieces(self) -> Iterator[Zone]:
        cuts: list[Cut | None] = [None, *self.cuts, None]
        for at, ends in enumerate(pairwise(cuts)):
            self.deadline.spend()
            if self._is_of_unused_kind(*ends):
                continue
            found = self._value(*ends)
            if found[0] or self.column.type in _MANIFOLD or _is_point(*ends):
                yield from self._split(at, Shape.RANGE, found, [ends])

    def _is_of_unused_kind(self, low: Cut | None, high: Cut | None) -> bool:
        """Whether all of a piece is of a kind (of ``any``, of durations) of which no rule names a value."""
        if not self.domain.ranked or not is_end(low):
            return False
        return low is None or not any(cut[0][0] == low[0][0] and len(cut[0]) > 1 for cut in self.cuts)

    def _value(self, low: Cut | None, high: Cut | None) -> tuple[bool, Any]:
        return value_between(self.column.type, low, high, self.like)

    def _split(
        self, at: int, shape: Shape, found: tuple[bool, Any], places: list[tuple[Cut | None, Cut | None]]
    ) -> Iterator[Zone]:
        """A piece of the line, by the ways in which its values can answer."""
        asking = self.asking[at]
        if not asking:
            low, high = places[0] if shape is Shape.RANGE else (None, None)
            yield Zone(self.steps[at], shape, found[0], found[1], low, high)
            return
        asks = {ask.told: ask for cell in asking for ask in cell.asks}
        known = dict(self._known_ways(asks, found, places))
        for told in dict.fromkeys((*known, *_ways(asking, asks.keys()))):
            yield Zone(self.steps[at] | _met(asking, told), Shape.ASKED, told in known, known.get(told))

    def _known_ways(
        self, asks: dict[str, Ask], found: tuple[bool, Any], places: list[tuple[Cut | None, Cut | None]]
    ) -> Iterator[tuple[frozenset[str], Any]]:
        """The ways to answer of which a value is known."""
        if any(ask.answer is None for ask in asks.values()):
            return
        typed = [self.domain.read(found[1])] if found[0] else []
        for value in (*typed, *answering(list(asks.values()), self.column.type)):
            key = self.domain.key(value)
            if any(lies_between(key, *ends) for ends in places):
                yield (
                    frozenset(told for told, ask in asks.items() if ask.answer and ask.answer(value)),
                    plain_json(value),
                )

    def _key(self, value: Any) -> Key:
        return self.domain.key(self.domain.read(value))

    def null_zones(self) -> Iterator[Zone]:
        """What holds where there is no value."""
        mask = self.unbound
        for cell in self.cells:
            if cell.null and not cell.asks:
                mask |= cell.rules
        asking = [cell for cell in self.cells if cell.null and cell.asks]
        for way in _ways(asking, {ask.told for cell in asking for ask in cell.asks}):
            yield Zone(mask | _met(asking, way), Shape.NULL, not asking)


def is_end(cut: Cut | None) -> bool:
    """Whether a cut is the end of the line, or of the values of one kind."""
    return cut is None or (isinstance(cut[0], tuple) and len(cut[0]) == 1)


def _is_point(low: Cut | None, high: Cut | None) -> bool:
    return low is not None and high is not None and low[0] == high[0]


def _ways(cells: Iterable[Cell], questions: Set[str]) -> Iterable[frozenset[str]]:
    """The ways to answer that tell all there is: only what one cell asks, nothing, and everything.

    More rules hold where more is answered with yes. So a rule holds alone in the way that answers no more than it asks
    if it does so anywhere, and two rules hold together where everything is answered with yes if they do so anywhere.
    """
    asked = (frozenset(ask.told for ask in cell.asks).intersection(questions) for cell in cells)
    return dict.fromkeys((frozenset(), *asked, frozenset(questions)))


def _met(cells: Iterable[Cell], yes: frozenset[str]) -> int:
    """The rules of the cells whose questions are all answered with yes."""
    mask = 0
    for cell in cells:
        if all(ask.told in yes for ask in cell.asks):
            mask |= cell.rules
    return mask
