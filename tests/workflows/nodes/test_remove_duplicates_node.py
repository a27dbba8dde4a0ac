from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.registry import get_node_type

ITEMS = [
    {"id": 1, "who": {"mail": "a", "n": 1}},
    {"who": {"n": 1, "mail": "a"}, "id": 1.0},
    {"id": "1", "who": {"mail": "a", "n": 2}},
    {"id": True, "who": {"mail": None}},
    {"id": 1, "who": {}},
]


@pytest.mark.parametrize(
    ("parameters", "kept"),
    [
        ({}, [0, 2, 3, 4]),
        ({"compare": "selected", "include_fields": "id"}, [0, 2, 3]),
        ({"compare": "selected", "include_fields": ["who.mail"]}, [0, 3, 4]),
        ({"compare": "selected", "include_fields": ["who.mail"], "dot_notation": False}, [0]),
        ({"compare": "selected", "include_fields": "id, who.mail"}, [0, 2, 3, 4]),
        ({"compare": "except", "include_fields": "who.n"}, [0, 2, 3, 4]),
        ({"compare": "except", "include_fields": "id, who.n"}, [0, 3, 4]),
        ({"compare": "except", "include_fields": "id,who"}, [0]),
    ],
)
def test_the_first_of_each_kind_stays(run_node: Any, parameters: Any, kept: Any) -> None:
    ran = run_node("remove_duplicates", parameters, ITEMS)
    assert ran.json() == [ITEMS[at] for at in kept]
    assert ran.pairs() == [[(at, 0)] for at in kept]


def test_only_the_compared_fields_are_kept_when_told_so(run_node: Any) -> None:
    common = {"remove_other_fields": True, "include_fields": "id, who.mail"}
    items = [{"id": 1, "who": {"mail": "a", "n": 1}}, {"id": 2}]
    selected = run_node("remove_duplicates", {**common, "compare": "selected"}, items)
    assert selected.json() == [{"id": 1, "who": {"mail": "a"}}, {"id": 2}]
    excepted = run_node("remove_duplicates", {**common, "compare": "except"}, items)
    assert excepted.json() == [{"who": {"n": 1}}, {}]
    assert run_node("remove_duplicates", {"remove_other_fields": True}, items).json() == items


def test_files_stay_with_their_item(run_node: Any) -> None:
    ran = run_node("remove_duplicates", {}, ItemBatch([Item({}, {"f": {"id": "1"}}), Item({}, {"f": {"id": "2"}})]))
    assert [item.binary for item in ran.result.outputs["main"]] == [{"f": {"id": "1"}}]


def test_names_are_needed(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("remove_duplicates", {"compare": "selected", "include_fields": "={{ '' }}"}, ITEMS)
    assert (refused.value.kind, refused.value.parameter) == ("bad_value", "include_fields")


def test_faults() -> None:
    check = get_node_type("remove_duplicates").check
    assert check({"compare": "except"}) == {"include_fields": ["Name the fields."]}
    assert check({"compare": "all"}) == {}


_VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "1", "a"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("ab"), _VALUES | st.lists(_VALUES, max_size=2)), max_size=8))
def test_what_is_left_has_no_duplicate_and_all_kinds(run_node: Any, items: Any) -> None:
    def exact(json: Any) -> str:
        return repr(sorted(json.items()))

    left = run_node("remove_duplicates", {}, items).json()
    assert [exact(json) for json in left] == list(dict.fromkeys(exact(json) for json in items))
    assert run_node("remove_duplicates", {}, left).json() == left
