"""Batches in payloads: as a list of items, or as a reference to the stored file that they are in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from apps.core.public import open_file, store_file
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.spill import SpilledItems, first_items

MEDIA_TYPE = "application/x-exprsn-items"


def batch_data(organization_id: UUID, files: list[UUID], batch: ItemBatch) -> Any:
    """What stands for a batch in a payload. A batch on disk is stored once; its file is added to ``files``."""
    spilled = batch.spilled
    if spilled is None:
        return batch.to_data()
    if spilled.kept_as is None:
        stored = store_file(organization_id, spilled.raw(), name="items", media_type=MEDIA_TYPE)
        spilled.kept_as = {
            "file": str(stored.id), "count": spilled.total, "bytes": spilled.size, "flags": spilled.flags
        }  # fmt: skip
    files.append(UUID(spilled.kept_as["file"]))
    return dict(spilled.kept_as)


def batch_from(organization_id: UUID, data: Any) -> ItemBatch:
    """The inverse of ``batch_data``; a file is opened when the first item is asked for."""
    if not isinstance(data, Mapping):
        return ItemBatch.from_data(data)
    opener = partial(open_file, organization_id, data["file"])
    spilled = SpilledItems(data["count"], data["bytes"], data["flags"], opener=opener)
    spilled.kept_as = dict(data)
    return ItemBatch(spilled)


def first_of(organization_id: UUID, data: Any, most: int) -> list[dict[str, Any]]:
    """The first items of what stands for a batch, as plain data; of a stored file no more than that is read."""
    if not isinstance(data, Mapping):
        return list(data[:most])
    with open_file(organization_id, data["file"]) as file:
        return [item.to_data() for item in first_items(file, most)]
