"""What an import comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exprsn.kernel.jsonvalue import JsonObject

MAX_WARNINGS = 500


@dataclass(slots=True)
class ImportReport:
    """What was converted, and what needs attention. Sticky notes are not counted as nodes.

    ``expressions`` counts parameter values that are templates; ``expressions_supported`` those of them that
    compile. ``credentials_needed`` has entries ``{node, kind, name}``: node id, our kind, the name it had.
    """

    source: str
    nodes: int = 0
    nodes_converted: int = 0
    placeholders: list[dict[str, str]] = field(default_factory=list)
    expressions: int = 0
    expressions_supported: int = 0
    credentials_needed: list[dict[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        """Add a warning once; beyond a limit the rest is only counted."""
        if message in self.warnings:
            return
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(message)
        elif len(self.warnings) == MAX_WARNINGS:
            self.warnings.append("There are more warnings than are shown here.")

    def to_data(self) -> JsonObject:
        """The report as the API shows it."""
        data: dict[str, Any] = {
            "source": self.source,
            "nodes": self.nodes,
            "nodes_converted": self.nodes_converted,
            "placeholders": self.placeholders,
            "expressions": self.expressions,
            "expressions_supported": self.expressions_supported,
            "credentials_needed": self.credentials_needed,
            "warnings": self.warnings,
        }
        return data


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """A workflow to be stored: its name, definition, settings and tests, and the report of the import."""

    name: str
    description: str
    definition: JsonObject
    settings: Mapping[str, Any]
    report: ImportReport
    tests: Sequence[Any] = ()
