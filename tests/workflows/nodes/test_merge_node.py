from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support.combining import Clash, merged, sources_of
from apps.workflows.nodes.support.joining import find_matches
from apps.workflows.registry import get_node_type

LEFT = [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}, {"name": "c"}]
RIGHT = [{"id": 2, "city": "x"}, {"id": 2, "city": "y"}, {"id": 3, "city": "z"}]


def merge(run_node: Any, left: Any, right: Any, **parameters: Any) -> Any:
    return run_node("merge", parameters, {"input_1": left, "input_2": right})


def join(run_node: Any, **parameters: Any) -> Any:
    fields = {"match_fields": [{"left": "id"}], "mode": "combine", "combine_by": "fields"}
    return merge(run_node, LEFT, RIGHT, **{**fields, **parameters})


def test_append(run_node: Any) -> None:
    ran = merge(run_node, [{"a": 1}], [{"b": 1}, {"b": 2}])
    assert ran.json() == [{"a": 1}, {"b": 1}, {"b": 2}]
    assert ran.pairs() == [[(0, 0)], [(0, 1)], [(1, 1)]]


def test_append_of_three_with_one_that_never_came(run_node: Any) -> None:
    ran = run_node("merge", {"number_inputs": 3}, {"input_3": [{"c": 1}], "input_1": [{"a": 1}]})
    assert ran.json() == [{"a": 1}, {"c": 1}]


def test_by_position(run_node: Any) -> None:
    ran = merge(run_node, [{"a": 1, "x": 1}, {"a": 2}], [{"x": 2}], mode="combine")
    assert ran.json() == [{"a": 1, "x": 2}]
    assert ran.pairs() == [[(0, 0), (0, 1)]]


def test_by_position_with_unpaired(run_node: Any) -> None:
    ran = merge(run_node, [{"a": 1}, {"a": 2}], [{"b": 1}], mode="combine", include_unpaired=True)
    assert ran.json() == [{"a": 1, "b": 1}, {"a": 2}]


def test_all_combinations(run_node: Any) -> None:
    ran = merge(run_node, [{"a": 1}, {"a": 2}], [{"b": 1}, {"b": 2}], mode="combine", combine_by="all")
    assert ran.json() == [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 1}, {"a": 2, "b": 2}]


def test_too_many_combinations_are_refused(run_node: Any) -> None:
    many = [{}] * 400
    with pytest.raises(NodeError, match="160000 items or more") as refused:
        merge(run_node, many, many, mode="combine", combine_by="all")
    assert refused.value.kind == "too_many_items"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, [{"id": 2, "name": "b", "city": "x"}, {"id": 2, "name": "b", "city": "y"}]),
        ({"multiple_matches": "first"}, [{"id": 2, "name": "b", "city": "x"}]),
        ({"output_data_from": "input_1"}, [LEFT[1]]),
        ({"output_data_from": "input_2"}, RIGHT[:2]),
        ({"join_mode": "keep_non_matches", "output_data_from": "input_1"}, [LEFT[0], LEFT[2]]),
        ({"join_mode": "keep_non_matches", "output_data_from": "input_2"}, [RIGHT[2]]),
        (
            {"join_mode": "keep_non_matches"},
            [
                {"id": 1, "name": "a", "_source": "input1"},
                {"name": "c", "_source": "input1"},
                {"id": 3, "city": "z", "_source": "input2"},
            ],
        ),
        (
            {"join_mode": "enrich_input_1", "multiple_matches": "first"},
            [{"id": 2, "name": "b", "city": "x"}, LEFT[0], LEFT[2]],
        ),
        (
            {"join_mode": "enrich_input_2", "multiple_matches": "first"},
            [{"id": 2, "name": "b", "city": "x"}, RIGHT[1], RIGHT[2]],
        ),
        (
            {"join_mode": "keep_everything", "multiple_matches": "first"},
            [{"id": 2, "name": "b", "city": "x"}, LEFT[0], LEFT[2], RIGHT[1], RIGHT[2]],
        ),
    ],
)
def test_joins(run_node: Any, parameters: Any, expected: Any) -> None:
    assert join(run_node, **parameters).json() == expected


def test_join_pairs_name_both_sides(run_node: Any) -> None:
    assert join(run_node, join_mode="enrich_input_1").pairs() == [
        [(1, 0), (0, 1)],
        [(1, 0), (1, 1)],
        [(0, 0)],
        [(2, 0)],
    ]


def test_join_by_paths_of_different_names(run_node: Any) -> None:
    ran = merge(
        run_node,
        [{"user": {"id": 7}}],
        [{"key": 7, "v": 1}],
        mode="combine",
        combine_by="fields",
        match_fields=[{"left": "user.id", "right": "key"}],
    )
    assert ran.json() == [{"user": {"id": 7}, "key": 7, "v": 1}]


@pytest.mark.parametrize(("loose", "found"), [(True, 2), (False, 1)])
def test_loose_comparison(run_node: Any, loose: Any, found: Any) -> None:
    ran = merge(
        run_node,
        [{"id": 1.0}, {"id": "2"}],
        [{"id": 1}, {"id": 2}],
        mode="combine",
        combine_by="fields",
        match_fields=[{"left": "id"}],
        loose_compare=loose,
    )
    assert len(ran.json()) == found


def test_a_match_without_fields_is_refused(run_node: Any) -> None:
    with pytest.raises(NodeError, match="at least one pair"):
        join(run_node, match_fields=[{"left": ""}])


