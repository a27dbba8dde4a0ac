"""Reading n8n's parameters: tolerant of shapes, strict about meaning.

A ``Reader`` remembers which parameters were looked at; what nobody looked at and is not empty was not
understood, and then the node cannot be called converted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MAX_NUMBER = 10**15
_CONSTANT = re.compile(r"=\s*\{\{\s*(-?\d+(?:\.\d+)?|true|false)\s*\}\}\s*")


class Unmapped(Exception):
    """The node cannot be converted; the message is the reason shown to people."""


def is_expression(value: Any) -> bool:
    """Whether a value is a template with something to evaluate."""
    return isinstance(value, str) and value.startswith("=") and "{{" in value


def plain(value: Any) -> Any:
    """Resource locators become their value, constant templates their constant."""
    if isinstance(value, dict) and value.get("__rl") is True:
        return plain(value.get("value"))
    if isinstance(value, str) and value.startswith("="):
        match = _CONSTANT.fullmatch(value)
        if match:
            return _constant(match[1])
    return value


def _constant(text: str) -> bool | int | float:
    if text in ("true", "false"):
        return text == "true"
    return float(text) if "." in text else int(text)


class Reader:
    """The parameters of a node, or a collection inside of them."""

    def __init__(self, data: Any, path: str = "") -> None:
        self._data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self._path = path
        self._seen: set[str] = set()
        self._inner: list[Reader] = []

    def __contains__(self, name: str) -> bool:
        return self._data.get(name) is not None

    def value(self, name: str, default: Any = None) -> Any:
        """A parameter as it is; null counts as absent."""
        self._seen.add(name)
        value = plain(self._data.get(name))
        return default if value is None else value

    def text(self, name: str, default: str = "") -> str:
        """A parameter that is text or a template; numbers and booleans are spelled."""
        value = self.value(name, default)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return str(value)
        raise Unmapped(f"The parameter {self._path}{name} has a form that is not understood.")

    def fixed(self, name: str, default: str, *known: str) -> str:
        """A choice that must be one of ``known`` and no expression."""
        value = self.text(name, default)
        value = value.removeprefix("=") if not is_expression(value) else value
        if is_expression(value):
            raise Unmapped(f"The parameter {self._path}{name} is an expression, which is not supported there.")
        if known and value not in known:
            raise Unmapped(f"{self._path}{name} = {value[:60]} is not supported.")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A switch that must be fixed."""
        value = self.value(name, default)
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in ("true", "false", ""):
            return value.lower() == "true"
        if isinstance(value, int | float):
            return bool(value)
        raise Unmapped(f"The parameter {self._path}{name} is not a fixed yes or no.")

    def number(self, name: str, default: int | float) -> int | float:
        """A number that must be fixed."""
        value = self.value(name, default)
        if isinstance(value, str):
            try:
                value = float(value) if "." in value else int(value[:30])
            except ValueError:
                value = None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_NUMBER:
            raise Unmapped(f"The parameter {self._path}{name} is not a fixed number.")
        return value

    def inner(self, name: str) -> Reader:
        """A collection; an empty one when it is absent or has another form."""
        self._seen.add(name)
        reader = Reader(self._data.get(name), f"{self._path}{name}.")
        self._inner.append(reader)
        return reader

    def entries(self, name: str, inside: str) -> list[dict[str, Any]]:
        """The entries of a fixed collection ``{name: {inside: [...]}}``; a single object counts as one."""
        self._seen.add(name)
        held = self._data.get(name)
        found = held.get(inside) if isinstance(held, dict) else held
        listed = found if isinstance(found, list) else [found]
        return [{key: plain(value) for key, value in entry.items()} for entry in listed if isinstance(entry, dict)]

    def ignore(self, *names: str) -> None:
        """These do not change what the node does."""
        self._seen.update(names)

    def leftovers(self) -> list[str]:
        """The paths of what was not looked at and is not empty."""
        own = [
            f"{self._path}{name}"
            for name, value in self._data.items()
            if name not in self._seen and value not in (None, "", False, [], {})
        ]
        return own + [path for reader in self._inner for path in reader.leftovers()]
