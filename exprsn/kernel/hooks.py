"""Hook points: places where others may join in, in the order of their priority.

A hook point is called in one of three ways, chosen by who calls it:

    point.call(…)           action: every listener is called; the first exception stops and is raised
    point.filter(value, …)  filter: each listener gets what the one before returned
    point.call_robust(…)    robust: every listener is called; exceptions are collected and returned

With no listener a call costs one attribute look-up and one test.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Listener = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class HookFailure:
    """A listener of a robust call that raised."""

    listener: Listener
    error: Exception


class HookPoint:
    """One named place. Lower priorities come first; equal ones in the order in which they were added."""

    __slots__ = ("_listeners", "_lock", "_ranked", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._ranked: list[tuple[int, Listener]] = []
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def add(self, listener: Listener, *, priority: int = 0) -> Listener:
        """Let ``listener`` be called from now on; returns it, so that this works as a decorator."""
        with self._lock:
            self._ranked = sorted([*self._ranked, (priority, listener)], key=lambda entry: entry[0])
            self._listeners = tuple(entry[1] for entry in self._ranked)
        return listener

    def remove(self, listener: Listener) -> None:
        """Call ``listener`` no more. Unknown ones are fine."""
        with self._lock:
            self._ranked = [entry for entry in self._ranked if entry[1] is not listener]
            self._listeners = tuple(entry[1] for entry in self._ranked)

    def __len__(self) -> int:
        return len(self._listeners)

    def call(self, *arguments: Any, **options: Any) -> None:
        """Action: call all; the first exception is raised and the rest are not called."""
        if self._listeners:
            for listener in self._listeners:
                listener(*arguments, **options)

    def filter(self, value: Any, *arguments: Any, **options: Any) -> Any:
        """Filter: pass ``value`` through all and return what the last one made of it."""
        if self._listeners:
            for listener in self._listeners:
                value = listener(value, *arguments, **options)
        return value

    def call_robust(self, *arguments: Any, **options: Any) -> list[HookFailure]:
        """Robust: call all, whatever happens, and return what failed."""
        failures: list[HookFailure] = []
        for listener in self._listeners:
            try:
                listener(*arguments, **options)
            except Exception as error:  # noqa: BLE001 - the one purpose of this mode
                failures.append(HookFailure(listener, error))
        return failures
