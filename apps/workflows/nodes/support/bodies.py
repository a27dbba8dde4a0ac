"""Nodes with a body: what a round came to, as items."""

from __future__ import annotations

from apps.workflows.engine.items import Item, Pair
from apps.workflows.engine.node_type import RoundOutcome


def results_of(outcome: RoundOutcome) -> list[Item]:
    """What the leaves of a body gave out, each item paired with where it came from."""
    return [
        Item(item.json, item.binary, (Pair(at, number),), item.error)
        for number, batch in outcome.results
        for at, item in enumerate(batch)
    ]
