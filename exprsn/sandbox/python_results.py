"""What Python code returned or raised, as data."""

from __future__ import annotations

import math
import traceback
from typing import Any

SOURCE = "<code>"
_DEEPEST = 300
_FRAMES = 8


class Refused(Exception):
    """The code returned what is not items. ``item``: at which one."""

    def __init__(self, message: str, item: int | None = None) -> None:
        super().__init__(message)
        self.item = item


def as_items(value: Any) -> list[dict[str, Any]]:
    """The items of a run for all items."""
    if isinstance(value, dict):
        return [as_item(value, 0)]
    if not isinstance(value, list | tuple):
        raise Refused(f'Code must return a list of items or a dict, not {_kind(value)}. Did you forget "return"?')
    return [as_item(entry, at) for at, entry in enumerate(value)]


def as_item(value: Any, at: int) -> dict[str, Any]:
    """One item; a dict without ``json`` is taken as the JSON of one."""
    if not isinstance(value, dict):
        raise Refused(f"Code must return dicts; entry {at} is {_kind(value)}.", at)
    if "json" not in value:
        value = {"json": value}
    if not isinstance(value["json"], dict):
        raise Refused(f"Code must return dicts; the json of entry {at} is {_kind(value['json'])}.", at)
    item = {"json": plain(value["json"], at)}
    if isinstance(value.get("binary"), dict):
        item["binary"] = plain(value["binary"], at)
    paired = value.get("paired_item", value.get("pairedItem"))
    if paired is not None:
        item["paired_item"] = [pair for pair in map(_pair, paired if isinstance(paired, list) else [paired]) if pair]
    return item


def plain(value: Any, at: int, depth: int = 0) -> Any:
    """The value in JSON's own types; nothing is guessed for others."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        return str(value) if isinstance(value, str) else int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refused(f"Entry {at} holds {value}, which is no number of JSON.", at)
        return float(value)
    if depth >= _DEEPEST:
        raise Refused(f"Entry {at} is nested deeper than {_DEEPEST}, or holds itself.", at)
    if isinstance(value, dict):
        return {_name(key, at): plain(inner, at, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, at, depth + 1) for inner in value]
    raise Refused(
        f"Entry {at} holds {_kind(value)}, which is not JSON: turn it into text, a number, a list or a dict.", at
    )


def _name(key: Any, at: int) -> str:
    if isinstance(key, str):
        return str(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    raise Refused(f"Entry {at} has a key that is {_kind(key)}: keys are text.", at)


def _pair(pair: Any) -> dict[str, int] | None:
    found = pair if isinstance(pair, dict) else {"item": pair}
    item, source = found.get("item"), found.get("input", 0)
    if type(item) is not int or item < 0:
        return None
    return {"item": item, "input": source if type(source) is int and source >= 0 else 0}


def _kind(value: Any) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


def described(error: BaseException, item: int | None = None) -> dict[str, Any]:
    """A failure: message, line, a short stack of the code's own frames, and the item."""
    if isinstance(error, MemoryError):
        return {"ok": False, "code": "code_out_of_memory", "message": "The code used more memory than it may."}
    found: dict[str, Any] = {"ok": False, "code": "code_error", "message": _message(error)}
    if isinstance(error, Refused):
        item = error.item
    elif isinstance(error, SyntaxError) and error.filename == SOURCE:
        found["message"] = f"SyntaxError: {error.msg}"
        found |= {"line": max(1, error.lineno or 1), "column": max(1, error.offset or 1)}
    else:
        found |= _place(error)
    return found if item is None else {**found, "item": item}


def _message(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - the code may have made the class
        text = "its text cannot be made"
    if isinstance(error, Refused):
        return text
    return f"{type(error).__name__}: {text}"[:2000] if text else type(error).__name__


def _place(error: BaseException) -> dict[str, Any]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__, -200) if frame.filename == SOURCE]
    if not frames:
        return {}
    stack = "\n".join(f"line {frame.lineno}, in {frame.name}" for frame in reversed(frames[-_FRAMES:]))
    place: dict[str, Any] = {"line": frames[-1].lineno, "stack": stack}
    return place if frames[-1].colno is None else {**place, "column": frames[-1].colno + 1}
