"""JSON values: their type, and the checks that make one from outside safe to store and to pass on."""

from __future__ import annotations

import math
import re
from typing import Any, TypeAlias

from exprsn.kernel.errors import InvalidInput

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"

DEFAULT_DEPTH = 100
MAX_SAFE_INTEGER = 2**53 - 1
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text as every database and every UTF-8 encoder takes it: no NUL, lone surrogates as U+FFFD."""
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def is_safe_integer(number: int) -> bool:
    """Whether JavaScript holds this integer exactly."""
    return -MAX_SAFE_INTEGER <= number <= MAX_SAFE_INTEGER


def is_deeper_than(value: Any, levels: int) -> bool:
    """Whether lists and objects are nested deeper than ``levels``. ``[]`` has one level, ``1`` none."""
    layer = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        if not layer:
            return False
        layer = [
            member
            for container in layer
            for member in (container.values() if isinstance(container, dict) else container)
            if isinstance(member, dict | list)
        ]
    return bool(layer)


def find_text(value: Any, unfit: str) -> str | None:
    """The path, such as ``nodes[3].name``, of the first text or name that contains ``unfit``; else None."""
    todo: list[tuple[str, Any]] = [("", value)]
    while todo:
        path, found = todo.pop()
        if isinstance(found, str):
            if unfit in found:
                return path or "body"
        elif isinstance(found, list):
            todo.extend((f"{path}[{at}]", member) for at, member in reversed(list(enumerate(found))))
        elif isinstance(found, dict):
            members = [(_joined(path, clean_text(name)), member) for name, member in found.items()]
            if any(unfit in name for name in found):
                return path or "body"
            todo.extend(reversed(members))
    return None


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def sane_json(value: Any, *, depth: int = DEFAULT_DEPTH) -> Any:
    """A copy fit to be stored: texts cleaned, tuples as lists, names as text.

    Raises ``InvalidInput``: ``json_too_deep``, or ``not_json`` for what JSON cannot say (NaN, objects).
    """
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise InvalidInput("JSON has no NaN and no infinity.", code="not_json")
    if depth <= 0:
        raise InvalidInput("The value is nested too deeply.", code="json_too_deep")
    if isinstance(value, dict):
        return {clean_text(str(name)): sane_json(member, depth=depth - 1) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [sane_json(member, depth=depth - 1) for member in value]
    raise InvalidInput(f"A {type(value).__name__} is not a JSON value.", code="not_json")
