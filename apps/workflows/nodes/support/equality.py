"""When two JSON values are the same: a spelling that equal values share."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps
from typing import Any

from apps.workflows.nodes.support.paths import MISSING, get_path
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.jsonvalue import JsonObject


def canonical(value: Any) -> str:
    """A text that is the same for equal values and no others: 1 and 1.0 are equal, 1, "1" and true are not."""
    return dumps(_plain(value), sort_keys=True, separators=(",", ":"))


def loosely_canonical(value: Any) -> str:
    """As ``canonical``, but 1 and "1" are equal, and so are null and empty text, lists and objects."""
    if value is MISSING or value in (None, "", [], {}):
        return ""
    return text_of(value) if not isinstance(value, list | dict) else canonical(value)


def fields_key(json: JsonObject, names: Sequence[str], dotted: bool) -> str:
    """The spelling of an item's values under these names; a missing field differs from null."""
    found = [get_path(json, name, dotted) for name in names]
    return "\n".join("" if value is MISSING else canonical(value) for value in found)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value
