"""Messages of several frames. All who watch the same get the same text, so the last one made is kept."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.live.outbox import Frame


class _Joiner:
    """Remembers one message: a room delivers to all of its members one after the other."""

    def __init__(self) -> None:
        self._frames: tuple[Frame, ...] = ()
        self._text = ""

    def text(self, frames: Sequence[Frame]) -> str:
        """The text of these frames, made anew only when they are others than the last time."""
        known = self._frames
        if len(known) != len(frames) or any(one is not other for one, other in zip(known, frames, strict=True)):
            self._text = _join([frame.data for frame in frames])
            self._frames = tuple(frames)
        return self._text


def _join(parts: Sequence[bytes]) -> str:
    if len(parts) == 1:
        return parts[0].decode()
    return '{"type":"batch","frames":[' + b",".join(parts).decode() + "]}"


_joiner = _Joiner()


def joined(frames: Sequence[Frame]) -> str:
    """One message for these frames. For the event loop only."""
    return _joiner.text(frames)
