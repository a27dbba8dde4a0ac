"""The order of an object's members: index-like names first, by number, then the others as they came."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")
_MAX_INDEX = 2**32 - 2


def is_index(name: str) -> bool:
    """Whether a name is an array index: a whole number below 2³² − 1 in its plain spelling."""
    return _INDEX.match(name) is not None and int(name) <= _MAX_INDEX


def ordered_names(members: dict[str, Any]) -> list[str]:
    """The names of an object's members in JavaScript's order (ECMA-262, OrdinaryOwnPropertyKeys)."""
    names = list(members)
    if not _may_hold_index(names):
        return names
    indexes = sorted((name for name in names if is_index(name)), key=int)
    return indexes + [name for name in names if not is_index(name)]


def ordered_members(members: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Names and values in JavaScript's order."""
    if not _may_hold_index(members):
        return members.items()
    return [(name, members[name]) for name in ordered_names(members)]


def _may_hold_index(names: Iterable[str]) -> bool:
    return any("0" <= name[:1] <= "9" for name in names)
