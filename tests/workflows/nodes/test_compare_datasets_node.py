from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes import compare_datasets
from apps.workflows.registry import get_node_type

MATCH = {"match_fields": [{"left": "id", "right": "no"}]}
A = [{"id": 1, "v": "x"}, {"id": 2, "v": 1, "w": 5}, {"id": 3}, {"v": "no key"}]
B = [{"no": 2, "v": 2, "w": 5}, {"no": 1, "v": "x"}, {"no": 4}]


def compared(run_node: Any, parameters: Any, a: Any = A, b: Any = B) -> Any:
    return run_node("compare_datasets", {**MATCH, **parameters}, {"input_a": a, "input_b": b})


def test_four_ways(run_node: Any) -> None:
    ran = compared(run_node, {})
    assert ran.json("a_only") == [A[2], A[3]]
    assert ran.pairs("a_only") == [[(2, 0)], [(3, 0)]]
    assert ran.json("same") == [A[0]]
    assert ran.pairs("same") == [[(0, 0), (1, 1)]]
    assert ran.json("different") == [
        {"keys": {"id": 2}, "same": {"w": 5}, "different": {"v": {"inputA": 1, "inputB": 2}}}
    ]
    assert ran.pairs("different") == [[(1, 0), (0, 1)]]
    assert ran.json("b_only") == [B[2]]
    assert ran.pairs("b_only") == [[(2, 1)]]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"when_different": "input_a"}, {"id": 2, "v": 1, "w": 5}),
        ({"when_different": "input_b"}, {"no": 2, "v": 2, "w": 5}),
        ({"when_different": "mix", "except_fields": "v, zz"}, {"id": 2, "v": 2, "w": 5}),
        ({"when_different": "mix", "prefer": "input_b", "except_fields": ["v"]}, {"no": 2, "v": 1, "w": 5}),
    ],
)
def test_one_version_of_what_differs(run_node: Any, parameters: Any, expected: Any) -> None:
    assert compared(run_node, parameters).json("different") == [expected]


def test_skipped_fields_make_no_difference(run_node: Any) -> None:
    ran = compared(run_node, {"skip_fields": "v"})
    assert ran.json("same") == A[:2]
    ran = compared(run_node, {"skip_fields": "v"}, [{"id": 1, "v": 1, "w": 1}], [{"no": 1, "w": 2}])
    assert ran.json("different")[0]["skipped"] == {"v": {"inputA": 1}}


@pytest.mark.parametrize(
    ("a", "b", "loose", "same"),
    [
        ({"id": 1, "v": 1}, {"no": 1.0, "v": 1.0}, False, True),
        ({"id": 1, "v": 1}, {"no": 1, "v": "1"}, False, False),
        ({"id": "1", "v": 1}, {"no": 1, "v": "1"}, True, True),
        ({"id": 1, "v": None}, {"no": 1}, False, False),
        ({"id": 1, "v": None}, {"no": 1}, True, True),
        ({"id": 1, "v": []}, {"no": 1, "v": ""}, True, True),
        ({"id": 1, "v": {"a": 1, "b": 2}}, {"no": 1, "v": {"b": 2, "a": 1}}, False, True),
        ({"id": 1, "v": 0}, {"no": 1, "v": False}, False, False),
    ],
)
def test_equality(run_node: Any, a: Any, b: Any, loose: Any, same: Any) -> None:
    ran = compared(run_node, {"loose_compare": loose}, [a], [b])
    assert len(ran.json("same" if same else "different")) == 1


def test_several_partners(run_node: Any) -> None:
    b = [{"no": 1, "v": "x"}, {"no": 1, "v": "x"}, {"no": 1, "v": "y"}]
    first = compared(run_node, {}, [A[0]], b)
    assert (first.json("same"), first.json("different"), first.json("b_only")) == ([A[0]], [], b[1:])
    every = compared(run_node, {"multiple_matches": "all"}, [A[0]], b)
    assert (len(every.json("same")), len(every.json("different")), every.json("b_only")) == (1, 1, [])


def test_an_input_without_items(run_node: Any) -> None:
    assert run_node("compare_datasets", MATCH, {"input_b": B}).json("b_only") == B
    assert compared(run_node, {}, A, []).json("a_only") == A


def test_files_of_the_chosen_version_stay(run_node: Any) -> None:
    a = ItemBatch([Item({"id": 1, "v": 1}, {"f": {"id": "1"}}), Item({"id": 2}, {"f": {"id": "2"}})])
    ran = compared(run_node, {"when_different": "input_a"}, a, [{"no": 1}, {"no": 2}])
    assert ran.result.outputs["different"][0].binary == {"f": {"id": "1"}}
    assert ran.result.outputs["same"][0].binary == {"f": {"id": "2"}}


def test_pairs_are_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_datasets, "MAX_PAIRS", 3)
    with pytest.raises(NodeError, match="more than 3 pairs"):
        compared(run_node, {"multiple_matches": "all"}, [{"id": 1}] * 2, [{"no": 1}] * 2)


def test_fields_are_needed(run_node: Any) -> None:
    assert get_node_type("compare_datasets").check({}) == {
        "match_fields": ["Name at least one pair of fields to match."]
    }
    with pytest.raises(NodeError) as refused:
        compared(run_node, {"match_fields": [{"left": ""}]})
    assert refused.value.parameter == "match_fields"


_ROWS = st.lists(st.fixed_dictionaries({"id": st.integers(0, 4), "v": st.integers(0, 1)}), max_size=6)


@settings(max_examples=60, deadline=None)
@given(_ROWS, _ROWS)
def test_every_item_of_a_goes_one_way(run_node: Any, a: Any, b: Any) -> None:
    by_id = {"match_fields": [{"left": "id"}], "when_different": "input_a"}
    ran = compared(run_node, by_id, a, b)
    out = [pairs[0][0] for port in ("a_only", "same", "different") for pairs in ran.pairs(port)]
    assert sorted(out) == list(range(len(a)))
    assert compared(run_node, by_id, a, a[::-1]).json("a_only") == []
