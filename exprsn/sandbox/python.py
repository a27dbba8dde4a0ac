"""Python in the sandbox: CPython with its standard library in jailed children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from exprsn.sandbox.coding import CodePool
from exprsn.sandbox.limits import Limits


class PythonPool(CodePool):
    """Runs Python of strangers; see ``Pool``. ``preload``: modules that it finds beside those of the guest."""

    kind: ClassVar[str] = "python"

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        max_parallel: int = 4,
        require: frozenset[str] = frozenset(),
        preload: Sequence[str] = (),
    ) -> None:
        super().__init__("python", limits, max_parallel=max_parallel, require=require, preload=preload)
