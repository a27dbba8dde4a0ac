"""``replace`` and ``replaceAll`` with a text or a function (ECMA-262, GetSubstitution)."""

from __future__ import annotations

import re
from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import length
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject

_DOLLAR = re.compile(r"\$([$&`'])")


def _arguments(run: Run, arguments: list[Any]) -> tuple[str, Any]:
    wanted, replacement = (*arguments, UNDEFINED, UNDEFINED)[:2]
    if not isinstance(replacement, FunctionObject):
        replacement = to_text(replacement, run)
    return to_text(wanted, run), replacement


def _put(run: Run, replacement: Any, wanted: str, at: int, text: str) -> str:
    if isinstance(replacement, FunctionObject):
        return to_text(replacement.invoke(run, [wanted, length(text[:at]), text]), run)
    if "$" not in replacement:
        return str(replacement)
    meanings = {"$": "$", "&": wanted, "`": text[:at], "'": text[at + len(wanted) :]}
    room = sum(len(meanings[sign]) for sign in _DOLLAR.findall(replacement))
    run.budget.reserve(room)
    return _DOLLAR.sub(lambda found: meanings[found.group(1)], replacement)


def replace_first(run: Run, text: str, arguments: list[Any]) -> str:
    """``text.replace(wanted, replacement)``."""
    wanted, replacement = _arguments(run, arguments)
    at = text.find(wanted)
    if at < 0:
        return text
    return text[:at] + _put(run, replacement, wanted, at, text) + text[at + len(wanted) :]


def replace_all(run: Run, text: str, arguments: list[Any]) -> str:
    """``text.replaceAll(wanted, replacement)``; an empty text is found between all characters."""
    wanted, replacement = _arguments(run, arguments)
    found = len(text) + 1 if wanted == "" else text.count(wanted)
    run.budget.step(found >> 4)
    if isinstance(replacement, str) and "$" not in replacement:
        run.budget.reserve(len(text) + found * len(replacement))
        return text.replace(wanted, replacement)
    parts: list[str] = []
    start = 0
    at = text.find(wanted)
    while at >= 0:
        run.budget.step()
        put = _put(run, replacement, wanted, at, text)
        run.budget.charge(len(put))
        parts += [text[start:at], put]
        start = at + len(wanted)
        at = text.find(wanted, max(start, at + 1)) if at < len(text) else -1
    return "".join(parts) + text[start:]
