"""Any acyclic graph: a run from any of its nodes comes to what the whole run came to, and repeats nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.part_bounds import bounds_of
from apps.workflows.engine.part_plan import NoDataForNode
from tests.workflows.engine.graphs import document
from tests.workflows.engine.parts import Counted, graph_of, outputs, partial, plan, ran, whole

PORTS = {"fork": ("even", "odd")}
INPUTS = {"join": ("input_1", "input_2"), "strict_join": ("input_1", "input_2")}
KINDS = ["counted", "counted", "fork", "join", "strict_join", "shuffle_n", "nothing"]


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 8))
    kinds = ["start", *(draw(st.sampled_from(KINDS)) for _ in range(count))]
    names = ["start", *(f"n{at}" for at in range(1, count + 1))]
    edges = set()
    for at in range(1, count + 1):
        for _ in range(draw(st.integers(1, 3))):
            source = draw(st.integers(0, at - 1))
            out = draw(st.sampled_from(PORTS.get(kinds[source], ("main",))))
            edges.add(f"{names[source]}.{out} > {names[at]}.{draw(st.sampled_from(INPUTS.get(kinds[at], ('main',))))}")
    nodes = []
    for name, kind in zip(names, kinds, strict=True):
        place = {"x": draw(st.integers(0, 5)), "y": draw(st.integers(0, 5))}
        nodes.append((name, "pass" if kind == "shuffle_n" else kind, {"position": place}))
    return document(nodes, sorted(edges))


@given(definition=graphs(), items=st.lists(st.integers(0, 3), min_size=1, max_size=3), data=st.data())
@settings(max_examples=150, deadline=None)
def test_from_any_node(definition: dict[str, Any], items: list[int], data: st.DataObject) -> None:
    before = whole(definition, [{"n": n} for n in items])
    start = data.draw(st.sampled_from([node["id"] for node in definition["nodes"]]))
    end = data.draw(st.sampled_from(["", start]))
    if start not in ran(before):
        with pytest.raises(NoDataForNode):
            plan(definition, before, start, end)
        return
    again = partial(definition, before, start, end, items=[{"n": n} for n in items])
    bounds = bounds_of(graph_of(definition), start, end)
    for node_id in bounds.own:
        assert outputs(again, node_id) == outputs(before, node_id)
    expected = [node_id for node_id in ran(before) if node_id in bounds.own]
    assert [node_id for node_id in ran(again) if node_id in bounds.own] == expected
    assert set(Counted.effects) <= bounds.own
    assert set(ran(again)) <= bounds.nodes


@given(definition=graphs(), items=st.lists(st.integers(0, 3), min_size=1, max_size=3), data=st.data())
@settings(max_examples=100, deadline=None)
def test_between_any_two_nodes(definition: dict[str, Any], items: list[int], data: st.DataObject) -> None:
    before = whole(definition, [{"n": n} for n in items])
    graph = graph_of(definition)
    start = data.draw(st.sampled_from(ran(before)))
    after = sorted(node_id for node_id in ran(before) if start in graph.ancestors(node_id))
    if not after:
        return
    end = data.draw(st.sampled_from(after))
    again = partial(definition, before, start, end, items=[{"n": n} for n in items])
    assert outputs(again, end) == outputs(before, end)
    assert not set(ran(again)) - graph.ancestors(end) - {end}
    assert set(Counted.effects) <= (bounds_of(graph, start, end).own)
