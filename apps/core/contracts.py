"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutgoingResponse:
    """What an outgoing request came back with; header names are lower-case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    url: str
