"""A registry: names to things, filled at start-up and then closed."""

from __future__ import annotations

from collections.abc import ItemsView
from typing import Generic, TypeVar

T = TypeVar("T")


class RegistryError(RuntimeError):
    """A registration that came twice or too late, or a name that nothing is registered under."""


class Registry(Generic[T]):
    """Things by name. A duplicate or a registration after ``close`` raises; so does an unknown name."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._entries: dict[str, T] = {}
        self._closed = False

    def register(self, name: str, entry: T) -> T:
        """Make ``entry`` known under ``name``."""
        if self._closed:
            raise RegistryError(f"The registry of {self._subject} is closed; {name!r} comes too late.")
        if name in self._entries:
            raise RegistryError(f"{name!r} is registered twice among the {self._subject}.")
        self._entries[name] = entry
        return entry

    def get(self, name: str) -> T:
        """The entry with this name."""
        try:
            return self._entries[name]
        except KeyError:
            raise RegistryError(f"There is no {name!r} among the {self._subject}.") from None

    def items(self) -> ItemsView[str, T]:
        """All names and entries, in the order of registration."""
        return self._entries.items()

    def close(self) -> None:
        """Take no more registrations."""
        self._closed = True

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries)
