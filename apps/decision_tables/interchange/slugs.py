"""Names of tables made of any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

# Letters that do not come apart into a plain one and a mark.
_LETTERS: Final[Mapping[int, str]] = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ı": "i", "ĸ": "k",
})  # fmt: skip
_MARKS = re.compile(r"[\u0300-\u036f]")
_LONGEST = 1_000


def slug(text: str) -> str:
    """The text as lower-case words of plain letters and digits with hyphens between: ``Größe (cm)`` → ``grosse-cm``."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text[:_LONGEST].lower().translate(_LETTERS)))
    return "-".join(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)*+", plain))[:80].strip("-")
