"""Items: what flows along the connections of a workflow.

An item is ``{json, binary?, paired_item?}``; nodes receive and return an ``ItemBatch``, never a bare
list of dicts: a batch of many items lives in a file, without any node noticing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, overload

from apps.workflows.engine.data_limits import check_item, check_output, limits, weigh
from apps.workflows.engine.item import Item, Pair
from apps.workflows.engine.spill import SpilledItems, SpillWriter
from exprsn.kernel.jsonvalue import JsonObject

__all__ = ["EMPTY", "Item", "ItemBatch", "ItemGatherer", "Pair"]

# So many positions of a batch on disk are looked up in the order in which they lie there.
_AT_ONCE = 50_000


class ItemBatch(Sequence[Item]):
    """An ordered run of items. Treat it as immutable: methods answer new batches."""

    __slots__ = ("_items", "_weight")

    def __init__(self, items: Iterable[Item] = (), weight: int | None = None) -> None:
        self._weight = weight
        self._items: list[Item] | SpilledItems
        if isinstance(items, list):
            self._items = items if len(items) <= limits.spill_items else SpillWriter(items).finish()
        else:
            self._items = items if isinstance(items, SpilledItems) else _collected(items)

    @classmethod
    def of(cls, objects: Iterable[JsonObject]) -> ItemBatch:
        """A batch of plain JSON objects whose origin is not stated."""
        return cls(Item(json) for json in objects)

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
        if not isinstance(other, ItemBatch) or len(self) != len(other):
            return False
        return all(mine == theirs for mine, theirs in zip(self._items, other._items, strict=True))

    def __repr__(self) -> str:
        return f"ItemBatch({self._items!r})" if self.spilled is None else f"ItemBatch(<{len(self)} items on disk>)"

    @property
    def spilled(self) -> SpilledItems | None:
        """The file that the items are in; None when they are in memory."""
        return self._items if isinstance(self._items, SpilledItems) else None

    @property
    def all_paired(self) -> bool:
        """Whether every item says where it came from."""
        items = self._items
        return items.all_paired if isinstance(items, SpilledItems) else all(item.paired is not None for item in items)

    @property
    def any_failed(self) -> bool:
        """Whether an item carries an error."""
        items = self._items
        return items.any_failed if isinstance(items, SpilledItems) else any(item.error is not None for item in items)

    def weight(self) -> int:
        """How many bytes the items' JSON has. Raises ``DataTooLarge`` for an item or a batch that may not be."""
        if self._weight is None:
            items = self._items
            self._weight = items.size if isinstance(items, SpilledItems) else _weighed(items)
        return self._weight

    def select(self, positions: Iterable[int]) -> ItemBatch:
        """The items at these positions, in this order, each paired with the position it had here."""
        items = self._items
        if isinstance(items, SpilledItems):
            return ItemBatch(_picked(items, positions))
        return ItemBatch([Item(items[at].json, items[at].binary, (Pair(at),)) for at in positions])

    def to_data(self) -> list[dict[str, Any]]:
        """Plain data as stored and shown: ``[{json, binary?, paired_item?, error?}]``."""
        return [item.to_data() for item in self._items]

    @classmethod
    def of_pins(cls, entries: Iterable[Mapping[str, Any]]) -> ItemBatch:
        """Pinned data as items: an entry is an item with ``json``, or the plain object itself."""
        return cls.of(_pinned_json(entry) for entry in entries)

    @classmethod
    def from_data(cls, data: Iterable[dict[str, Any]] | ItemBatch) -> ItemBatch:
        """The inverse of ``to_data``; a batch is answered as it is."""
        return data if isinstance(data, ItemBatch) else cls(Item.from_data(entry) for entry in data)


EMPTY = ItemBatch([])


class ItemGatherer:
    """Collects items that a node makes one after the other; many of them in a file. Raises ``DataTooLarge``."""

    __slots__ = ("_items", "_weight", "_writer")

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._weight = 0
        self._writer: SpillWriter | None = None

    def add(self, item: Item) -> None:
        """One more item."""
        if self._writer is not None:
            self._writer.add(item)
            return
        items, size = self._items, weigh(item.json)
        total = self._weight = self._weight + size
        if size > limits.item_bytes or total > limits.node_bytes:
            check_item(size, len(items))
            check_output(total)
        items.append(item)
        if len(items) > limits.spill_items or total > limits.spill_bytes:
            self._writer = SpillWriter(items)
            self._items = []

    def batch(self) -> ItemBatch:
        """All of them."""
        if self._writer is not None:
            return ItemBatch(self._writer.finish())
        return ItemBatch(self._items, self._weight)


def _collected(items: Iterable[Item]) -> list[Item] | SpilledItems:
    rest = iter(items)
    first = list(islice(rest, limits.spill_items + 1))
    if len(first) <= limits.spill_items:
        return first
    return SpillWriter(chain(first, rest)).finish()


def _weighed(items: list[Item]) -> int:
    total = 0
    for position, item in enumerate(items):
        size = weigh(item.json)
        if size > limits.item_bytes:
            check_item(size, position)
        total += size
    check_output(total)
    return total


def _picked(items: SpilledItems, positions: Iterable[int]) -> Iterator[Item]:
    """Items of a file in any order, without reading it from end to end for each of them."""
    rest = iter(positions)
    while wanted := list(islice(rest, _AT_ONCE)):
        in_order = sorted(set(wanted))
        if in_order == wanted:
            for at in wanted:
                yield Item(items[at].json, items[at].binary, (Pair(at),))
            continue
        found = {at: items[at] for at in in_order}
        for at in wanted:
            yield Item(found[at].json, found[at].binary, (Pair(at),))


def _pinned_json(entry: Mapping[str, Any]) -> JsonObject:
    inner = entry.get("json")
    return inner if isinstance(inner, dict) else dict(entry)
