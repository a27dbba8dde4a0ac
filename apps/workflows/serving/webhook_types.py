"""What a webhook call and its answer are, apart from any web framework."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """One HTTP call. Header names are lower-case; ``query`` keeps repeated names as lists."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, Any]
    body: bytes
    content_type: str
    correlation_id: str
    remote_address: str = ""


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What the caller gets. ``chunks``: the body comes piece by piece instead, and ``body`` is empty."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Generator[bytes, None, None] | None = None

    def with_headers(self, more: Mapping[str, str]) -> WebhookAnswer:
        """The answer with further headers; these count."""
        return replace(self, headers={**self.headers, **more}) if more else self
