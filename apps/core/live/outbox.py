"""What waits to be sent to one watcher: bounded, merged, and dropped for a catch-up when the watcher is slow."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from apps.core.live.limits import OUTBOX_BYTES, OUTBOX_FRAMES


class Frame(NamedTuple):
    """An encoded frame, and up to which number of which stream the watcher is once it has it."""

    data: bytes
    stream: str = ""
    seq: int = 0


@dataclass(eq=False, slots=True)
class Subscription:
    """One watcher's place in one room. ``sent``: stream → the last number that went out to the watcher.

    ``behind``: frames are not delivered now; a catch-up from ``sent`` comes first.
    """

    key: str
    outbox: Outbox
    sent: dict[str, int] = field(default_factory=dict)
    behind: bool = True
    joining: bool = False


class Outbox:
    """Frames of all subscriptions of one socket, in order."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.dropped = 0
        self._frames: deque[tuple[Subscription | None, Frame]] = deque()
        self._bytes = 0

    def put(self, subscription: Subscription | None, frame: Frame) -> None:
        """Queue a frame; without a subscription it is an answer, which is never dropped for others."""
        self._frames.append((subscription, frame))
        self._bytes += len(frame.data)
        if len(self._frames) > OUTBOX_FRAMES or self._bytes > OUTBOX_BYTES:
            self._drop()
        self.ready.set()

    def take(self) -> list[tuple[Subscription | None, Frame]]:
        """Everything that waits."""
        taken = list(self._frames)
        self._frames.clear()
        self._bytes = 0
        self.ready.clear()
        return taken

    def forget(self, subscription: Subscription) -> None:
        """The watcher wants no more of this."""
        self._keep([pair for pair in self._frames if pair[0] is not subscription])

    def _drop(self) -> None:
        for subscription, _frame in self._frames:
            if subscription is not None:
                subscription.behind = True
        kept = [pair for pair in self._frames if pair[0] is None]
        self.dropped += len(self._frames) - len(kept)
        self._keep(kept[-OUTBOX_FRAMES:])

    def _keep(self, pairs: list[tuple[Subscription | None, Frame]]) -> None:
        self._frames = deque(pairs)
        self._bytes = sum(len(frame.data) for _, frame in pairs)
