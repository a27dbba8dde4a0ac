"""Work on one item after the other: what happens when the time is over, and where failures of parameters are."""

from __future__ import annotations

import time
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeContext, NodeResult
from tests.workflows.engine.graphs import TYPES, Pass, carry_out, document


class Slow(Pass):
    """Takes a while for each item, and notes which it came to."""

    type = "slow"
    begun: list[int] = []  # one list for all runs of a test

    def run(self, context: NodeContext) -> NodeResult:
        def work(item: Item, at: int) -> Item:
            Slow.begun.append(at)
            time.sleep(0.05)
            return Item(item.json)

        return context.each(work)


class Written(Pass):
    """How many pieces its text has, for each item."""

    type = "written"

    def run(self, context: NodeContext) -> NodeResult:
        counts: list[Any] = [{"pieces": len(context.pieces("text", at))} for at in range(len(context.items))]
        return NodeResult({"main": ItemBatch.of(counts)})


KINDS = {**TYPES, "slow": Slow, "written": Written}


def behind_start(kind: str, items: list[Any], **fields: Any) -> Any:
    """The outcome of ``start`` and one node behind it."""
    definition = document([("start", "start"), ("a", kind, fields)], ["start > a"])
    return carry_out(definition, items, types=KINDS)[1]


def test_no_item_is_begun_when_the_time_of_the_node_is_over() -> None:
    Slow.begun.clear()
    result = behind_start("slow", [{}] * 20, timeout_seconds=0.02)
    assert result.error is not None
    assert (result.error["kind"], Slow.begun) == ("node_timeout", [0])


def test_a_piece_that_cannot_be_evaluated_is_an_error_of_its_parameter_and_item() -> None:
    text = "=SELECT {{ $json.n.toUpperCase() }}"
    result = behind_start("written", [{"n": "a"}, {"n": 1}], parameters={"text": text})
    assert result.error is not None
    found = {name: result.error[name] for name in ("kind", "parameter", "item")}
    assert found == {"kind": "expression_error", "parameter": "text", "item": 1}
