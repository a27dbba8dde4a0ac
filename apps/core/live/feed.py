"""What a room reads: the truth behind a topic, implemented by the app that owns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from apps.core.live.outbox import Frame


@dataclass(slots=True)
class CatchUp:
    """For one who joins: frames from where they were; ``complete`` when they are now where the room is."""

    frames: list[Frame] = field(default_factory=list)
    complete: bool = True


@dataclass(slots=True)
class News:
    """What a room found: frames for all, catch-ups in the order asked for; ``over`` ends the room's own looks.

    ``more``: there is more to read at once.
    """

    frames: list[Frame] = field(default_factory=list)
    catch_ups: list[CatchUp] = field(default_factory=list)
    over: bool = False
    more: bool = False


class Feed(Protocol):
    """Reads in a thread of the hub; one call at a time."""

    def read(self, hints: Mapping[str, Mapping[str, Any]], joining: Sequence[Mapping[str, int]], *, look: bool) -> News:
        """What is new since the last call, and a catch-up for each who joins (stream → last number they have).

        ``look``: hints may have been lost.
        """
