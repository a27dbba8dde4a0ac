"""Test cases for the tests of test cases: small graphs, and a world in which there is no sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.testing.cases import normal_value, parse_case
from apps.workflows.engine.testing.checking import case_faults
from apps.workflows.engine.testing.running import CaseOutcome, World, run_case
from tests.workflows.engine.graphs import TYPES, document

WORLD = World(code=None)  # type: ignore[arg-type]


def graph_of(
    nodes: Sequence[Any], edges: Sequence[str], types: Mapping[str, type[NodeType]] = TYPES, **more: Any
) -> Graph:
    """A compiled definition."""
    return Graph(parse_definition(document(nodes, edges, **more)), types.__getitem__)


def carried_out(
    graph: Graph, *assertions: Any, items: Sequence[Any] = ({},), trigger: str = "", seconds: float = 20, **held: Any
) -> CaseOutcome:
    """What a case with these assertions comes to."""
    value = {"trigger_items": list(items), "assertions": list(assertions), **held}
    assert case_faults(value) == {}
    return run_case(graph, parse_case(trigger, normal_value(value)), WORLD, seconds)


def told(outcome: CaseOutcome) -> list[str]:
    """The messages of its failures."""
    return [failure.message for failure in outcome.failures]
