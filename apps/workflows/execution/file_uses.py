"""Which files an execution refers to: rows that are written in the same transaction as what refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

from apps.core.models import FileUse
from apps.core.public import file_use_rows
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.models import Execution, ExecutionPayload


def uses_of_payloads(rows: Iterable[Model]) -> list[Model]:
    """The files without which these payloads cannot be read."""
    return [
        use
        for row in rows
        if isinstance(row, ExecutionPayload) and (ids := row.file_ids)
        for use in file_use_rows(row.organization_id, row.execution_id, ids)
    ]


def uses_of_items(
    execution: Execution, items: Iterable[Mapping[str, Any]] | ItemBatch, entries: Sequence[JournalEntry] = ()
) -> list[FileUse]:
    """The files of items that come from elsewhere: another run, the caller, whoever stored a file to start this one.

    What the run's own nodes store is referred to from the moment when it is there.
    """
    found = set(_ids(items))
    for entry in entries:
        for batch in entry.outputs.values():
            found.update(_ids(batch))
    return file_use_rows(execution.organization_id, execution.id, found) if found else []


def _ids(items: Iterable[Mapping[str, Any] | Item]) -> Iterator[str]:
    for item in items:
        binary = item.binary if isinstance(item, Item) else item.get("binary")
        if isinstance(binary, dict):
            yield from (str(each["id"]) for each in binary.values() if isinstance(each, dict) and "id" in each)
