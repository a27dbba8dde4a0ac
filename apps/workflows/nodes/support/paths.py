"""Field names with dot notation: ``order.lines[0].sku``.

A name that exists literally wins over its reading as a path, as in lodash's ``get``. Containers are
never changed in place: items are shared between branches, so a write answers a copy of what it touches.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, Final

from exprsn.kernel.jsonvalue import JsonObject

MAX_SEGMENTS = 50
MAX_INDEX = 10_000
_SEGMENT = re.compile(r"""[^.\[\]]+|\[(?:(\d+)|"([^"]*)"|'([^']*)')\]""")


class Missing(Enum):
    """The type of ``MISSING``: nothing is there, which is not the same as null."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


class BadPath(ValueError):
    """A field name that cannot be a path; the message says why."""


def split_path(path: str, dotted: bool = True) -> list[str]:
    """The segments of a field name. Raises ``BadPath`` for an empty or an endless one."""
    segments = [_segment_text(match) for match in _SEGMENT.finditer(path)] if dotted else [path]
    if not path.strip() or not segments:
        raise BadPath("A field name is missing.")
    if len(segments) > MAX_SEGMENTS:
        raise BadPath(f"A field name may have at most {MAX_SEGMENTS} parts.")
    return segments


def _segment_text(match: re.Match[str]) -> str:
    quoted = next((group for group in match.groups() if group is not None), None)
    return match.group() if quoted is None else quoted


def get_path(value: Any, path: str, dotted: bool = True) -> Any:
    """What is found under a field name, or ``MISSING``."""
    if isinstance(value, dict) and path in value:
        return value[path]
    if not dotted:
        return MISSING
    try:
        segments = split_path(path)
    except BadPath:
        return MISSING
    for segment in segments:
        value = _child(value, segment)
        if value is MISSING:
            return MISSING
    return value


def _child(value: Any, segment: str) -> Any:
    if isinstance(value, dict):
        return value.get(segment, MISSING)
    if isinstance(value, list):
        index = _index(segment)
        return value[index] if index is not None and index < len(value) else MISSING
    return MISSING


def _index(segment: str) -> int | None:
    return int(segment) if segment.isascii() and segment.isdigit() and len(segment) < 9 else None


def with_path(target: JsonObject, path: str, value: Any, dotted: bool = True) -> JsonObject:
    """A copy of ``target`` in which the field has this value; missing parents are made."""
    copied: JsonObject = _written(target, split_path(path, dotted), value)
    return copied


def _written(container: Any, segments: list[str], value: Any) -> Any:
    if not segments:
        return value
    head, rest = segments[0], segments[1:]
    if isinstance(container, list) and (index := _index(head)) is not None:
        if index > MAX_INDEX:
            raise BadPath(f"A position in a list may be at most {MAX_INDEX}.")
        longer = container + [None] * (index + 1 - len(container))
        longer[index] = _written(longer[index], rest, value)
        return longer
    fields = dict(container) if isinstance(container, dict) else {}
    fields[head] = _written(fields.get(head), rest, value)
    return fields


def without_path(target: JsonObject, path: str, dotted: bool = True) -> JsonObject:
    """A copy of ``target`` without the field; what is not there stays not there."""
    if path in target:
        return {name: held for name, held in target.items() if name != path}
    if not dotted:
        return target
    try:
        segments = split_path(path)
    except BadPath:
        return target
    copied: JsonObject = _removed(target, segments)
    return copied


def _removed(container: Any, segments: list[str]) -> Any:
    head, rest = segments[0], segments[1:]
    if isinstance(container, list):
        index = _index(head)
        if index is None or index >= len(container) or not rest:
            return container
        return [*container[:index], _removed(container[index], rest), *container[index + 1 :]]
    if not isinstance(container, dict) or head not in container:
        return container
    if not rest:
        return {name: held for name, held in container.items() if name != head}
    return {**container, head: _removed(container[head], rest)}


def names_of(value: Any) -> list[str]:
    """Field names given as a list or as one text with commas; blanks are dropped."""
    entries = value if isinstance(value, list) else str(value or "").split(",")
    return [name for entry in entries if (name := str(entry).strip())]
