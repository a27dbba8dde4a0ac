"""Differences between definitions: the old one and they make the new one."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.diffs import diff_definitions

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "a.b", "[0]"]), inner, max_size=3)
    ),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.sampled_from(["url", "rules", "x"]), JSON, max_size=3)
PLACES = st.none() | st.fixed_dictionaries({"x": st.integers(0, 2), "y": st.just(0)})
NODES = st.dictionaries(
    st.sampled_from("abcd"),
    st.fixed_dictionaries({"type": st.sampled_from(["set", "if"]), "parameters": OBJECTS, "position": PLACES}),
    max_size=4,
)
WIRES = st.lists(
    st.fixed_dictionaries(
        {"source": st.sampled_from("abcd"), "target": st.sampled_from("abcd")},
        optional={"source_output": st.sampled_from(["main", "no"]), "target_input": st.sampled_from(["", "main"])},
    ),
    max_size=4,
)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    nodes = [{"id": node_id, "name": node_id, **node} for node_id, node in draw(NODES).items()]
    return {"nodes": nodes, "connections": draw(WIRES), "variables": draw(OBJECTS), "settings": draw(OBJECTS)}


def changed(value: Any, changes: list[Any]) -> Any:
    """The value with changes carried out."""
    for change in changes:
        *way, last = change["keys"]
        at = value
        for key in way:
            at = at[key]
        if "new" in change:
            at[last] = change["new"]
        else:
            del at[last]
    return value


def applied(old: dict[str, Any], diff: dict[str, Any]) -> dict[str, Any]:
    """The old definition with the differences carried out, its nodes by id and its connections by their ends."""
    old = copy.deepcopy(old)
    gone = {node["id"] for node in diff["nodes"]["removed"]}
    nodes = {node["id"]: node for node in [*old["nodes"], *diff["nodes"]["added"]] if node["id"] not in gone}
    for one in diff["nodes"]["changed"]:
        changed(nodes[one["id"]], one["changes"])
    for node_id in diff["nodes"]["moved"]:
        nodes[node_id]["position"] = diff["nodes"]["positions"][node_id]["new"]
    return {
        "nodes": nodes,
        "connections": (ends(old["connections"]) - ends(diff["connections"]["removed"]))
        | ends(diff["connections"]["added"]),
        "variables": changed(old["variables"], diff["variables"]),
        "settings": changed(old["settings"], diff["settings"]),
    }


def ends(connections: list[Any]) -> set[Any]:
    return {
        (one["source"], one.get("source_output") or "main", one["target"], one.get("target_input") or "main")
        for one in connections
    }


def in_order(definition: dict[str, Any]) -> dict[str, Any]:
    return {
        **definition,
        "nodes": {node["id"]: node for node in definition["nodes"]},
        "connections": ends(definition["connections"]),
    }


@given(definitions(), definitions())
@settings(max_examples=300, deadline=None)
def test_the_old_one_and_the_differences_make_the_new_one(old: Any, new: Any) -> None:
    made = applied(old, diff_definitions(old, new))
    assert repr_of(made) == repr_of(in_order(new))


def repr_of(value: Any) -> Any:
    """The value with true told from 1, whatever the order of members."""
    if isinstance(value, dict):
        return {name: repr_of(member) for name, member in value.items()}
    if isinstance(value, list):
        return [repr_of(entry) for entry in value]
    return (type(value).__name__, value)


@given(definitions())
def test_nothing_differs_from_itself(one: Any) -> None:
    diff = diff_definitions(one, copy.deepcopy(one))
    assert not any([*diff["nodes"].values(), *diff["connections"].values(), diff["variables"], diff["settings"]])


def test_a_change_is_named_by_its_place() -> None:
    def document(value: Any, **more: Any) -> dict[str, Any]:
        return {"nodes": [{"id": "n", "name": "Net", "parameters": {"list": [{"value": value}], **more}}]}

    diff = diff_definitions(document(1), document(True, url="x"))
    assert diff["nodes"]["changed"] == [
        {
            "id": "n",
            "name": "Net",
            "changes": [
                {
                    "path": "parameters.list[0].value",
                    "keys": ["parameters", "list", 0, "value"],
                    "old": 1,
                    "new": True,
                },
                {"path": "parameters.url", "keys": ["parameters", "url"], "new": "x"},
            ],
        }
    ]


def test_a_node_that_only_moved_is_not_changed() -> None:
    old = {"nodes": [{"id": "n", "position": {"x": 0, "y": 0}}]}
    new = {"nodes": [{"id": "n", "position": {"x": 16, "y": 0}}]}
    found = diff_definitions(old, new)["nodes"]
    assert (found["changed"], found["moved"]) == ([], ["n"])
    assert found["positions"] == {"n": {"old": {"x": 0, "y": 0}, "new": {"x": 16, "y": 0}}}


@pytest.mark.parametrize(("old", "new"), [(1, 1.0), ([1], [1.0])])
def test_equal_numbers_are_the_same(old: Any, new: Any) -> None:
    assert diff_definitions({"settings": {"a": old}}, {"settings": {"a": new}})["settings"] == []