@pytest.mark.parametrize(
    ("clash", "expected"),
    [
        ({}, {"x": 2, "o": {"a": 1, "b": 2}, "l": [9, 2]}),
        ({"clash": "prefer_input_1"}, {"x": 1, "o": {"a": 1, "b": 2}, "l": [1, 2]}),
        ({"merge_nested": False}, {"x": 2, "o": {"b": 2}, "l": [9]}),
        (
            {"clash": "add_suffix"},
            {"x_1": 1, "o_1": {"a": 1}, "l_1": [1, 2], "x_2": 2, "o_2": {"b": 2}, "l_2": [9]},
        ),
    ],
)
def test_fields_with_the_same_name(run_node: Any, clash: Any, expected: Any) -> None:
    left, right = {"x": 1, "o": {"a": 1}, "l": [1, 2]}, {"x": 2, "o": {"b": 2}, "l": [9]}
    assert merge(run_node, [left], [right], mode="combine", **clash).json() == [expected]


def test_empty_values_do_not_win_when_told_so(run_node: Any) -> None:
    ran = merge(run_node, [{"a": 1, "b": 2}], [{"a": None, "b": ""}], mode="combine", ignore_empty=True)
    assert ran.json() == [{"a": 1, "b": 2}]


def test_enriched_input_2_keeps_input_1s_values_as_n8n_does(run_node: Any) -> None:
    ran = merge(
        run_node,
        [{"id": 1, "v": "one"}],
        [{"id": 1, "v": "two"}],
        mode="combine",
        combine_by="fields",
        match_fields=[{"left": "id"}],
        join_mode="enrich_input_2",
    )
    assert ran.json() == [{"id": 1, "v": "one"}]


def test_choose_branch(run_node: Any) -> None:
    assert merge(run_node, [{"a": 1}], [{"b": 1}], mode="choose_branch", use_input=2).json() == [{"b": 1}]
    empty = merge(run_node, [{"a": 1}], [{"b": 1}], mode="choose_branch", branch_output="empty")
    assert empty.json() == [{}]
    assert empty.pairs() == [[]]


def test_an_unavailable_mode_is_refused(run_node: Any) -> None:
    with pytest.raises(NodeError, match="'zip' is not available"):
        merge(run_node, [], [], mode="zip")


def test_ports_follow_the_number_of_inputs() -> None:
    ports = get_node_type("merge").inputs_for
    assert [port.name for port in ports({"number_inputs": 3})] == ["input_1", "input_2", "input_3"]
    assert [port.name for port in ports({"number_inputs": 99})] == ["input_1", "input_2"]


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({}, {}),
        ({"mode": "sql"}, {}),
        (
            {"mode": "combine", "combine_by": "fields", "number_inputs": 3},
            {
                "match_fields": ["Name at least one pair of fields to match."],
                "number_inputs": ["Matching by fields works on exactly two inputs."],
            },
        ),
        ({"mode": "choose_branch", "use_input": 3}, {"use_input": ["Choose an input from 1 to 2."]}),
    ],
)
def test_faults(parameters: Any, faults: Any) -> None:
    assert get_node_type("merge").check(parameters) == faults


_KEYS = st.lists(st.integers(0, 4), max_size=8)


@settings(max_examples=60, deadline=None)
@given(_KEYS, _KEYS)
def test_a_hash_join_finds_what_comparing_all_pairs_finds(left: Any, right: Any) -> None:
    sides = [sources_of(ItemBatch.of([{"k": key} for key in keys]), at) for at, keys in enumerate((left, right))]
    found = find_matches(*sides, [("k", "k")], dotted=True, loose=False, first_only=False, most=1_000)
    expected = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b]
    assert [(a.position, b.position) for a, b in found.pairs] == expected
    assert [a.position for a in found.left_alone] == [i for i, key in enumerate(left) if key not in right]
    assert [b.position for b in found.right_alone] == [j for j, key in enumerate(right) if key not in left]


def test_endless_nesting_is_replaced_instead_of_combined() -> None:
    deep: dict = {}
    for _ in range(150):
        deep = {"a": deep}
    assert merged(deep, deep, Clash()) == deep


def test_a_join_of_too_many_matches_is_refused(run_node: Any) -> None:
    same = [{"id": 1}] * 400
    with pytest.raises(NodeError, match="100001 items or more"):
        join_of(run_node, same, same)


def join_of(run_node: Any, left: Any, right: Any, **more: Any) -> Any:
    parameters = {"mode": "combine", "combine_by": "fields", "match_fields": [{"left": "id"}], **more}
    return merge(run_node, left, right, **parameters)


def test_items_of_both_sides_may_lack_the_field(run_node: Any) -> None:
    ran = join_of(run_node, [{"x": 1}], [{"y": 1}], join_mode="keep_everything")
    assert ran.json() == [{"x": 1}, {"y": 1}]


@pytest.mark.parametrize("clash", ["prefer_last", "auto"])
def test_the_last_input_wins(run_node: Any, clash: str) -> None:
    assert merge(run_node, [{"a": 1}], [{"a": 2}], mode="combine", clash=clash).json() == [{"a": 2}]


def test_a_join_by_fields_with_its_fields_has_no_fault() -> None:
    parameters = {"mode": "combine", "combine_by": "fields", "match_fields": [{"left": "id"}]}
    assert get_node_type("merge").check(parameters) == {}
    assert get_node_type("merge").check({"mode": "choose_branch"}) == {}
