from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes import json_node
from apps.workflows.nodes.support import csv_text


def read(run_node: Any, text: Any, **more: Any) -> Any:
    return run_node("csv", {"text": "={{ $json.t }}", **more}, [{"t": text}]).json()


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("a,b\n1,x\n2,y", {}, [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]),
        ("\ufeffa;b\r\n1,5;x\r\n", {}, [{"a": "1,5", "b": "x"}]),
        ("a\tb\n1\t2", {}, [{"a": "1", "b": "2"}]),
        ("a|b\n1|2", {"delimiter": ","}, [{"a|b": "1|2"}]),
        ("a\tb;c\n1\t2", {"delimiter": "\\t"}, [{"a": "1", "b;c": "2"}]),
        ('a,b\n"x, ""y""\nz",2', {}, [{"a": 'x, "y"\nz', "b": "2"}]),
        ("a,,a,a\n1,2,3,4,5\n6", {}, [
            {"a": "1", "column_2": "2", "a_3": "3", "a_4": "4", "column_5": "5"},
            {"a": "6", "column_2": "", "a_3": "", "a_4": "", "column_5": ""}]),
        ("1,2\n\n3,4", {"header": False}, [{"column_1": "1", "column_2": "2"}, {"column_1": "3", "column_2": "4"}]),
        ("a\n1\n2\n3", {"max_rows": 2}, [{"a": "1"}, {"a": "2"}]),
        ("", {}, []),
        ("a,b", {}, []),
    ],
)  # fmt: skip
def test_csv_to_items(run_node: Any, text: Any, more: Any, expected: Any) -> None:
    assert read(run_node, text, **more) == expected


def test_rows_are_paired_with_the_item_they_came_from(run_node: Any) -> None:
    ran = run_node("csv", {"text": "={{ $json.t }}"}, [{"t": "a\n1\n2"}, {"t": "a\n3"}])
    assert ran.pairs() == [[(0, 0)], [(0, 0)], [(1, 0)]]


@pytest.mark.parametrize(
    ("text", "more", "parameter", "message"),
    [
        ('a\n"x', {}, "text", "Line 2: unexpected end of data."),
        ("a\n" + "x" * 200_000, {}, "text", "field larger than field limit"),
        ("," * 5_001 + "x", {}, "text", "more than 5000 columns"),
        ("a", {"delimiter": "ab"}, "delimiter", "A delimiter is one character."),
        ("a", {"delimiter": '"'}, "delimiter", "A delimiter is one character."),
        ("a", {"max_rows": 0}, "max_rows", "A whole number from 1 to 100000"),
    ],
)
def test_csv_refusals(run_node: Any, text: Any, more: Any, parameter: Any, message: Any) -> None:
    with pytest.raises(NodeError) as refused:
        read(run_node, text, **more)
    assert (refused.value.parameter, refused.value.item) == (parameter, 0)
    assert message in refused.value.message


def test_items_to_csv(run_node: Any) -> None:
    items = [{"a": 1, "b": "x;y"}, {"b": "=1+1", "c": [1]}, {"a": None}]
    ran = run_node("csv", {"operation": "to_text", "delimiter": ";", "output_field": "f.csv"}, items)
    assert ran.json() == [{"f": {"csv": 'a;b;c\r\n1;"x;y";\r\n;=1+1;[1]\r\n;;\r\n'}}]
    assert ran.pairs() == [[(0, 0), (1, 0), (2, 0)]]
    guarded = run_node("csv", {"operation": "to_text", "guard_formulas": True, "header": False}, items[1:2])
    assert guarded.json() == [{"data": "'=1+1,[1]\r\n"}]


def test_csv_is_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("csv", {"operation": "to_text", "output_field": "[]"}, [{"a": 1}])
    assert refused.value.parameter == "output_field"
    with pytest.raises(NodeError, match="More than 5000 columns"):
        run_node("csv", {"operation": "to_text"}, [{f"a{number}": 1 for number in range(5_001)}])
    monkeypatch.setattr(csv_text, "MAX_TEXT", 10)
    with pytest.raises(NodeError, match="more than 10 characters"):
        run_node("csv", {"operation": "to_text"}, [{"a": "x" * 20}])
    with pytest.raises(NodeError, match="longer than 10 characters"):
        read(run_node, "x" * 11)


_ROW = st.fixed_dictionaries({"a": st.text("ab,;\"'\n \t=", min_size=1), "b": st.text("1\u00e9|", max_size=3)})


@settings(max_examples=80, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=5), st.sampled_from([",", ";", "|", "\t"]))
def test_csv_that_was_written_is_read_again(run_node: Any, rows: Any, delimiter: str) -> None:
    (made,) = run_node("csv", {"operation": "to_text", "delimiter": delimiter}, rows).json()
    assert read(run_node, made["data"], delimiter=delimiter) == rows


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ('{"a": 1}', {}, [{"a": 1}]),
        ('[{"a": 1}, 2, [3]]', {}, [{"a": 1}, {"data": 2}, {"data": [3]}]),
        ("[]", {}, []),
        ("null", {}, [{"data": None}]),
        ("[1]", {"output_field": "x.y"}, [{"t": "[1]", "x": {"y": [1]}}]),
    ],
)
def test_json_is_read(run_node: Any, text: Any, more: Any, expected: Any) -> None:
    ran = run_node("json", {"text": "={{ $json.t }}", **more}, [{"t": text}])
    assert ran.json() == expected
    assert ran.pairs() == [[(0, 0)]] * len(expected)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"operation": "write"}, [{"a": "é", "data": '{"a":"é"}'}, {"a": 1.5, "data": '{"a":1.5}'}]),
        ({"operation": "write", "value": "={{ [$json.a] }}", "output_field": "j", "indent": True},
         [{"a": "é", "j": '[\n  "é"\n]'}, {"a": 1.5, "j": "[\n  1.5\n]"}]),
        ({"operation": "write_all"}, [{"data": '[{"a":"é"},{"a":1.5}]'}]),
    ],
)  # fmt: skip
def test_json_is_written(run_node: Any, more: Any, expected: Any) -> None:
    assert run_node("json", more, [{"a": "é"}, {"a": 1.5}]).json() == expected


def test_all_items_are_the_origin_of_one_text(run_node: Any) -> None:
    assert run_node("json", {"operation": "write_all"}, [{}, {}]).pairs() == [[(0, 0), (1, 0)]]


@pytest.mark.parametrize(
    ("parameters", "kind", "parameter"),
    [
        ({"text": "{"}, "bad_json", "text"),
        ({"text": "={{ '['.repeat(200) + ']'.repeat(200) }}"}, "bad_json", "text"),
        ({"text": "NaN"}, "bad_json", "text"),
        ({"text": "={{ '1'.repeat(60) }}"}, "too_large", "text"),
        ({"operation": "write", "value": "={{ '1'.repeat(60) }}"}, "too_large", "value"),
        ({"operation": "write", "output_field": "[]"}, "bad_value", "output_field"),
    ],
)
def test_json_refusals(
    run_node: Any, monkeypatch: pytest.MonkeyPatch, parameters: Any, kind: Any, parameter: Any
) -> None:
    if kind == "too_large":
        monkeypatch.setattr(json_node, "MAX_TEXT", 50)
    with pytest.raises(NodeError) as refused:
        run_node("json", parameters)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == (kind, parameter, 0)
