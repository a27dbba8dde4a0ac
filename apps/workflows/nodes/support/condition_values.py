"""Reading the two sides of a condition as the type that its operator works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from apps.workflows.nodes.support.values import (
    boolean_of,
    is_number,
    moment_of,
    number_of,
    parsed_json,
    text_of,
)


class Mismatch(ValueError):
    """A value is not, and cannot be read as, what the operator works on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the conditions of one node compare."""

    case_sensitive: bool = True
    loose: bool = False
    zone: tzinfo = UTC


def typed_value(value: Any, kind: str, setting: Setting) -> Any:
    """The value as ``kind``; null stays null. Raises ``Mismatch``."""
    if value is None or kind == "any":
        return value
    if kind == "date_time":
        return _moment(value, setting)
    if _STRICT[kind](value):
        return value
    if setting.loose:
        converted = _LOOSE[kind](value)
        if converted is not None:
            return converted
    hint = "" if setting.loose else " Convert it, or choose the loose type validation."
    raise Mismatch(f"{_shown(value)} is {_name(value)}, not {_ARTICLES[kind]}.{hint}")


def _moment(value: Any, setting: Setting) -> Any:
    moment = moment_of(value, setting.zone)
    if moment is None:
        if setting.loose and value == "":
            return None
        raise Mismatch(f"{_shown(value)} is not a date and time. ISO 8601 is understood everywhere.")
    return moment


def _listed(value: Any) -> Any:
    return _parsed_as(value, list)


def _mapped(value: Any) -> Any:
    return _parsed_as(value, dict)


def _parsed_as(value: Any, wanted: type) -> Any:
    if not isinstance(value, str):
        return None
    try:
        parsed = parsed_json(value)
    except ValueError:
        return None
    return parsed if isinstance(parsed, wanted) else None


def _number(value: Any) -> Any:
    return 0 if value == "" else number_of(value)


def _truth(value: Any) -> Any:
    """A spelled boolean as it is spelled, anything else by JavaScript's truth: empty text and 0 are false."""
    spelled = boolean_of(value)
    return value not in ("", 0) if spelled is None else spelled


_STRICT: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_LOOSE: dict[str, Callable[[Any], Any]] = {
    "string": text_of,
    "number": _number,
    "boolean": _truth,
    "array": _listed,
    "object": _mapped,
}
_ARTICLES = {
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "array": "an array",
    "object": "an object",
}


def _name(value: Any) -> str:
    return next(_ARTICLES[kind] for kind, fits in _STRICT.items() if fits(value))


def _shown(value: Any) -> str:
    text = text_of(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
