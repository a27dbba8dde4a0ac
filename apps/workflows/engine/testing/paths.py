"""Places within JSON as tests name them: ``orders[0].id``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

MAX_SEGMENTS = 50
ANY = "*"
_SEGMENT = re.compile(r"[^.\[\]]+")


class Missing(Enum):
    """The type of ``MISSING``."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


def segments_of(path: str) -> tuple[str, ...]:
    """The parts of a path; quotes around a name in brackets are dropped."""
    return tuple(part.strip("\"'") for part in _SEGMENT.findall(path)[:MAX_SEGMENTS])


def find(value: Any, path: str) -> Any:
    """What is at a path, or ``MISSING``. A member that is called like the whole path wins."""
    if isinstance(value, dict) and path in value:
        return value[path]
    for part in segments_of(path):
        value = _child(value, part)
    return value


def _child(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part, MISSING)
    if isinstance(value, list) and part.isdecimal() and len(part) <= 9 and int(part) < len(value):
        return value[int(part)]
    return MISSING


def is_ignored(at: Sequence[str], patterns: Sequence[tuple[str, ...]]) -> bool:
    """Whether a place is one of those that are not compared; ``*`` stands for any one part."""
    return any(
        len(pattern) == len(at) and all(wanted in (ANY, part) for wanted, part in zip(pattern, at, strict=True))
        for pattern in patterns
    )


def path_text(at: Sequence[str]) -> str:
    """A place as people write it."""
    text = ""
    for part in at:
        text += f"[{part}]" if part.isdecimal() else f".{part}" if text else part
    return text
