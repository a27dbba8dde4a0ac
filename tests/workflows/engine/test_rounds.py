"""Nodes that ask whether what arrives left them before, in the present round."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import NodeContext, NodeResult, Port
from tests.workflows.engine.graphs import TYPES, Pass, carry_out, document, output


class Ring(Pass):
    """Lets what arrives out by ``again`` in its first runs, then by ``out``; each item says which of both it took
    before in this round."""

    type = "ring"
    outputs = (Port("out"), Port("again"))
    is_loop = True

    def run(self, context: NodeContext) -> NodeResult:
        left = int(context.param("rounds")) - context.run_index
        came: Any = [port for port in ("out", "again") if context.came_round(port)]
        return NodeResult({"again" if left > 0 else "out": ItemBatch.of([{"came": came}])})


KINDS = {**TYPES, "ring": Ring}


def came(nodes: list[Any], edges: list[str], rounds: int, node: str) -> list[Any]:
    """What the ring said of each arrival, as ``node`` passed it on."""
    ring = ("ring", "ring", {"parameters": {"rounds": rounds}})
    run, result = carry_out(document([("start", "start"), *nodes, ring], edges), types=KINDS)
    assert result.error is None, result.error
    count = len(run.scheduler.entries_of[node])
    return [output(run, node, at=at)[0]["came"] for at in range(count)]


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_what_came_back_by_the_loop_is_told_from_what_begins(rounds: int) -> None:
    nodes = [("back", "pass"), ("end", "pass")]
    edges = ["start > ring", "ring.again > back", "back > ring", "ring.out > end"]
    assert came(nodes, edges, rounds, "end") == [["again"] if rounds else []]


def test_what_left_by_one_output_has_not_left_by_the_other() -> None:
    nodes = [("back", "pass"), ("end", "pass")]
    edges = ["start > ring", "ring.again > back", "back > ring", "ring.out > end"]
    assert came(nodes, edges, 2, "back") == [[], ["again"]]


def test_ways_that_part_and_meet_again_are_followed_once() -> None:
    nodes = [("left", "pass"), ("right", "pass"), ("both", "join"), ("end", "pass")]
    edges = ["start > left", "start > right", "left > both.input_1", "right > both.input_2"]
    assert came(nodes, [*edges, "both > ring", "ring.out > end"], 0, "end") == [[]]
