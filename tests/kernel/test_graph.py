from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.kernel.graph import CycleFound, components, cycles, reachable, topological_order

Edges = dict[int, list[int]]
graphs = st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=4), max_size=9)


def test_reachable_includes_the_starts() -> None:
    assert reachable({1: [2], 2: [3, 1], 4: [5]}, [1]) == {1, 2, 3}


def test_an_order_puts_each_node_before_its_successors() -> None:
    assert topological_order({"c": [], "a": ["b", "c"], "b": ["c"]}) == ["a", "b", "c"]


def test_parallel_edges_and_unlisted_successors_are_fine() -> None:
    assert topological_order({1: [2, 2], 3: []}) == [1, 3, 2]


def test_a_cycle_is_named() -> None:
    with pytest.raises(CycleFound) as caught:
        topological_order({0: [1], 1: [2], 2: [1]})
    assert sorted(map(str, caught.value.members)) == ["1", "2"]


def test_self_loops_are_cycles_and_single_nodes_are_not() -> None:
    assert cycles({1: [1], 2: [3], 3: []}) == [[1]]


def test_two_cycles_are_found_apart() -> None:
    assert sorted(sorted(group) for group in cycles({1: [2], 2: [1, 3], 3: [4], 4: [3]})) == [[1, 2], [3, 4]]


def test_a_hundred_thousand_nodes_in_a_row_need_no_stack() -> None:
    chain: Edges = {node: [node + 1] for node in range(100_000)}
    assert topological_order(chain)[-1] == 100_000
    chain[100_000] = [0]
    assert len(components(chain)) == 1


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_components_are_the_groups_that_reach_each_other(edges: Edges) -> None:
    nodes = set(edges) | {successor for found in edges.values() for successor in found}
    reach = {node: reachable(edges, [node]) for node in nodes}
    expected = {frozenset(other for other in reach[node] if node in reach[other]) for node in nodes}
    assert {frozenset(group) for group in components(edges)} == expected


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_there_is_an_order_exactly_when_there_is_no_cycle(edges: Edges) -> None:
    try:
        order = topological_order(edges)
    except CycleFound:
        assert cycles(edges)
        return
    assert not cycles(edges)
    at = {node: position for position, node in enumerate(order)}
    assert all(at[node] < at[successor] for node, found in edges.items() for successor in found)
