from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.registry import get_node_type

ORDER = {
    "id": 7,
    "lines": [{"sku": "a"}, {"sku": "b"}],
    "tags": ["x", "y", "z"],
    "n": None,
    "who": {"p": 1, "q": 2},
}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"fields": [{"field": "lines"}]}, [{"sku": "a"}, {"sku": "b"}]),
        (
            {"fields": [{"field": "lines", "destination": "line"}]},
            [{"line": {"sku": "a"}}, {"line": {"sku": "b"}}],
        ),
        ({"fields": [{"field": "tags"}]}, [{"tags": "x"}, {"tags": "y"}, {"tags": "z"}]),
        ({"fields": [{"field": "who"}]}, [{"who": 1}, {"who": 2}]),
        ({"fields": [{"field": "who.p"}]}, [{"who.p": 1}]),
        ({"fields": [{"field": "n"}]}, [{"n": None}]),
        ({"fields": [{"field": "nothing"}]}, []),
        (
            {"fields": [{"field": "lines"}, {"field": "tags", "destination": "tag"}]},
            [{"lines": {"sku": "a"}, "tag": "x"}, {"lines": {"sku": "b"}, "tag": "y"}, {"tag": "z"}],
        ),
        (
            {"fields": [{"field": "lines"}], "include": "selected", "include_fields": "id, who.p, zz"},
            [{"id": 7, "who.p": 1, "lines": {"sku": "a"}}, {"id": 7, "who.p": 1, "lines": {"sku": "b"}}],
        ),
    ],
)
def test_split_out(run_node: Any, parameters: Any, expected: Any) -> None:
    assert run_node("split_out", parameters, [ORDER]).json() == expected


def test_split_out_with_all_other_fields(run_node: Any) -> None:
    ran = run_node("split_out", {"fields": [{"field": "a.list"}], "include": "all"}, [{"a": {"list": [1], "b": 2}}])
    assert ran.json() == [{"a": {"b": 2}, "a.list": 1}]


def test_split_out_pairs_every_entry_with_its_item(run_node: Any) -> None:
    ran = run_node("split_out", {"fields": [{"field": "l"}]}, [{"l": [1, 2]}, {"l": [3]}])
    assert ran.pairs() == [[(0, 0)], [(0, 0)], [(1, 0)]]


def test_split_out_keeps_files_when_told_so(run_node: Any) -> None:
    batch = ItemBatch([Item({"l": [1]}, {"file": {"id": "f"}})])
    kept = run_node("split_out", {"fields": [{"field": "l"}], "include_binary": True}, batch)
    dropped = run_node("split_out", {"fields": [{"field": "l"}]}, batch)
    assert kept.result.outputs["main"][0].binary == {"file": {"id": "f"}}
    assert dropped.result.outputs["main"][0].binary is None


def test_split_out_without_a_field_is_refused(run_node: Any) -> None:
    with pytest.raises(NodeError, match="Name a field to split out"):
        run_node("split_out", {"fields": [{"field": " "}]}, [{}])


def test_split_out_faults() -> None:
    check = get_node_type("split_out").check
    assert check({"include": "selected"}) == {"include_fields": ["Name the fields to include."]}
    assert check({"include": "all"}) == {}


PEOPLE = [{"user": {"mail": "a@x"}, "t": [1, None]}, {"user": {}}, {"user": {"mail": None}, "t": [2]}]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"fields": [{"field": "user.mail"}]}, {"mail": ["a@x"]}),
        ({"fields": [{"field": "user.mail", "output_name": "to.all"}]}, {"to": {"all": ["a@x"]}}),
        ({"fields": [{"field": "user.mail"}], "keep_missing": True}, {"mail": ["a@x", None, None]}),
        ({"fields": [{"field": "t"}]}, {"t": [[1], [2]]}),
        ({"fields": [{"field": "t"}], "merge_lists": True}, {"t": [1, 2]}),
        ({"fields": [{"field": "user.mail"}], "dot_notation": False}, {"user.mail": []}),
        ({"mode": "all_items"}, {"data": PEOPLE}),
        ({"mode": "all_items", "destination": "all", "include": "except", "include_fields": ["t"]},
         {"all": [{"user": {"mail": "a@x"}}, {"user": {}}, {"user": {"mail": None}}]}),
        ({"mode": "all_items", "include": "selected", "include_fields": "t"},
         {"data": [{"t": [1, None]}, {"t": [2]}]}),
    ],
)  # fmt: skip
def test_aggregate(run_node: Any, parameters: Any, expected: Any) -> None:
    assert run_node("aggregate", parameters, PEOPLE).json() == [expected]


