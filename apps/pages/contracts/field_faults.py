"""What is wrong with declared fields: their shape by a JSON Schema, their sense by rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import jsonschema_rs

from apps.pages.contracts.fields import (
    CHOICES,
    FIELD_TYPES,
    MAX_FIELDS,
    MAX_NAME,
    MAX_OPTIONS,
    MAX_TEXT,
    RESERVED,
    TEXTS,
    tidy_field,
)
from exprsn.kernel.regex.linear import LinearRegex
from exprsn.kernel.regex.syntax import BadPattern

MAX_FAULTS = 50
_TEXT = {"type": "string", "maxLength": 1_000}
_LENGTH = {"type": "integer", "minimum": 0, "maximum": MAX_TEXT}
_OPTION = {
    "type": "object",
    "required": ["value", "label"],
    "additionalProperties": False,
    "properties": {
        "value": {"type": "string", "minLength": 1, "maxLength": 500},
        "label": {"type": "string", "minLength": 1, "maxLength": 500},
    },
}
FIELDS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "maxItems": MAX_FIELDS,
    "items": {
        "type": "object",
        "required": ["name", "label"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
            "label": _TEXT,
            "type": {"enum": list(FIELD_TYPES)},
            "required": {"type": "boolean"},
            "options": {"type": "array", "maxItems": MAX_OPTIONS, "items": _OPTION},
            "placeholder": _TEXT,
            "help": _TEXT,
            "default": {"type": ["string", "number", "boolean", "array"], "maxLength": MAX_TEXT, "items": _TEXT},
            "min": {"type": ["number", "string"], "maxLength": 40},
            "max": {"type": ["number", "string"], "maxLength": 40},
            "min_length": _LENGTH,
            "max_length": {**_LENGTH, "minimum": 1},
            "pattern": {"type": "string", "maxLength": 500},
        },
    },
}
Faults = dict[str, list[str]]


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(FIELDS_SCHEMA)


def field_faults(fields: Any) -> Faults:
    """Path (``fields[2].pattern``) → what is wrong there; empty when nothing is. Never raises."""
    if not isinstance(fields, list) or not all(isinstance(entry, dict) for entry in fields[: MAX_FIELDS + 1]):
        return {"fields": ["Give a list of fields."]}
    tidy = [tidy_field(entry) for entry in fields[: MAX_FIELDS + 1]]
    faults = _shape_faults(tidy)
    if faults:
        return faults
    names: set[str] = set()
    for number, entry in enumerate(tidy):
        for key, message in _sense_faults(entry, names):
            faults.setdefault(f"fields[{number}].{key}", []).append(message)
        names.add(entry["name"])
    return faults


def _shape_faults(fields: Sequence[Mapping[str, Any]]) -> Faults:
    faults: Faults = {}
    for error in _validator().iter_errors(fields):
        path = "fields" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
        faults.setdefault(path, []).append(str(error.message)[:300])
        if len(faults) == MAX_FAULTS:
            break
    return faults


def _sense_faults(entry: Mapping[str, Any], names: set[str]) -> Iterator[tuple[str, str]]:
    name, kind = entry["name"], entry.get("type", "text")
    if name in RESERVED:
        yield "name", f"{name} is given beside the fields. Choose another name."
    if name in names:
        yield "name", f"Another field is called {name}. Names must differ."
    if "\x00" in name:
        yield "name", "A name holds no NUL."
    yield from _option_faults(entry, kind)
    yield from _bound_faults(entry, kind)
    yield from _text_faults(entry, kind)


def _option_faults(entry: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    options = entry.get("options") or []
    if kind not in CHOICES:
        return
    values = [option["value"] for option in options]
    if not values:
        yield "options", "Give at least one option to choose from."
    if len(set(values)) < len(values):
        yield "options", "Two options have the same value."
    default = entry.get("default")
    chosen = default if isinstance(default, list) else [default]
    if default is not None and any(value not in values for value in chosen):
        yield "default", "The default is not one of the options."


def _bound_faults(entry: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    bounds: dict[str, Any] = {}
    for key in ("min", "max"):
        if key not in entry or kind not in ("number", "date"):
            continue
        try:
            bounds[key] = bound_of(kind, entry[key])
        except ValueError:
            yield key, "Give a date such as 2026-12-31." if kind == "date" else "Give a number."
    if len(bounds) == 2 and bounds["min"] > bounds["max"]:
        yield "max", "The maximum is below the minimum."


def bound_of(kind: str, value: Any) -> Any:
    """A ``min`` or ``max`` as a number or a date. Raises ``ValueError``."""
    if kind == "date":
        return date.fromisoformat(str(value))
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(value)
    return number


def _text_faults(entry: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    if entry.get("min_length", 0) > entry.get("max_length", MAX_TEXT):
        yield "max_length", "The longest length is below the shortest."
    pattern = entry.get("pattern")
    if not pattern:
        return
    if kind not in TEXTS:
        yield "pattern", "Only texts have a pattern."
    try:
        whole_pattern(pattern)
    except BadPattern as problem:
        yield "pattern", str(problem)


@lru_cache(maxsize=256)
def whole_pattern(pattern: str) -> LinearRegex:
    """A pattern that must fit a whole text. Raises ``BadPattern``."""
    LinearRegex(pattern)  # by itself first: it must not close the bracket that is put around it
    return LinearRegex(f"^(?:{pattern})$")
