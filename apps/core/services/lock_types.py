"""What lock stores give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A fresh acquisition."""

    fence: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ActiveLock:
    """A lock as the list of active ones shows it."""

    key: str
    holder: str
    fence: int
    acquired_at: datetime
    expires_at: datetime