def test_aggregate_pairs_with_every_item_it_used(run_node: Any) -> None:
    assert run_node("aggregate", {"fields": [{"field": "t"}]}, PEOPLE).pairs() == [[(0, 0), (1, 0), (2, 0)]]
    chosen = run_node("aggregate", {"mode": "all_items", "include": "selected", "include_fields": "t"}, PEOPLE)
    assert chosen.pairs() == [[(0, 0), (2, 0)]]


def test_aggregate_gathers_files(run_node: Any) -> None:
    batch = ItemBatch([Item({}, {"f": 1}), Item({}, {"f": 2}), Item({})])
    ran = run_node("aggregate", {"mode": "all_items", "include_binary": True}, batch)
    assert ran.result.outputs["main"][0].binary == {"f": 1, "f_1": 2}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ([{"field": "a.x"}, {"field": "b.x"}], "The name 'x' is used twice."),
        ([{"field": ""}], "A field's name is missing."),
        ([{"field": "a", "output_name": ".".join("a" * 60)}], "A field name may have at most 50 parts."),
    ],
)
def test_aggregate_refuses(run_node: Any, fields: Any, message: Any) -> None:
    with pytest.raises(NodeError, match=message):
        run_node("aggregate", {"fields": fields}, PEOPLE)


def test_aggregate_faults() -> None:
    check = get_node_type("aggregate").check
    assert check({}) == {"fields": ["Name at least one field to collect."]}
    assert check({"fields": [{"field": "a"}]}) == {}
    assert check({"mode": "all_items"}) == {}


NUMBERS = [{"n": number} for number in range(5)]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, [0]),
        ({"max_items": 3}, [0, 1, 2]),
        ({"max_items": "2", "keep": "last"}, [3, 4]),
        ({"max_items": 9, "keep": "last"}, [0, 1, 2, 3, 4]),
        ({"max_items": 0}, []),
        ({"max_items": 0, "keep": "last"}, []),
        ({"max_items": 2.0}, [0, 1]),
    ],
)
def test_limit(run_node: Any, parameters: Any, expected: Any) -> None:
    assert [json["n"] for json in run_node("limit", parameters, NUMBERS).json()] == expected


@pytest.mark.parametrize("value", [-1, 1.5, "many", None, True])
def test_limit_refuses_what_is_no_count(run_node: Any, value: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("limit", {"max_items": value}, NUMBERS)
    assert (refused.value.kind, refused.value.parameter) == ("bad_value", "max_items")


def sorted_by(run_node: Any, items: Any, *fields: Any) -> Any:
    parameters = {"fields": [{"field": name, "order": order} for name, order in fields]}
    return run_node("sort", parameters, items)


def test_sort_by_two_fields_keeps_the_order_of_equals(run_node: Any) -> None:
    items = [{"a": 1, "b": "x"}, {"a": 2, "b": "Y"}, {"a": 1, "b": "Z"}, {"a": 2, "b": "y", "c": 1}]
    ran = sorted_by(run_node, items, ("a", "descending"), ("b", "ascending"))
    assert ran.json() == [items[1], items[3], items[0], items[2]]
    assert ran.pairs() == [[(1, 0)], [(3, 0)], [(0, 0)], [(2, 0)]]


@pytest.mark.parametrize("order", ["ascending", "descending"])
def test_sort_puts_missing_values_last(run_node: Any, order: Any) -> None:
    ran = sorted_by(run_node, [{"a": None}, {"a": 1}, {}, {"a": 2}], ("a", order))
    assert [json.get("a") for json in ran.json()][2:] == [None, None]


def test_sort_by_a_path(run_node: Any) -> None:
    ran = sorted_by(run_node, [{"a": {"b": 2}}, {"a": {"b": 1}}], ("a.b", "ascending"))
    assert ran.json() == [{"a": {"b": 1}}, {"a": {"b": 2}}]


def test_random_order_is_the_same_for_the_same_run(run_node: Any) -> None:
    items = [{"n": number} for number in range(30)]
    first, second = (run_node("sort", {"mode": "random"}, items).json() for _ in range(2))
    assert first == second != items
    assert sorted(first, key=lambda json: json["n"]) == items


def test_sort_without_a_field_is_refused(run_node: Any) -> None:
    with pytest.raises(NodeError, match="at least one field to sort by"):
        run_node("sort", {"fields": []}, NUMBERS)


def test_sort_faults() -> None:
    check = get_node_type("sort").check
    assert check({}) == {"fields": ["Name at least one field to sort by."]}
    assert check({"mode": "random"}) == {}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_JSON, max_size=8), st.sampled_from(["ascending", "descending"]))
def test_any_values_can_be_sorted(values: Any, order: Any) -> None:
    node = get_node_type("sort")
    assert node.check({"fields": [{"field": "v", "order": order}]}) == {}
    from apps.workflows.nodes.support.ordering import order_key

    keys = [order_key(value, order == "descending") for value in values]
    assert len(sorted(keys)) == len(values)
