"""JavaScript counts texts in UTF-16 units, Python in code points.

Texts are kept in code points. Where positions matter and a text has characters beyond the basic plane, the work
is done on a text of units (each surrogate a character of its own) and joined again.
"""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def is_plain(text: str) -> bool:
    """Whether each character is one unit."""
    return text.isascii() or _ASTRAL.search(text) is None


def units(text: str) -> str:
    """The text with each unit as a character of its own."""
    return text if text.isascii() else _ASTRAL.sub(_split, text)


def whole(text: str) -> str:
    """The text with pairs of surrogates joined to the characters that they mean."""
    return text if text.isascii() else _PAIR.sub(_join, text)


def length(text: str) -> int:
    """``text.length``."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def sort_key(text: str) -> bytes:
    """What orders a text as JavaScript does: by units."""
    return text.encode("utf-16-be", "surrogatepass")


def _split(found: re.Match[str]) -> str:
    code = ord(found.group()) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _join(found: re.Match[str]) -> str:
    high, low = found.group()[0], found.group()[1]
    return chr(0x10000 + ((ord(high) - 0xD800) << 10) + (ord(low) - 0xDC00))
