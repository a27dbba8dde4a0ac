"""What a webhook call and its answer are, apart from any web framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """What the caller gets."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
