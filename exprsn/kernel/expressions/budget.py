"""Bounds on what one evaluation may cost: steps, seconds, memory and depth.

A step is about a microsecond of work. Plain paths and operators cost nothing by themselves; calls, rounds of
callbacks and the length of what they work on do. Since the source is bounded, all work between two steps is too.
"""

from __future__ import annotations

import time
from typing import Any

from exprsn.kernel.expressions.errors import ExpressionBudgetExceeded

MAX_STEPS = 1_000_000
MAX_SECONDS = 2.0
MAX_SIZE = 40_000_000
MAX_DEPTH = 40
_LOOK_EVERY = 2_000
ENTRY_SIZE = 16
_SMALL = 32


class Budget:
    """What is left to spend.

    ``size`` counts the characters of all texts and sixteen for each entry of all lists that are made.
    One budget may serve several evaluations, which then share it. Limits must be greater than 0.
    """

    __slots__ = ("_deadline", "_depth", "_look_below", "_size", "_steps")

    def __init__(self, steps: int = MAX_STEPS, seconds: float = MAX_SECONDS, size: int = MAX_SIZE) -> None:
        if steps <= 0 or seconds <= 0 or size <= 0:
            raise ValueError("A budget's limits must be greater than 0.")
        self._steps = steps
        self._look_below = steps - _LOOK_EVERY
        self._deadline = time.monotonic() + seconds
        self._size = size
        self._depth = 0

    @property
    def steps_left(self) -> int:
        """How many steps may still be spent."""
        return self._steps

    def step(self, count: int = 1) -> None:
        """Spend ``count`` steps; now and then look at the clock."""
        self._steps -= count
        if self._steps < self._look_below or self._steps < 0:
            self._look()

    def _look(self) -> None:
        if self._steps < 0:
            raise ExpressionBudgetExceeded("The expression takes too many steps. Move the work to a code node.")
        if time.monotonic() > self._deadline:
            raise ExpressionBudgetExceeded("The expression takes too long. Move the work to a code node.")
        self._look_below = self._steps - _LOOK_EVERY

    def charge(self, size: int) -> None:
        """Spend memory: what is small is free, since steps bound how often it happens."""
        if size > _SMALL:
            self._size -= size
            if self._size < 0:
                raise ExpressionBudgetExceeded("The expression makes too much data. Move the work to a code node.")

    def reserve(self, size: int) -> None:
        """Look whether what is about to be made has room; it is charged once it is made."""
        if size > self._size:
            raise ExpressionBudgetExceeded("The expression makes too much data. Move the work to a code node.")

    def charge_made(self, value: str | list[Any] | dict[str, Any]) -> None:
        """Spend the memory of what was just made."""
        self.charge(len(value) if isinstance(value, str) else len(value) * ENTRY_SIZE)

    def enter(self) -> None:
        """Go one call deeper."""
        self.step()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._depth -= 1
            raise ExpressionBudgetExceeded("The expression calls itself too deeply.")

    def leave(self) -> None:
        """Come back from a call."""
        self._depth -= 1
