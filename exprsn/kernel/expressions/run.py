"""One evaluation: the scope it sees, the budget it spends, the time zone it stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import Any, Protocol

from exprsn.kernel.expressions.budget import Budget
from exprsn.kernel.expressions.values import UNDEFINED, ZonedValue


class Scope(Protocol):
    """Where root names come from. UNDEFINED means that there is no such name."""

    def resolve(self, name: str) -> Any: ...


class Run:
    """What every closure and every function of the library is given."""

    __slots__ = ("_moments", "_zone", "budget", "scope")

    def __init__(self, scope: Scope, budget: Budget) -> None:
        self.scope = scope
        self.budget = budget
        self._zone: tzinfo | None = None
        self._moments: dict[str, Any] = {}

    def moment(self, name: str, make: Callable[[Run], Any]) -> Any:
        """``$now`` or ``$today``: one moment for a whole evaluation, however often it is read."""
        if name not in self._moments:
            value = self.scope.resolve(name)
            self._moments[name] = make(self) if value is UNDEFINED else value
        return self._moments[name]

    @property
    def zone(self) -> tzinfo:
        """The zone of the scope's ``$now``, else UTC: what ``DateTime.now()`` and ``fromISO()`` stand in."""
        if self._zone is None:
            now = self.scope.resolve("$now")
            self._zone = (now.tzinfo if isinstance(now, ZonedValue) else None) or UTC
        return self._zone
