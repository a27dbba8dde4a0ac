"""Compiled tables, kept in this process: one for each version, and one for each state of a draft."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.table import Table
from apps.decision_tables.models import DecisionTable, DecisionTableVersion
from apps.decision_tables.services.documents import Document, upgraded
from apps.decision_tables.services.drafts import draft_of

MAX_TABLES = 256
MAX_RULES = 50_000
Key = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Ready:
    """A table that can answer. ``version`` is None for a draft."""

    table_id: UUID
    organization_id: UUID
    name: str
    version: int | None
    table: Table
    compiled: CompiledTable


@dataclass(frozen=True, slots=True)
class _Kept:
    table: Table
    compiled: CompiledTable

    @property
    def weight(self) -> int:
        return len(self.table.rules) + 1


class CompiledCache:
    """Least-recently-used tables, bounded by their number and by their rules together.

    A version never changes, and every change of a draft has a number of its own, so nothing goes stale.
    """

    def __init__(self, max_tables: int = MAX_TABLES, max_rules: int = MAX_RULES) -> None:
        self._max_tables = max_tables
        self._max_rules = max_rules
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._rules = 0
        self._lock = threading.Lock()

    def get(self, key: Key, load: Callable[[], Document]) -> _Kept:
        """The table of a key; ``load`` is asked for its document when it is not there."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        table = read_table(load())
        made = _Kept(table, compile_table(table))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._rules += made.weight
            while len(self._kept) > self._max_tables or (self._rules > self._max_rules and len(self._kept) > 1):
                self._rules -= self._kept.popitem(last=False)[1].weight
        return made


compiled_tables = CompiledCache()


def ready_draft(table: DecisionTable) -> Ready:
    """The draft of a table."""
    kept = compiled_tables.get((table.id, table.revision), lambda: draft_of(table))
    return Ready(table.id, table.organization_id, table.name, None, kept.table, kept.compiled)


def ready_version(table: DecisionTable, version: DecisionTableVersion) -> Ready:
    """A version of a table."""
    kept = compiled_tables.get((version.id, 0), lambda: upgraded(version.document.value))
    return Ready(table.id, table.organization_id, table.name, version.number, kept.table, kept.compiled)
