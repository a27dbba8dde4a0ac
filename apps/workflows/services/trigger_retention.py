"""Forgetting what triggers and turns remember when its time is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from apps.core.public import ROUND_SECONDS, forgetting_round
from apps.workflows.execution.seen import forget_seen_calls
from apps.workflows.execution.turns import forget_gates, forget_turns


def forget_trigger_state(*, round_seconds: float = ROUND_SECONDS) -> int:
    """One round in one process at a time; answers how many rows were deleted."""
    return forgetting_round("workflows.triggers", _batches(), round_seconds=round_seconds)


def _batches() -> Iterator[int]:
    for forget in (forget_seen_calls, forget_turns, forget_gates):
        yield from _until_none(forget)


def _until_none(forget: Callable[[], int]) -> Iterator[int]:
    while count := forget():
        yield count
