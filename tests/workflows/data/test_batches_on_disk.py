"""A batch on disk is the same as one in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.workflows.engine.data_limits import limits
from apps.workflows.engine.items import Item, ItemBatch, ItemGatherer, Pair
from apps.workflows.engine.spill import SpilledItems, SpillWriter, first_items

TEXTS = st.text(max_size=5)  # with halves of characters, as code nodes may make them
LEAVES = st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    LEAVES | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner), max_leaves=5
)
PAIRS = st.none() | st.lists(st.builds(Pair, st.integers(0, 9), st.integers(0, 2)), max_size=3).map(tuple)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=3)
ITEMS = st.builds(Item, OBJECTS, st.none() | OBJECTS, PAIRS, st.none() | OBJECTS)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three items are many here, and two make a block."""
    monkeypatch.setattr(limits, "spill_items", 3)
    monkeypatch.setattr("apps.workflows.engine.spill.BLOCK_ROWS", 2)
    monkeypatch.setattr("apps.workflows.engine.items._AT_ONCE", 4)
    yield


def on_disk(items: list[Item]) -> ItemBatch:
    return ItemBatch(SpillWriter(items).finish())


def in_memory(items: list[Item]) -> ItemBatch:
    batch = ItemBatch([])
    batch._items = items
    return batch


def copied(items: list[Item]) -> ItemBatch:
    """As after it was kept elsewhere and is read again."""
    spilled = SpillWriter(items).finish()
    kept = b"".join(spilled.raw())
    return ItemBatch(SpilledItems(spilled.total, spilled.size, spilled.flags, opener=lambda: io.BytesIO(kept)))


@pytest.mark.parametrize("make", [on_disk, copied])
@hypothesis_settings(max_examples=25)
@given(st.lists(ITEMS, max_size=9), st.data())
def test_nobody_sees_a_difference(make: Any, items: list[Item], data: st.DataObject) -> None:
    there, here = make(items), in_memory(items)
    assert there.spilled is not None
    assert list(there) == items
    assert (len(there), bool(there), there.to_data()) == (len(here), bool(here), here.to_data())
    assert (there == here, here == there) == (True, True)
    assert there.all_paired == all(item.paired is not None for item in items)
    assert there.any_failed == any(item.error is not None for item in items)
    positions = data.draw(st.lists(st.integers(0, len(items) - 1), max_size=12)) if items else []
    assert there.select(positions) == here.select(positions)
    cut = data.draw(st.slices(len(items)))
    assert there[cut] == here[cut]
    assert [there[at] for at in range(-len(items), len(items))] == items * 2


@given(st.lists(ITEMS, max_size=9))
@hypothesis_settings(max_examples=15)
def test_items_gathered_one_by_one_are_all_there(items: list[Item]) -> None:
    gathered = ItemGatherer()
    for item in items:
        gathered.add(item)
    batch = gathered.batch()
    assert (batch.spilled is not None) == (len(items) > 3)
    assert list(batch) == list(ItemBatch(iter(items))) == list(ItemBatch(items)) == items


def test_where_there_is_no_item_there_is_an_error() -> None:
    batch = on_disk([Item({"n": n}) for n in range(5)])
    for wrong in (5, -6):
        with pytest.raises(IndexError):
            batch[wrong]
    assert repr(batch) == "ItemBatch(<5 items on disk>)"
    assert batch != on_disk([Item({"n": 0})])
    assert batch != "items"
    spilled = batch.spilled
    assert spilled is not None
    assert [item.json["n"] for item in spilled[1:4]] == [1, 2, 3]


def test_the_first_items_are_read_without_the_rest() -> None:
    spilled = SpillWriter(Item({"n": n}) for n in range(9)).finish()
    stream = io.BytesIO(b"".join(spilled.raw()))
    assert [item.json["n"] for item in first_items(stream, 3)] == [0, 1, 2]
    assert stream.tell() < len(stream.getvalue())
