"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StreamedBody:
    """A request body that is read while it is sent. ``size`` in bytes; ``open`` begins anew, for redirects."""

    size: int
    open: Callable[[], Iterable[bytes]]


class BodyKeeper(Protocol):
    """Takes the body of an answer in pieces, so that it is never whole in memory."""

    @property
    def max_bytes(self) -> int:
        """The largest body that is kept."""

    def wants(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether this body is to be kept; otherwise it comes with the answer."""

    def keep(self, headers: Mapping[str, str], pieces: Iterator[bytes], url: str) -> Any:
        """Read the body; what this answers is ``kept`` of the answer."""


@dataclass(frozen=True, slots=True)
class OutgoingResponse:
    """What an outgoing request came back with; header names are lower-case.

    ``kept`` is what a ``BodyKeeper`` made of the body, which is empty then.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    url: str
    kept: Any = None


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file as items refer to it; ``size`` in bytes."""

    id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str

    def to_data(self) -> dict[str, Any]:
        """What stands in an item's ``binary``."""
        return {
            "id": str(self.id),
            "file_name": self.file_name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
        }
