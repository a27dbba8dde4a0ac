"""What nodes may ask of the data that outlives runs: static data of a workflow and of its nodes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_BYTES = 256 * 1024
MAX_NAME = 200
OPERATIONS = ("get", "set", "increment", "delete")


@dataclass(frozen=True, slots=True)
class StaticChange:
    """One operation on one entry. ``scope`` is empty for the whole workflow, else a node's id.

    ``value`` is what to set, what to add, or what ``get`` answers where there is nothing.
    """

    operation: str
    scope: str
    name: str
    value: JsonValue = None


@dataclass(frozen=True, slots=True)
class StaticOutcome:
    """The entry after the operation, and whether it was there before."""

    value: JsonValue
    existed: bool


class StaticPort(Protocol):
    """Static data of one workflow."""

    def apply(self, change: StaticChange, key: str) -> StaticOutcome:
        """Carry out a change, at once and as a whole; a second time with the same ``key`` it answers what the first
        one came to and changes nothing. Raises ``DomainError``."""

    def read(self, scope: str) -> JsonObject:
        """All entries of a scope, as a copy."""

    def is_kept(self) -> bool:
        """Whether changes outlive this run."""


def apply_change(data: JsonObject, change: StaticChange) -> StaticOutcome:
    """Carry out a change on the data of a scope, in place. Raises ``InvalidInput``."""
    existed = change.name in data
    before = data.get(change.name)
    if change.operation == "get":
        return StaticOutcome(before if existed else change.value, existed)
    if change.operation == "delete":
        data.pop(change.name, None)
        return StaticOutcome(before, existed)
    data[change.name] = _sum(before, change) if change.operation == "increment" else change.value
    return StaticOutcome(data[change.name], existed)


def _sum(before: Any, change: StaticChange) -> int | float:
    start = 0 if before is None else before
    step: Any = change.value
    if isinstance(start, bool) or not isinstance(start, int | float):
        raise InvalidInput(
            f"The entry {change.name!r} is no number, so nothing can be added to it.", code="static_data_not_a_number"
        )
    total: int | float = start + step
    if not abs(total) < 2**53:
        raise InvalidInput(
            f"The entry {change.name!r} would be too large to be counted exactly.", code="static_data_not_a_number"
        )
    return total


def _nothing(scope: str) -> JsonObject:
    return {}


@dataclass(slots=True)
class RunOnlyStaticData:
    """Static data of a run that keeps none: it sees what ``load`` answers for a scope, and what it changes is
    forgotten with it."""

    load: Callable[[str], JsonObject] = _nothing
    scopes: dict[str, JsonObject] = field(default_factory=dict)

    def apply(self, change: StaticChange, key: str) -> StaticOutcome:
        return apply_change(self._scope(change.scope), change)

    def read(self, scope: str) -> JsonObject:
        return copy.deepcopy(self._scope(scope))

    def _scope(self, scope: str) -> JsonObject:
        if scope not in self.scopes:
            self.scopes[scope] = dict(self.load(scope))
        return self.scopes[scope]

    def is_kept(self) -> bool:
        return False
