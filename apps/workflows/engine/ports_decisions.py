"""What nodes may ask of the organization's decision tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exprsn.kernel.errors import NotFound
from exprsn.kernel.jsonvalue import JsonObject


@dataclass(frozen=True, slots=True)
class DecisionQuestion:
    """A table by its name or id, and which of its versions: ``published``, ``draft`` or a number."""

    table: str
    version: str = "published"
    explain: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFault:
    """Why one row has no answer."""

    code: str
    message: str
    details: JsonObject = field(default_factory=dict)


class DecisionPort(Protocol):
    """Evaluates decision tables. Raises ``NodeError`` where there is no such table or version."""

    def decide(self, question: DecisionQuestion, rows: Sequence[JsonObject]) -> list[JsonObject | DecisionFault]:
        """An answer for each row, ``{matched, outputs, rule_ids, version, table, …}``, all of them at once."""


class NoDecisions:
    """For runs beside which there are no decision tables."""

    def decide(self, question: DecisionQuestion, rows: Sequence[JsonObject]) -> list[JsonObject | DecisionFault]:
        """No table is found."""
        raise NotFound(f"There is no decision table {question.table!r}.", code="table_not_found")
