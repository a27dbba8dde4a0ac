"""When a merge runs: with all of its inputs, with the first, with so many of them."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.nodes.merge import MergeNode
from tests.workflows.engine.graphs import document, output
from tests.workflows.engine.modes import KINDS, MODES, run_in

TYPES = {**KINDS, "merge": MergeNode}


def merged(mode: str, inputs: list[str], **parameters: Any) -> list[list[str]]:
    """What each run of a merge gave out; ``inputs``: the kind of the step before each of its inputs."""
    steps = [(f"s{at}", kind, {"parameters": {"say": str(at)}}) for at, kind in enumerate(inputs)]
    merge = ("m", "merge", {"parameters": {"number_inputs": len(inputs), **parameters}})
    edges = [edge for at in range(len(inputs)) for edge in (f"start > s{at}", f"s{at} > m.input_{at + 1}")]
    definition = document([("start", "start"), *steps, merge], edges)
    run, result = run_in(mode, definition, [{"n": 1}], types=TYPES, pick=lambda count: count - 1)
    assert result.status == "success"
    runs = len(run.scheduler.entries_of.get("m", ()))
    return [[item["said"] for item in output(run, "m", at=at)] for at in range(runs)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, [["0", "1", "2"]]),
        ({"join": "all"}, [["0", "1", "2"]]),
        ({"join": "any"}, [["0"]]),
        ({"join": "at_least", "at_least": 2}, [["0", "1"]]),
        ({"join": "at_least", "at_least": 3}, [["0", "1", "2"]]),
    ],
)
def test_the_first_in_order_count_whoever_is_faster(
    mode: str, parameters: dict[str, Any], found: list[list[str]]
) -> None:
    assert merged(mode, ["effect"] * 3, **parameters) == found


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, [["1"]]),
        ({"join": "any"}, [["1"]]),
        ({"join": "at_least", "at_least": 2}, []),
        ({"join": "at_least", "at_least": "many"}, [["1"]]),
    ],
)
def test_inputs_without_items(parameters: dict[str, Any], found: list[list[str]]) -> None:
    assert merged("sequential", ["nothing", "effect", "nothing"], **parameters) == found


def test_a_second_arrival_begins_the_next_round() -> None:
    """Rounds of a loop: each drops what comes late for it, none is lost."""
    nodes = [
        ("start", "start"),
        ("l", "rounds"),
        ("a", "effect", {"parameters": {"say": "a"}}),
        ("b", "effect", {"parameters": {"say": "b"}}),
        ("m", "merge", {"parameters": {"join": "any"}}),
    ]
    edges = ["start > l", "l.loop > a", "l.loop > b", "a > m.input_1", "b > m.input_2", "m > l"]
    run, result = run_in("sequential", document(nodes, edges), [{"n": 1}, {"n": 2}], types=TYPES)
    assert result.status == "success"
    assert [(item["n"], item["said"]) for item in output(run, "l", "done")] == [(1, "a"), (2, "a")]


def test_a_number_beyond_the_inputs_is_a_fault() -> None:
    assert MergeNode.check({"join": "at_least", "at_least": 3}) == {"at_least": ["Choose a number from 1 to 2."]}
    assert MergeNode.check({"join": "at_least", "at_least": 2}) == {}
