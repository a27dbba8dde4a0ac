"""What a value weighs, and that limits are kept however the engine is used."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.data_limits import limits, told, weigh
from apps.workflows.engine.items import Item, ItemBatch, ItemGatherer
from apps.workflows.engine.ports_files import NoFiles
from exprsn.kernel.errors import Unavailable
from tests.workflows.engine.graphs import carry_out, document, output

STEPS = [("start", "start"), ("a", "pass", {"parameters": {"add": "x"}}), ("b", "pass")]
CHAIN = document(STEPS, ["start > a", "a > b"])


def nested(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "size"),
    [({}, 2), ({"a": "é"}, 10), ({"n": 2**70}, 29), ({"t": "\ud800"}, 15), ({1: 2}, 7), (nested(100_000), 0)],
)
def test_what_a_value_weighs(value: Any, size: int) -> None:
    assert weigh(value) == size


def test_where_there_are_no_files_it_is_said() -> None:
    for ask in (lambda: NoFiles().store(b"", name="", media_type=""), lambda: NoFiles().open({})):
        with pytest.raises(Unavailable) as refused:
            ask()
        assert refused.value.code == "files_unavailable"


def test_a_size_for_people() -> None:
    assert (told(1_000), told(3 * 1024 * 1024)) == ("1000 bytes", "3.0 MB")


def test_many_bytes_leave_memory_as_many_items_do() -> None:
    limits.spill_bytes = 100
    gathered = ItemGatherer()
    for n in range(9):
        gathered.add(Item({"text": "x" * 20, "n": n}))
    batch = gathered.batch()
    assert batch.spilled is not None
    assert [item.json["n"] for item in batch] == list(range(9))


def test_an_item_that_is_too_large_fails_its_node() -> None:
    limits.item_bytes = 30
    _, result = carry_out(CHAIN, [{"n": 1}, {"n": "long" * 9}])
    assert result.error is not None
    assert (result.failed_node, result.error["kind"], result.error["item"]) == ("start", "item_too_large", 1)


def test_a_batch_is_weighed_once() -> None:
    batch = ItemBatch.of([{"a": 1}])
    assert batch.weight() == 7
    batch[0].json["a"] = 1_000
    assert batch.weight() == 7


def test_a_node_that_makes_too_much_fails_as_nodes_do() -> None:
    limits.node_bytes = 30
    run, result = carry_out(CHAIN, [{"n": 1}, {"n": 2}])
    assert result.error is not None
    assert (result.failed_node, result.error["kind"]) == ("a", "output_too_large")
    run, result = carry_out(CHAIN, [{"n": 1}])
    assert (result.status, output(run, "b")) == ("success", [{"n": 1, "value": "x"}])
    assert run.data_bytes == 7 + 2 * 19


def test_a_batch_on_disk_goes_through_and_names_its_origins() -> None:
    limits.spill_items = 3
    run, _ = carry_out(CHAIN, [{"n": n} for n in range(8)])
    entry = run.scheduler.entries_of["b"][0]
    assert entry.outputs["main"].spilled is not None
    assert [item.paired[0].item for item in entry.outputs["main"] if item.paired] == list(range(8))
    kept = entry.to_data(lambda batch: len(batch))
    assert kept["outputs"] == {"main": 8}
