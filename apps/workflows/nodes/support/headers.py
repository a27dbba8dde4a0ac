"""HTTP header names and values, checked so that no value can smuggle in another header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support.values import text_of

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
MAX_VALUE = 16_384


def header_map(pairs: Iterable[tuple[str, Any]], *, item: int, parameter: str) -> dict[str, str]:
    """Headers by name; the last of several with one name wins. Raises ``NodeError``."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        name, text = name.strip(), text_of(value).strip()
        if not _NAME.fullmatch(name):
            raise _refusal(f"{name!r} cannot be the name of a header.", item, parameter)
        if _FORBIDDEN.search(text) or len(text) > MAX_VALUE or not _is_latin(text):
            raise _refusal(f"The value of the header {name} has characters that are not allowed.", item, parameter)
        headers = {known: kept for known, kept in headers.items() if known.lower() != name.lower()}
        headers[name] = text
    return headers


def _is_latin(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _refusal(message: str, item: int, parameter: str) -> NodeError:
    return NodeError(message, kind="bad_header", item=item, parameter=parameter)
