"""Secrets out of definitions that are compared: that one changed is seen, what it was is not."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from apps.core.public import dumps
from exprsn.kernel.redaction import MASK, is_secret_name, redact_text

_SALT = "\0"


def marked(value: Any, name: str = "") -> Any:
    """A copy with every secret replaced by a mark: the same mark for the same secret. Ids of credentials are none."""
    if isinstance(value, dict):
        # Headers, fields and queries are lists of pairs.
        pair = value.get("name")
        is_pair = isinstance(pair, str) and is_secret_name(pair)
        return {
            key: member if key == "credentials" else marked(member, str(pair) if is_pair and key == "value" else key)
            for key, member in value.items()
        }
    if isinstance(value, list):
        return [marked(entry, name) for entry in value]
    if value in (None, "") or isinstance(value, bool):
        return value
    if is_secret_name(name):
        return _mark(value)
    if isinstance(value, str):
        cleaned = redact_text(value)
        return value if cleaned == value else f"{cleaned}{_mark(value)[len(MASK) :]}"
    return value


def _mark(value: Any) -> str:
    return f"{MASK}{_SALT}{sha256(dumps(value)).hexdigest()}"


def without_marks(value: Any) -> Any:
    """The value with plain masks in place of the marks."""
    if isinstance(value, dict):
        return {key: without_marks(member) for key, member in value.items()}
    if isinstance(value, list):
        return [without_marks(entry) for entry in value]
    return value.split(_SALT)[0] if isinstance(value, str) else value
