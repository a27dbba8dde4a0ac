"""Values made short enough to look at: long texts, lists and objects are cut, and it is said that they were."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.jsonvalue import JsonValue

MAX_DEPTH = 30
# What a member costs beside its own text: quotes, comma, colon.
_MEMBER = 4


class _Room:
    """How many characters may still be shown, and whether anything was left out."""

    def __init__(self, size: int, text: int) -> None:
        self.left = size
        self.text = text
        self.cut = False


def cut_value(value: Any, size: int, *, text: int | None = None) -> tuple[JsonValue, bool]:
    """A JSON value of about ``size`` characters at most, its texts of at most ``text``; whether anything is missing."""
    room = _Room(size, size if text is None else text)
    return _cut(value, room, 0), room.cut


def _cut(value: Any, room: _Room, depth: int) -> JsonValue:
    if isinstance(value, str):
        return _text(value, room)
    if isinstance(value, dict | list):
        if depth >= MAX_DEPTH:
            room.cut = True
            return {} if isinstance(value, dict) else []
        return _members(value, room, depth) if isinstance(value, dict) else _entries(value, room, depth)
    room.left -= len(str(value))
    found: JsonValue = value
    return found


def _text(value: str, room: _Room) -> str:
    most = max(0, min(room.left, room.text))
    room.left -= min(len(value), most)
    if len(value) > most:
        room.cut = True
        return f"{value[:most]}…"
    return value


def _members(value: dict[str, Any], room: _Room, depth: int) -> JsonValue:
    found: dict[str, JsonValue] = {}
    for name, member in value.items():
        room.left -= len(name) + _MEMBER
        if room.left <= 0:
            room.cut = True
            break
        found[name] = _cut(member, room, depth + 1)
    return found


def _entries(value: list[Any], room: _Room, depth: int) -> JsonValue:
    found: list[JsonValue] = []
    for entry in value:
        room.left -= _MEMBER
        if room.left <= 0:
            room.cut = True
            break
        found.append(_cut(entry, room, depth + 1))
    return found
