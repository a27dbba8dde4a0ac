"""Sending each item to the ports that a rule chooses for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, tzinfo

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeResult
from apps.workflows.nodes.support.values import zone_of

Choose = Callable[[Item, int], Iterable[str]]


def route_items(context: NodeContext, choose: Choose, *, on_continue: str | None) -> NodeResult:
    """Every input item on the ports chosen for it, in input order.

    Items whose choice failed follow the node's ``on_error``; with ``continue`` they go to ``on_continue``,
    or nowhere when that is None.
    """
    chosen: dict[str, list[tuple[int, Item]]] = {}

    def work(item: Item, position: int) -> None:
        for port in choose(item, position):
            chosen.setdefault(port, []).append((position, item))

    result = context.each(work)
    if on_continue is not None:
        for passed in (item for batch in result.outputs.values() for item in batch):
            position = passed.paired[0].item if passed.paired else len(context.items)
            chosen.setdefault(on_continue, []).append((position, passed))
    return NodeResult({port: _routed(entries) for port, entries in chosen.items()}, failed=result.failed)


def _routed(entries: list[tuple[int, Item]]) -> ItemBatch:
    entries.sort(key=lambda entry: entry[0])
    return ItemBatch([Item(item.json, item.binary, (Pair(at),), item.error) for at, item in entries])


def workflow_zone(context: NodeContext) -> tzinfo:
    """The time zone that rules the workflow."""
    return zone_of(context.timezone) or UTC
