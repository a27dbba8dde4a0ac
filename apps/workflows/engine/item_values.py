"""Expressions over one item outside of a run: before it is decided whether there is to be one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.workflows.engine.parameters import compile_value
from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.expressions import UNDEFINED, ExpressionError, Script, date_time


class _ItemOnly:
    """``$json``, ``$now`` and ``$today``; there are no nodes, no run and no sandbox."""

    __slots__ = ("_json", "_now", "_timezone")

    def __init__(self, json: Mapping[str, Any], now: datetime, timezone: str) -> None:
        self._json = json
        self._now = now
        self._timezone = timezone

    def resolve(self, name: str) -> Any:
        """The value of a root name."""
        if name == "$json":
            return self._json
        if name == "$now":
            return date_time(self._now, self._timezone)
        if name == "$today":
            return date_time(self._now, self._timezone).start_of("day")
        return UNDEFINED

    def script_value(self, script: Script, *, as_text: bool) -> Any:
        """Nothing runs in the sandbox for a call that may be refused."""
        raise script.refused()


def item_value(
    text: Any, json: Mapping[str, Any], *, now: datetime, timezone: str = "UTC", code: str = "expression_failed"
) -> Any:
    """What a parameter comes to for this item, as JSON; what is no template is itself.

    Raises ``InvalidInput`` with ``code`` and the expression's own message, line and column.
    """
    try:
        return compile_value(text).evaluate(_ItemOnly(json, now, timezone))
    except ExpressionError as error:
        raise InvalidInput(error.message, code=code, params={"line": error.line, "column": error.column}) from error
