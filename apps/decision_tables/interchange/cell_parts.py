"""Text of a cell taken apart where it stands outside of quotes and brackets; in time that grows with the text alone."""

from __future__ import annotations

import re

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_OPENS, _CLOSES = "([{", ")]}"
# What is within stands as this; no separator has it.
_HIDDEN = "\x01"
AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
COMMA = re.compile(",")
ENDS = re.compile(r"(?<!\s)\s+and\s+|\.\.|,", re.IGNORECASE)


def split_outside(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts between separators; each is trimmed."""
    parts, start = [], 0
    for found in separator.finditer(_outside(text)):
        parts.append(text[start : found.start()].strip())
        start = found.end()
    return [*parts, text[start:].strip()]


def unfinished(text: str) -> str | None:
    """What keeps a text from being an expression: a string or a bracket without its end; None: nothing."""
    hidden = _STRING.sub(_without_string, text)
    opened: list[str] = []
    for sign in hidden:
        if sign == '"':
            return sign
        if sign in _OPENS:
            opened.append(sign)
        elif sign in _CLOSES and opened:
            # Ranges may end with the other kind of bracket.
            opened.pop()
    return opened[-1] if opened else None


def _outside(text: str) -> str:
    hidden = _STRING.sub(lambda found: _HIDDEN * len(found[0]), text)
    if not any(sign in hidden for sign in _OPENS):
        return hidden
    shown, depth = [], 0
    for sign in hidden:
        depth += (sign in _OPENS) - (sign in _CLOSES)
        shown.append(_HIDDEN if depth > 0 or sign in _CLOSES else sign)
        depth = max(depth, 0)
    return "".join(shown)


def _without_string(found: re.Match[str]) -> str:
    text = found[0]
    return "" if len(text) > 1 and text[-1] == '"' and _ends(text) else '"'


def _ends(text: str) -> bool:
    """Whether the last quote is one that ends the string."""
    inner = text[1:-1]
    return (len(inner) - len(inner.rstrip("\\"))) % 2 == 0
