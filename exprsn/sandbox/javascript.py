"""JavaScript in the sandbox: QuickJS in jailed children."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import quickjs

from exprsn.sandbox.coding import CodePool, CodeResult, LogLine
from exprsn.sandbox.limits import Limits

__all__ = ["CodeResult", "JavaScriptPool", "LogLine"]

_ENGINE = str(Path(quickjs.__file__).parents[1])


class JavaScriptPool(CodePool):
    """Runs JavaScript of strangers; see ``Pool``."""

    kind: ClassVar[str] = "javascript"

    def __init__(
        self, limits: Limits | None = None, *, max_parallel: int = 4, require: frozenset[str] = frozenset()
    ) -> None:
        super().__init__("javascript", limits, max_parallel=max_parallel, require=require, paths=[_ENGINE])
