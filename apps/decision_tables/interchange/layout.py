"""The words of a table on a sheet; ``docs/guide/decision-table-files.md`` shows how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.decision_tables.engine.columns import TYPES
from apps.decision_tables.interchange.cell_literals import json_of, value_of_json
from apps.decision_tables.interchange.cell_text import EXACT, is_safe

WHEN, THEN, RULE, PRIORITY, ENABLED, ANNOTATION = "When", "Then", "Rule", "Priority", "Enabled", "Annotation"
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("when", "if", "condition", "input", "in"), WHEN),
    **dict.fromkeys(("then", "output", "out", "result", "action"), THEN),
    **dict.fromkeys(("rule", "rules", "id", "rule id", "#"), RULE),
    "priority": PRIORITY,
    **dict.fromkeys(("enabled", "active"), ENABLED),
    **dict.fromkeys(("annotation", "annotations", "comment", "note", "notes", "description", "remarks"), ANNOTATION),
}
SETTINGS = ("Table:", "Label:", "Application:", "Hit policy:", "Aggregation:", "Metadata:", "Requires:")
HEADS = ("Name:", "Label:", "Type:", "Operators:", "Expression:", "Allowed values:", "Default:", "No match:")
# Stands above the rules where the first of them might be taken for a head.
RULES = "Rules:"
TYPE_WORDS: Mapping[str, str] = {
    **{each: each for each in TYPES},
    **dict.fromkeys(("text",), "string"),
    **dict.fromkeys(("integer", "int", "long", "double", "float", "decimal"), "number"),
    "bool": "boolean",
    **dict.fromkeys(("date time", "date and time", "timestamp"), "datetime"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet that is not empty: its number from zero, and its cells.

    With ``decimal_comma`` the ``1,5`` of a number column is a number.
    """

    number: int
    cells: list[str]
    decimal_comma: bool = False

    def cell(self, at: int) -> str:
        """The text of a cell; rows may be shorter than others."""
        return self.cells[at] if at < len(self.cells) else ""


def shielded(text: str) -> str:
    """A text that any file can carry: what it cannot is written as JSON."""
    return text if is_safe(text) and not text.startswith(EXACT) else f"{EXACT} {json_of(text)}"


def unshielded(cell: str) -> str:
    """The text of a cell."""
    if not cell.startswith(EXACT):
        return cell.strip()
    found = value_of_json(cell.removeprefix(EXACT).strip())
    return found if isinstance(found, str) else cell
