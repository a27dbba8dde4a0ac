"""Operators as people write and read them: the grid's words (``operator-text.ts``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What is typed, the longest first.
_WRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE), operator)
    for pattern, operator in (
        (r">=|≥", ">="),
        (r"<=|≤", "<="),
        (r"!=|<>|≠", "!="),
        (r"==|=", "=="),
        (r">", ">"),
        (r"<", "<"),
        (r"(?:is\s+not\s+empty|isNotEmpty|not\s+empty)\Z", "isNotEmpty"),
        (r"(?:is\s+empty|isEmpty|empty)\Z", "isEmpty"),
        (r"(?:not\s+between|notBetween)(?=\s)", "notBetween"),
        (r"between(?=\s)", "between"),
        (r"(?:not\s+in|notIn)(?=[\s(\[])", "notIn"),
        (r"in(?=[\s(\[])", "in"),
        (r'(?:starts\s+with|startsWith)(?=[\s"])', "startsWith"),
        (r'(?:ends\s+with|endsWith)(?=[\s"])', "endsWith"),
        (r'contains(?=[\s"])', "contains"),
        (r'matches(?=[\s"])', "matches"),
    )
)
_BEGINS = frozenset("><=!≥≤≠iInNbBsSeEcCmM")
SIGNS: Mapping[str, str] = {
    "==": "=", "!=": "!=", ">": ">", ">=": ">=", "<": "<", "<=": "<=",
    "contains": "contains", "startsWith": "starts with", "endsWith": "ends with", "matches": "matches",
    "in": "in", "notIn": "not in", "between": "between", "notBetween": "not between",
    "isEmpty": "is empty", "isNotEmpty": "is not empty",
}  # fmt: skip


def read_operator(text: str) -> tuple[str, str] | None:
    """The operator at the beginning of a text, and what follows it."""
    if not text or text[0] not in _BEGINS:
        return None
    for pattern, operator in _WRITTEN:
        found = pattern.match(text)
        if found:
            return operator, text[found.end() :].strip()
    return None
