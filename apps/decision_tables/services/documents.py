"""Documents of tables: what may be kept, and upgrades of what was kept before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.public import dumps
from apps.decision_tables.contracts import SCHEMA_VERSION, empty_document
from apps.decision_tables.engine.operations.replacing import stored_document
from exprsn.kernel.errors import InvalidInput, TooLarge
from exprsn.kernel.jsonvalue import is_deeper_than

MAX_BYTES = 16 * 1024 * 1024
# As deep as an operation on a cell may be, so that an undo can always be done.
MAX_DEPTH = 80
Document = dict[str, Any]

# From version → the step to the next one. Documents are brought up to date as they are read.
UPGRADES: Mapping[int, Callable[[Document], Document]] = {}


@dataclass(frozen=True, slots=True)
class Facts:
    """What rows say of a document."""

    hit_policy: str
    aggregation: str
    inputs: list[Document]
    outputs: list[Document]
    rule_count: int
    required_names: list[str]


def check_document(document: Mapping[str, Any]) -> Document:
    """The document as it is kept: coerced, complete. Refused with ``table_invalid``, by path, or as too large."""
    whole = {**empty_document(), **document}
    require_fitting(whole)
    return stored_document(whole)


def require_fitting(document: Mapping[str, Any]) -> None:
    """Refuse a document that is larger or deeper than one may be."""
    require_small(document)
    if is_deeper_than(document, MAX_DEPTH):
        raise InvalidInput(f"A decision table may be nested {MAX_DEPTH} levels deep at most.", code="json_too_deep")


def require_small(document: Mapping[str, Any]) -> None:
    """Refuse a document that is larger than one may be."""
    if len(dumps(document)) > MAX_BYTES:
        raise TooLarge(f"A decision table may have at most {MAX_BYTES} bytes as JSON.", code="table_too_large")


def upgraded(document: Document) -> Document:
    """The document in the present form."""
    version = document.get("schema_version", SCHEMA_VERSION)
    while version < SCHEMA_VERSION:
        document = UPGRADES[version](document)
        version = document["schema_version"]
    return document


def facts_of(document: Mapping[str, Any]) -> Facts:
    """The figures of a document, of which members may be left out."""
    document = {**empty_document(), **document}
    return Facts(
        hit_policy=document["hit_policy"],
        aggregation=document["aggregation"] or "",
        inputs=[head_of(column) for column in document["input_columns"]],
        outputs=[head_of(column) for column in document["output_columns"]],
        rule_count=len(document["rules"]),
        required_names=sorted({required["table"] for required in document["requires"]}),
    )


def head_of(column: Mapping[str, Any]) -> Document:
    """Name, type and label of a column."""
    return {"name": column["name"], "type": column["type"], "label": column.get("label") or ""}
