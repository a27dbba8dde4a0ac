"""What nodes may ask of the state that all runs of a workflow share: whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

# What a run waits for (``WaitFor.kind``) until it is its turn.
TURN = "turn"
MAX_KEYS = 1_000
MAX_LIMIT = 1_000
MAX_SECONDS = 366 * 86_400
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``limit`` in any time of length ``window``. ``waits``: what is over it gets a later turn, at most
    ``longest`` from now; otherwise it gets none."""

    limit: int
    window: timedelta
    waits: bool = False
    longest: timedelta = timedelta(days=1)

    def next_turn(self, granted: Sequence[datetime], now: datetime) -> datetime | None:
        """The next turn after those ``granted`` before (earliest first; the last ``limit`` are enough); None: there
        is none. Turns never overtake one another, whatever the clocks of several processes say."""
        base = max(now, granted[-1]) if granted else now
        turn = base if len(granted) < self.limit else max(base, granted[-self.limit] + self.window)
        if self.waits:
            return turn if turn - now <= self.longest else None
        return turn if turn == base else None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Where a ticket of a debounce stands: at ``until`` it is its turn, unless a later one has taken its place."""

    until: datetime
    superseded: bool


class TurnsPort(Protocol):
    """Turns by node and key. Tickets are idempotency keys: asked again with the same one, the answer is the same."""

    def admit(self, node_id: str, tickets: Mapping[str, str], rate: Rate) -> dict[str, datetime | None]:
        """Ticket → when it is its turn (not later than now: at once); None: it is over the rate.
        ``tickets``: ticket → key, in the order in which they take turns."""

    def settle(self, node_id: str, tickets: Mapping[str, str], quiet: timedelta) -> dict[str, Quiet]:
        """Each ticket takes the place of all earlier ones of its key that still wait. ``tickets``: ticket → key."""


class AloneTurns:
    """Turns of a run that shares none: it is always its turn."""

    def admit(self, node_id: str, tickets: Mapping[str, str], rate: Rate) -> dict[str, datetime | None]:
        return dict.fromkeys(tickets, _LONG_AGO)

    def settle(self, node_id: str, tickets: Mapping[str, str], quiet: timedelta) -> dict[str, Quiet]:
        return dict.fromkeys(tickets, Quiet(_LONG_AGO, superseded=False))
