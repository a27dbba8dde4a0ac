"""Sending each item to the ports that a rule chooses for it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import UTC, tzinfo

from apps.workflows.engine.items import EMPTY, Item, ItemBatch, ItemGatherer, Pair
from apps.workflows.engine.node_type import NodeContext, NodeResult
from apps.workflows.nodes.support.values import zone_of

Choose = Callable[[Item, int], Iterable[str]]


def route_items(context: NodeContext, choose: Choose, *, on_continue: str | None) -> NodeResult:
    """Every input item on the ports chosen for it, in input order.

    Items whose choice failed follow the node's ``on_error``; with ``continue`` they go to ``on_continue``,
    or nowhere when that is None.
    """
    chosen: dict[str, ItemGatherer] = {}

    def work(item: Item, position: int) -> None:
        for port in choose(item, position):
            chosen.setdefault(port, ItemGatherer()).add(Item(item.json, item.binary, (Pair(position),), item.error))

    result = context.each(work)
    outputs = {port: gathered.batch() for port, gathered in chosen.items()}
    passed = next(iter(result.outputs.values()), EMPTY)
    if on_continue is not None and passed:
        both = heapq.merge(outputs.get(on_continue, EMPTY), passed, key=_position)
        outputs[on_continue] = ItemBatch(both)
    return NodeResult(outputs, failed=result.failed)


def _position(item: Item) -> int:
    assert item.paired
    return item.paired[0].item


def workflow_zone(context: NodeContext) -> tzinfo:
    """The time zone that rules the workflow."""
    return zone_of(context.timezone) or UTC
