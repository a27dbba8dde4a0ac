from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support import aggregations
from apps.workflows.registry import get_node_type

SALES = [
    {"who": {"land": "DE"}, "year": 1, "total": 5, "tag": "a"},
    {"who": {"land": "AT"}, "year": 1, "total": "2.5", "tag": None},
    {"who": {"land": "DE"}, "year": 2, "total": 10, "tag": "a"},
    {"who": {}, "year": "1", "tag": ""},
]


def one(aggregation: str, field: str, **more: Any) -> dict[str, Any]:
    return {"fields": [{"aggregation": aggregation, "field": field, **more}]}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (one("sum", "total"), {"sum_total": 17.5}),
        (one("average", "year"), {"average_year": 1.25}),
        (one("min", "total"), {"min_total": 5}),
        (one("max", "total"), {"max_total": "2.5"}),
        (one("max", "who.land"), {"max_who_land": "DE"}),
        (one("count", "tag"), {"count_tag": 2}),
        (one("count", "tag", include_empty=True), {"count_tag": 4}),
        (one("count_unique", "year"), {"unique_count_year": 3}),
        (one("count_unique", "tag", include_empty=True), {"unique_count_tag": 3}),
        (one("append", "tag"), {"appended_tag": ["a", "a"]}),
        (one("append", "tag", include_empty=True), {"appended_tag": ["a", None, "a", ""]}),
        (one("concatenate", "who.land"), {"concatenated_who_land": "DE,AT,DE"}),
        (one("concatenate", "who", separator="; "),
         {"concatenated_who": '{"land":"DE"}; {"land":"AT"}; {"land":"DE"}; {}'}),
        (one("concatenate", "tag", include_empty=True, separator="-"), {"concatenated_tag": "a--a-"}),
        (one("sum", "total", output_name="all"), {"all": 17.5}),
        ({"fields": [{"field": "tag"}]}, {"count_tag": 2}),
        ({**one("sum", "who.land"), "dot_notation": False, "ignore_missing": True}, {"sum_who_land": 0}),
        ({**one("average", "no[\"x y\"]"), "ignore_missing": True}, {"average_nox_y": None}),
        ({**one("min", "nothing"), "ignore_missing": True}, {"min_nothing": None}),
    ],
)  # fmt: skip
def test_all_items_together(run_node: Any, parameters: Any, expected: Any) -> None:
    ran = run_node("summarize", parameters, SALES)
    assert ran.json() == [expected]
    assert ran.pairs() == [[(0, 0), (1, 0), (2, 0), (3, 0)]]


@pytest.mark.parametrize(
    ("parameters", "expected", "pairs"),
    [
        ({"group_by": ["who.land"]},
         [{"who_land": "DE", "sum_total": 15}, {"who_land": "AT", "sum_total": 2.5},
          {"who_land": None, "sum_total": 0}],
         [[(0, 0), (2, 0)], [(1, 0)], [(3, 0)]]),
        ({"group_by": "who.land", "skip_empty_groups": True},
         [{"who_land": "DE", "sum_total": 15}, {"who_land": "AT", "sum_total": 2.5}], [[(0, 0), (2, 0)], [(1, 0)]]),
        ({"group_by": "year"},
         [{"year": 1, "sum_total": 7.5}, {"year": 2, "sum_total": 10}, {"year": "1", "sum_total": 0}],
         [[(0, 0), (1, 0)], [(2, 0)], [(3, 0)]]),
        ({"group_by": "year, who.land", "skip_empty_groups": True, "output": "single_item"},
         [{"1": {"DE": {"sum_total": 5}, "AT": {"sum_total": 2.5}}, "2": {"DE": {"sum_total": 10}}}],
         [[(0, 0), (1, 0), (2, 0)]]),
        ({"group_by": "year", "output": "single_item"}, [{"1": {"sum_total": 7.5}, "2": {"sum_total": 10}}],
         [[(0, 0), (1, 0), (2, 0), (3, 0)]]),
        ({"output": "single_item"}, [{"sum_total": 17.5}], [[(0, 0), (1, 0), (2, 0), (3, 0)]]),
    ],
)  # fmt: skip
def test_in_groups(run_node: Any, parameters: Any, expected: Any, pairs: Any) -> None:
    ran = run_node("summarize", {**one("sum", "total"), **parameters}, SALES)
    assert ran.json() == expected
    assert ran.pairs() == pairs


@pytest.mark.parametrize(
    ("parameters", "kind", "parameter", "item"),
    [
        (one("sum", "who.land"), "conversion_failed", "fields[0].field", 0),
        ({**one("sum", "total"), "group_by": ["year", *(f"g{n}" for n in range(20))]}, "bad_value", "group_by", None),
        (one("sum", "nothing"), "field_missing", "fields[0].field", None),
        (one("median", "total"), "bad_value", "fields[0]", None),
        (one("sum", ""), "bad_value", "fields[0]", None),
        ({"fields": []}, "bad_value", "fields", None),
        ({"fields": [{"field": "a b"}, {"field": "a.b"}]}, "bad_value", "fields", None),
    ],
)
def test_refusals(run_node: Any, parameters: Any, kind: Any, parameter: Any, item: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("summarize", parameters, SALES)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == (kind, parameter, item)


def test_the_item_with_the_bad_value_is_named(run_node: Any) -> None:
    items = [{"g": 1, "n": 1}, {"g": 2, "n": 1}, {"g": 1}, {"g": 1, "n": True}]
    with pytest.raises(NodeError, match="The value 'true' is not a number") as refused:
        run_node("summarize", {**one("average", "n"), "group_by": "g"}, items)
    assert refused.value.item == 3


@pytest.mark.parametrize("values", [[1e308, 1e308], [10**300, 1.5, 1e308, 10**299 * 10**20]])
def test_sums_beyond_numbers(run_node: Any, values: Any) -> None:
    with pytest.raises(NodeError, match="'Infinity' is not a number"):
        run_node("summarize", one("sum", "n"), [{"n": value} for value in values])


def test_joined_texts_are_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregations, "MAX_TEXT", 10)
    with pytest.raises(NodeError) as refused:
        run_node("summarize", one("concatenate", "t"), [{"t": "12345"}, {"t": "12345"}])
    assert (refused.value.kind, refused.value.parameter) == ("too_large", "fields[0].field")


def test_the_declaration_needs_fields() -> None:
    fields = get_node_type("summarize").parameters[0]
    assert (fields.required, fields.validation) == (True, {"min": 1, "max": 100})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-100, 100)), min_size=1))
def test_the_groups_add_up(run_node: Any, rows: Any) -> None:
    items = [{"g": group, "n": number} for group, number in rows]
    fields = {"fields": [{"aggregation": name, "field": "n"} for name in ("sum", "count", "min", "max", "append")]}
    groups = run_node("summarize", {**fields, "group_by": "g"}, items).json()
    assert sum(group["sum_n"] for group in groups) == sum(number for _, number in rows)
    assert sum(group["count_n"] for group in groups) == len(rows)
    assert all(group["min_n"] == min(group["appended_n"]) for group in groups)
    assert max(group["max_n"] for group in groups) == max(number for _, number in rows)
