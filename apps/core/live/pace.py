"""When the next message may go: never more than ten in any second, and as early as that allows.

Even spacing alone would hold what happens at random for anything up to the spacing. So the first after a rest
goes at once, a message may go a little early, and what can wait waits for the change that is about to come, if
changes come regularly: then both go without delay, where a timer would have sent one early and the next one late.
"""

from __future__ import annotations

from collections import deque

# So many messages in as many spacings: ten a second.
IN_A_ROW = 10
# Share of the spacing by which a message may go early.
EARLY = 0.3
# A socket passes on what rooms have paced, and is freer than they. A room keeps a little below the limit: else what
# a busy moment made late would hold back what comes a second later, and that the next, and so on for ever.
EARLY_RELAYED = 0.6
ROOM_SHARE = 1.02
# Changes within this time are one: a node ends and the next begins.
SAME_SECONDS = 0.01
# For so short a time a message waits its turn rather than the next change.
SOON_SECONDS = 0.01
# The oldest change is not held longer for the sake of one that is to come.
HELD_SECONDS = 0.1
_MARGIN = 1.25
_WEIGHT = 0.2
_LONGEST_GAP = 0.2


class Pace:
    """The messages to one receiver. ``early`` is a share of the spacing."""

    __slots__ = ("_early", "_even", "_sent")

    def __init__(self, early: float = EARLY) -> None:
        self._early = early
        self._even = 0.0
        self._sent: deque[float] = deque(maxlen=IN_A_ROW)

    def due(self, now: float, spacing: float) -> float:
        """The moment from which on a message may go."""
        due = self._even - self._early * spacing
        if len(self._sent) == IN_A_ROW:
            due = max(due, self._sent[0] + IN_A_ROW * spacing)
        return max(now, due)

    def sent(self, now: float, spacing: float) -> None:
        """A message went."""
        self._even = max(now, self._even) + spacing
        self._sent.append(now)


class Rhythm:
    """How regularly changes come, and so when to expect the next."""

    __slots__ = ("_gap", "_heard")

    def __init__(self) -> None:
        self._gap = 0.0
        self._heard = 0.0

    def heard(self, now: float) -> None:
        """A change came."""
        gap = now - self._heard
        if gap < SAME_SECONDS:
            return
        self._heard = now
        if gap < _LONGEST_GAP:  # else it was a rest
            self._gap = gap if not self._gap else self._gap + _WEIGHT * (gap - self._gap)

    def worth_holding_until(self, since: float) -> float:
        """Until when a change that has waited ``since`` then may wait for the next; the past when it should not."""
        if not self._gap or self._heard + self._gap - since > HELD_SECONDS:
            return 0.0
        return min(self._heard + _MARGIN * self._gap, since + HELD_SECONDS)


def hold_until(pace: Pace, rhythm: Rhythm, now: float, since: float, spacing: float) -> float:
    """Until when to hold what has waited ``since`` then, unless something comes before; ``now`` is not at all."""
    due = pace.due(now, spacing)
    if due - now <= SOON_SECONDS:
        return due
    return max(due, rhythm.worth_holding_until(since))
