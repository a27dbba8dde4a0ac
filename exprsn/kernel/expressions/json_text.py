"""``JSON.stringify`` (ECMA-262, section 25.5.2)."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from exprsn.kernel.expressions.coercion import MAX_NESTING, to_integer, to_text
from exprsn.kernel.expressions.errors import ExpressionBudgetExceeded
from exprsn.kernel.expressions.numbers import number_text
from exprsn.kernel.expressions.ordering import ordered_members
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, HostObject

_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(value: Any, run: Run, replacer: Any = UNDEFINED, space: Any = UNDEFINED) -> Any:
    """The JSON text of a value; UNDEFINED for what has none.

    ``replacer`` is a list of names to keep or a function of name and value, ``space`` a number or a text.
    """
    return _Writer(run, replacer, _indent(space, run)).write("", value, "", 0)


def _indent(space: Any, run: Run) -> str:
    if isinstance(space, str):
        return space[:10]
    if isinstance(space, int | float) and not isinstance(space, bool):
        return " " * max(0, min(10, to_integer(space, run)))
    return ""


def quoted(text: str) -> str:
    """A text as a JSON text."""
    made = json.dumps(text, ensure_ascii=False)
    if made.isascii():
        return made
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", made)


class _Writer:
    def __init__(self, run: Run, replacer: Any, indent: str) -> None:
        self._run = run
        self._replace = replacer if isinstance(replacer, FunctionObject) else None
        self._names = {to_text(name, run) for name in replacer} if isinstance(replacer, list) else None
        self._indent = indent

    def write(self, name: str, value: Any, margin: str, depth: int) -> Any:
        """The text of one value, or UNDEFINED."""
        if isinstance(value, HostObject):
            value = value.to_json()
        if self._replace is not None:
            value = self._replace.invoke(self._run, [name, value])
        if isinstance(value, str):
            self._run.budget.charge(len(value))
            return quoted(value)
        if isinstance(value, dict | list):
            return self._container(value, margin, depth)
        if value is UNDEFINED or isinstance(value, HostObject):
            return UNDEFINED
        if isinstance(value, float) and not math.isfinite(value):
            return "null"
        return number_text(value) if type(value) in {int, float} else to_text(value, self._run)

    def _container(self, value: Any, margin: str, depth: int) -> str:
        if depth > MAX_NESTING:
            raise ExpressionBudgetExceeded("The value is nested too deeply for JSON.")
        self._run.budget.step(1 + (len(value) >> 2))
        inner = margin + self._indent
        if isinstance(value, list):
            entries = [self.write(str(at), entry, inner, depth + 1) for at, entry in enumerate(value)]
            return self._wrap("[", ["null" if text is UNDEFINED else text for text in entries], "]", margin)
        members = []
        colon = ": " if self._indent else ":"
        for name, member in ordered_members(value):
            if self._names is None or name in self._names:
                text = self.write(name, member, inner, depth + 1)
                if text is not UNDEFINED:
                    members.append(quoted(name) + colon + text)
        return self._wrap("{", members, "}", margin)

    def _wrap(self, opening: str, parts: list[str], closing: str, margin: str) -> str:
        inner = margin + self._indent
        if not parts or not self._indent:
            return opening + ",".join(parts) + closing
        self._run.budget.charge(len(parts) * len(inner))
        return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{closing}"
