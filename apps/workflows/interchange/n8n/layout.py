"""Where nodes stand. n8n's cards are about 100 wide and 200 apart, ours are 224 wide: the drawing is stretched.

Every length grows by one factor for each direction, so that what was aligned stays aligned: just so much that the
cards of nearly all rows and notes have room. The few that still lie on each other move down; a note grows until it
holds what it held.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

GRID = 16
CARD_WIDTH = 224
# With the row that a run adds; a card with many ports is higher, as the canvas draws it.
CARD_HEIGHT = 87
PORT_STEP = 24
PORT_MARGIN = 32
N8N_SIZE = 100
SPACE = 24
NOTE_SIZES = (240, 160)
# Nodes of n8n's that are closer than this in both directions lie on each other there as well.
CLOSE = 60
LEAST, MOST = (1.4, 1.0), (2.0, 1.5)
# So many of all pairs get their room by stretching; one odd pair does not tear the whole drawing apart.
SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the canvas; from n8n with n8n's measures, later with ours."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Place, space: float = 0) -> bool:
        """Whether both share a point, or come closer than ``space``."""
        return (
            self.x < other.x + other.width + space
            and other.x < self.x + self.width + space
            and self.y < other.y + other.height + space
            and other.y < self.y + self.height + space
        )

    def holds(self, other: Place) -> bool:
        """Whether the middle of the other one is in this one."""
        x, y = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def read_card(raw: Mapping[str, Any]) -> Place:
    """Where a node of an export stands; at the origin when that cannot be read."""
    x, y = _position(raw.get("position"))
    return Place(x, y, N8N_SIZE, N8N_SIZE)


def read_note(raw: Mapping[str, Any]) -> Place:
    """Where a sticky note lies and how large it is."""
    x, y = _position(raw.get("position"))
    held = raw.get("parameters")
    parameters: Mapping[str, Any] = held if isinstance(held, dict) else {}
    width, height = (
        _number(parameters.get(name), size) for name, size in zip(("width", "height"), NOTE_SIZES, strict=True)
    )
    return Place(x, y, min(max(width, 40), 20_000), min(max(height, 40), 20_000))


def arranged(cards: Sequence[Place], ports: Sequence[int], notes: Sequence[Place]) -> tuple[list[Place], list[Place]]:
    """The places of cards and notes on our canvas, in the order given. ``ports``: the most on one side of each card."""
    across, down = _factors(cards, notes)
    heights = [max(CARD_HEIGHT, (count - 1) * PORT_STEP + PORT_MARGIN) for count in ports]
    wanted = [
        Place(_on_grid(card.x * across), _on_grid(card.y * down), CARD_WIDTH, height)
        for card, height in zip(cards, heights, strict=True)
    ]
    placed = _apart(wanted)
    held = [[ours for card, ours in zip(cards, placed, strict=True) if note.holds(card)] for note in notes]
    return placed, [_note(note, inside, across, down) for note, inside in zip(notes, held, strict=True)]


def _factors(cards: Sequence[Place], notes: Sequence[Place]) -> tuple[float, float]:
    """By how much widths and heights have to grow."""
    rows = _gaps(cards, lambda card: (card.x, card.y), (CARD_WIDTH + SPACE) / LEAST[0])
    columns = _gaps(cards, lambda card: (card.y, card.x), (CARD_HEIGHT + SPACE) / LEAST[1])
    # From a card's left side to the right side of the note that it is in.
    rims = [note.x + note.width - card.x for note in notes for card in cards if note.holds(card)]
    across = [(CARD_WIDTH + SPACE) / gap for gap in rows] + [(CARD_WIDTH + GRID) / rim for rim in rims]
    return _usual(across, 0), _usual([(CARD_HEIGHT + SPACE) / gap for gap in columns], 1)


def _gaps(cards: Sequence[Place], axes: Callable[[Place], tuple[float, float]], most: float) -> list[float]:
    """The distances along one axis of cards that are beside each other and less than ``most`` apart."""
    points = sorted(axes(card) for card in cards)
    found = []
    for at, (along, over) in enumerate(points):
        for other in points[at + 1 :]:
            if other[0] - along >= most:
                break
            if abs(other[1] - over) < N8N_SIZE and other[0] - along >= CLOSE:
                found.append(other[0] - along)
                break
    return found


def _usual(factors: Iterable[float], axis: int) -> float:
    found = sorted(factors)
    needed = found[math.ceil(len(found) * SHARE) - 1] if found else 0
    return min(max(needed, LEAST[axis]), MOST[axis])


def _apart(wanted: Sequence[Place]) -> list[Place]:
    """Each card where it is wanted, or at the first free place below; those further up stay."""
    taken: dict[tuple[int, int], list[Place]] = defaultdict(list)
    tried: dict[tuple[float, float], float] = {}
    placed = list(wanted)
    for at in sorted(range(len(wanted)), key=lambda each: (wanted[each].y, wanted[each].x)):
        start = (wanted[at].x, wanted[at].y)
        card = replace(wanted[at], y=tried.get(start, start[1]))
        while (other := _in_the_way(card, taken)) is not None:
            card = replace(card, y=_on_grid(other.y + other.height + GRID + GRID / 2))
        tried[start] = card.y
        placed[at] = card
        for cell in _cells(card):
            taken[cell].append(card)
    return placed


def _in_the_way(card: Place, taken: Mapping[tuple[int, int], list[Place]]) -> Place | None:
    return next((other for cell in _cells(card) for other in taken.get(cell, ()) if card.overlaps(other)), None)


def _cells(card: Place) -> list[tuple[int, int]]:
    """The fields of a coarse grid that a card lies on."""
    columns = range(int(card.x // CARD_WIDTH), int((card.x + card.width) // CARD_WIDTH) + 1)
    rows = range(int(card.y // CARD_WIDTH), int((card.y + card.height) // CARD_WIDTH) + 1)
    return [(column, row) for column in columns for row in rows]


def _note(note: Place, inside: Sequence[Place], across: float, down: float) -> Place:
    x, y = _on_grid(note.x * across), _on_grid(note.y * down)
    right = max([_on_grid((note.x + note.width) * across), *(card.x + card.width + GRID for card in inside)])
    bottom = max([_on_grid((note.y + note.height) * down), *(card.y + card.height + GRID for card in inside)])
    return Place(x, y, max(right - x, 2 * GRID), max(bottom - y, 2 * GRID))


def _on_grid(value: float) -> int:
    return round(value / GRID) * GRID


def _position(value: Any) -> tuple[float, float]:
    if isinstance(value, dict):
        value = [value.get("x"), value.get("y")]
    if not isinstance(value, list) or len(value) < 2:
        return 0, 0
    return _number(value[0], 0), _number(value[1], 0)


def _number(value: Any, default: int) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return value if math.isfinite(value) and abs(value) < 1e8 else default
