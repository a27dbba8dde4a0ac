"""Length-prefixed frames over pipes, with deadlines."""

from __future__ import annotations

import os
import select
import struct
import time

_HEAD = struct.Struct("!I")
CHUNK = 1 << 16


class FrameError(Exception):
    """The other side closed, was late, or announced more than allowed."""


def write_frame(descriptor: int, data: bytes, deadline: float | None = None) -> None:
    """Write one frame; with a monotonic ``deadline`` to a descriptor that may be full."""
    view = memoryview(_HEAD.pack(len(data)) + data)
    while view:
        if deadline is not None:
            _wait(descriptor, deadline, writing=True)
        view = view[os.write(descriptor, view[:CHUNK]) :]


def read_frame(descriptor: int, limit: int, deadline: float | None = None) -> bytes:
    """Read one frame of at most ``limit`` bytes."""
    head = _read(descriptor, _HEAD.size, deadline)
    (length,) = _HEAD.unpack(head)
    if length > limit:
        raise FrameError(f"frame of {length} bytes")
    return _read(descriptor, length, deadline)


def _read(descriptor: int, length: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    while length:
        if deadline is not None:
            _wait(descriptor, deadline, writing=False)
        part = os.read(descriptor, min(length, CHUNK))
        if not part:
            raise FrameError("closed")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait(descriptor: int, deadline: float, *, writing: bool) -> None:
    poller = select.poll()
    poller.register(descriptor, select.POLLOUT if writing else select.POLLIN)
    if not poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise FrameError("late")
