from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError

PERSON = {"name": "Ada", "age": 36, "home": {"city": "London", "zip": "1"}}


def assign(*entries: Any) -> Any:
    return {"assignments": [{"name": name, "type": kind, "value": value} for name, kind, value in entries]}


def test_new_fields_are_laid_over_the_item(run_node: Any) -> None:
    ran = run_node("set", assign(("age", "number", 37), ("ok", "boolean", True)), [PERSON])
    assert ran.json() == [{**PERSON, "age": 37, "ok": True}]
    assert ran.pairs() == [[(0, 0)]]


def test_values_come_from_the_item(run_node: Any) -> None:
    ran = run_node("set", {**assign(("who", "string", "={{ $json.name }}")), "include": "none"}, [PERSON])
    assert ran.json() == [{"who": "Ada"}]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"include": "all"}, PERSON),
        ({"include": "none"}, {}),
        (
            {"include": "selected", "include_fields": "name, home.city, zz"},
            {"name": "Ada", "home": {"city": "London"}},
        ),
        (
            {"include": "except", "include_fields": ["age", "home.zip"]},
            {"name": "Ada", "home": {"city": "London"}},
        ),
    ],
)
def test_what_is_kept(run_node: Any, parameters: Any, expected: Any) -> None:
    assert run_node("set", parameters, [PERSON]).json() == [expected]


def test_a_selected_field_with_a_dot_in_its_name_stays_one(run_node: Any) -> None:
    ran = run_node("set", {"include": "selected", "include_fields": ["a.b"]}, [{"a.b": 1, "a": {"b": 2}}])
    assert ran.json() == [{"a.b": 1}]


def test_dot_notation(run_node: Any) -> None:
    entry = assign(("home.city", "string", "Paris"))
    assert run_node("set", entry, [PERSON]).json()[0]["home"] == {"city": "Paris", "zip": "1"}
    assert run_node("set", {**entry, "dot_notation": False, "include": "none"}, [PERSON]).json() == [
        {"home.city": "Paris"}
    ]
    assert PERSON["home"] == {"city": "London", "zip": "1"}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("string", 5, "5"),
        ("string", {"a": [1]}, '{"a":[1]}'),
        ("number", "2.5", 2.5),
        ("boolean", "true", True),
        ("array", "[1, 2]", [1, 2]),
        ("array", [3], [3]),
        ("object", '{"a": 1}', {"a": 1}),
        ("any", [None], [None]),
        ("number", None, None),
    ],
)
def test_conversions(run_node: Any, kind: Any, value: Any, expected: Any) -> None:
    assert run_node("set", {**assign(("x", kind, value)), "include": "none"}, [{}]).json() == [{"x": expected}]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", "x"), ("boolean", "maybe"), ("array", "{}"), ("object", "["), ("object", 5)],
)
def test_conversion_errors(run_node: Any, kind: Any, value: Any) -> None:
    parameters = {**assign(("x", kind, value)), "include": "none"}
    with pytest.raises(NodeError) as refused:
        run_node("set", parameters, [{}])
    assert refused.value.to_data() == {
        "message": f"The value of 'x' cannot be read as {kind}.",
        "kind": "conversion_failed",
        "retryable": False,
        "item": 0,
        "parameter": "assignments[0]",
    }
    assert run_node("set", {**parameters, "ignore_conversion_errors": True}, [{}]).json() == [{"x": value}]


@pytest.mark.parametrize(("name", "kind"), [("", "string"), ("a", "date")])
def test_bad_assignments_are_refused(run_node: Any, name: Any, kind: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("set", assign((name, kind, 1)), [{}])
    assert refused.value.kind == "bad_value"


@pytest.mark.parametrize("json", ['{"a": 1}', {"a": 1}])
def test_json_mode(run_node: Any, json: Any) -> None:
    ran = run_node("set", {"mode": "raw_json", "json": json}, [{"a": 0, "b": 2}])
    assert ran.json() == [{"a": 1, "b": 2}]


@pytest.mark.parametrize(("json", "message"), [("[1]", "must be an object"), ("{a}", "not valid JSON")])
def test_json_that_is_no_object_is_refused(run_node: Any, json: Any, message: Any) -> None:
    with pytest.raises(NodeError, match=message):
        run_node("set", {"mode": "raw_json", "json": json}, [{}])


def test_files_are_kept_unless_told_otherwise(run_node: Any) -> None:
    batch = ItemBatch([Item({}, {"f": {"id": "1"}})])
    assert run_node("set", {}, batch).result.outputs["main"][0].binary == {"f": {"id": "1"}}
    assert run_node("set", {"include_binary": False}, batch).result.outputs["main"][0].binary is None


def test_one_failing_item_does_not_stop_the_others(run_node: Any) -> None:
    parameters = assign(("x", "number", "={{ $json.v }}"))
    ran = run_node("set", parameters, [{"v": "1"}, {"v": "no"}, {"v": "3"}], on_error="error_output")
    assert [json["x"] for json in ran.json()] == [1, 3]
    (failed,) = ran.result.failed
    assert (failed.json["v"], failed.json["error"]["item"]) == ("no", 1)
