"""Items: what flows along the connections of a workflow.

An item is ``{json, binary?, paired_item?}``; nodes receive and return an ``ItemBatch``, never a bare
list of dicts, so that a batch can later live on disk without any node noticing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

from exprsn.kernel.jsonvalue import JsonObject


class Pair(NamedTuple):
    """Where an item came from: position ``item`` of the batch that arrived on input number ``input``."""

    item: int
    input: int = 0


@dataclass(slots=True)
class Item:
    """One item. ``paired`` names its origins among the inputs of the node that made it.

    ``paired is None`` means "the node did not say"; the engine then fills it where it can be known
    (same length, or a single input item). An empty tuple means "from no input item".
    """

    json: JsonObject
    binary: JsonObject | None = None
    paired: tuple[Pair, ...] | None = None
    error: JsonObject | None = None

    def failed(self, error: JsonObject, paired: tuple[Pair, ...]) -> Item:
        """The item as it leaves by the error output: ``$json.error`` says why, unless it has such a field."""
        return Item({"error": error, **self.json}, self.binary, paired, error)


class ItemBatch(Sequence[Item]):
    """An ordered run of items. Treat it as immutable: methods answer new batches."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items: list[Item] = items if isinstance(items, list) else list(items)

    @classmethod
    def of(cls, objects: Iterable[JsonObject]) -> ItemBatch:
        """A batch of plain JSON objects whose origin is not stated."""
        return cls([Item(json) for json in objects])

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> ItemBatch: ...
    def __getitem__(self, index: int | slice) -> Item | ItemBatch:
        if isinstance(index, slice):
            return self.select(range(*index.indices(len(self._items))))
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ItemBatch) and self._items == other._items

    def __repr__(self) -> str:
        return f"ItemBatch({self._items!r})"

    def select(self, positions: Iterable[int]) -> ItemBatch:
        """The items at these positions, in this order, each paired with the position it had here."""
        items = self._items
        return ItemBatch([Item(items[at].json, items[at].binary, (Pair(at),)) for at in positions])

    def to_data(self) -> list[dict[str, Any]]:
        """Plain data as stored and shown: ``[{json, binary?, paired_item?, error?}]``."""
        return [_item_data(item) for item in self._items]

    @classmethod
    def of_pins(cls, entries: Iterable[Mapping[str, Any]]) -> ItemBatch:
        """Pinned data as items: an entry is an item with ``json``, or the plain object itself."""
        return cls.of(_pinned_json(entry) for entry in entries)

    @classmethod
    def from_data(cls, data: Iterable[dict[str, Any]]) -> ItemBatch:
        """The inverse of ``to_data``."""
        return cls([_item_from(entry) for entry in data])


EMPTY = ItemBatch()


def _pinned_json(entry: Mapping[str, Any]) -> JsonObject:
    inner = entry.get("json")
    return inner if isinstance(inner, dict) else dict(entry)


def _item_data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {"json": item.json}
    if item.binary is not None:
        data["binary"] = item.binary
    if item.paired is not None:
        data["paired_item"] = [{"item": pair.item, "input": pair.input} for pair in item.paired]
    if item.error is not None:
        data["error"] = item.error
    return data


def _item_from(entry: dict[str, Any]) -> Item:
    paired = entry.get("paired_item")
    return Item(
        entry["json"],
        entry.get("binary"),
        None if paired is None else tuple(Pair(pair["item"], pair["input"]) for pair in paired),
        entry.get("error"),
    )
