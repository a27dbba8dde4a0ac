"""What a closure runs in: the run, and the variables of the arrows around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.run import Run


class Frame:
    """The variables of one call; ``parent`` is the frame that the arrow was made in."""

    __slots__ = ("parent", "run", "values")

    def __init__(self, run: Run, values: list[Any], parent: Frame | None) -> None:
        self.run = run
        self.values = values
        self.parent = parent


Closure = Callable[[Frame], Any]
