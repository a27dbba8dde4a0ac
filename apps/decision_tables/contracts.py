"""Plain data that crosses the borders of this app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

SCHEMA_VERSION = 1
# The members of a table's document; all else of a table stands in its row.
DOCUMENT_MEMBERS = (
    "hit_policy", "aggregation", "input_columns", "output_columns", "rules", "default_outputs", "metadata", "requires",
)  # fmt: skip
DRAFT: Final = "draft"
PUBLISHED: Final = "published"


def empty_document() -> dict[str, Any]:
    """The document of a table in which nothing has been written yet."""
    return {
        "schema_version": SCHEMA_VERSION,
        "hit_policy": "FIRST",
        "aggregation": None,
        "input_columns": [],
        "output_columns": [],
        "rules": [],
        "default_outputs": {},
        "metadata": {},
        "requires": [],
    }


@dataclass(frozen=True, slots=True)
class ColumnReference:
    """A column as others need to know it who fill it or read it."""

    name: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class TableReference:
    """A table in the lists of other apps. ``published_version`` is None before the first."""

    id: UUID
    name: str
    label: str
    application: str
    hit_policy: str
    rule_count: int
    published_version: int | None


@dataclass(frozen=True, slots=True)
class TableColumns:
    """What a table takes and gives."""

    inputs: tuple[ColumnReference, ...]
    outputs: tuple[ColumnReference, ...]
