"""Taking an edit back: its inverse, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from apps.collaboration.contracts import Operation, OperationType, Path


def inverse(types: Mapping[str, OperationType], *, op_id: UUID, seq: int, name: str, path: Path, old: Any) -> Operation:
    """The operation that takes event ``seq`` back."""
    return Operation(op_id=op_id, type=types[name].inverse, path=path, new=old, undo_of=seq)


def overlaps(one: Path, other: Path) -> bool:
    """Whether one path is the other, or lies within it."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def first_overlap(path: Path, others: Iterable[tuple[int, Path]]) -> int | None:
    """The number of the first event that touched the path."""
    return next((seq for seq, other in others if overlaps(path, other)), None)
