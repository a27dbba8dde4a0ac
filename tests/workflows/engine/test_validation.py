"""Every fault of a definition is named with its path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.validation.document import validate
from apps.workflows.registry import find_node_type

HOOK = {"id": "hook", "type": "webhook", "name": "Hook", "parameters": {"path": "orders"}}


def node(node_id: str, kind: str = "no_op", **fields: Any) -> dict[str, Any]:
    """A node of a definition."""
    return {"id": node_id, "type": kind, "name": node_id, "position": {"x": 0, "y": 0}, "parameters": {}, **fields}


def link(source: str, target: str, **ports: str) -> dict[str, str]:
    """A connection."""
    return {"source": source, "target": target, **ports}


def faults(nodes: list[Any], connections: list[Any] | None = None, **more: Any) -> dict[str, str]:
    """Path → code of every fault."""
    document = {"schema_version": 1, "nodes": nodes, "connections": connections or [], **more}
    return {fault.path: fault.code for fault in validate(document, find_node_type, {"c1"})}


def test_a_sound_definition_has_no_faults() -> None:
    assert faults([HOOK, node("a")], [link("hook", "a")]) == {}


@pytest.mark.parametrize(
    ("nodes", "path", "code"),
    [
        ([HOOK, node("a", "teleport")], "definition.nodes[1].type", "unknown_node_type"),
        ([HOOK, node("a"), node("a", name="other")], "definition.nodes[2].id", "duplicate_id"),
        ([HOOK, node("a"), node("b", name="a")], "definition.nodes[2].name", "duplicate_name"),
        ([node("a")], "definition.nodes", "no_trigger"),
        ([HOOK, node("a")], "definition.nodes[1]", "unreachable"),
        ([{**HOOK, "parameters": {}}], "definition.nodes[0].parameters.path", "required"),
        (
            [{**HOOK, "parameters": {"path": 7.5, "methods": 3}}],
            "definition.nodes[0].parameters.methods",
            "invalid_parameter",
        ),
        (
            [{**HOOK, "parameters": {"path": "a", "response_mode": "x"}}],
            "definition.nodes[0].parameters.response_mode",
            "invalid_parameter",
        ),
        ([{**HOOK, "parameters": {"path": "a b"}}], "definition.nodes[0].parameters.path", "invalid_parameter"),
        ([{**HOOK, "parameters": {"path": "x" * 400}}], "definition.nodes[0].parameters.path", "invalid_parameter"),
        ([{**HOOK, "credentials": {"header": "gone"}}], "definition.nodes[0].credentials.header", "unknown_credential"),
        (
            [HOOK, node("a", "postgres", parameters={"query": "SELECT 1"})],
            "definition.nodes[1].credentials",
            "credential_missing",
        ),
        ([{**HOOK, "run_if": "$json. +"}], "definition.nodes[0].run_if", "expression_syntax_error"),
        (
            [HOOK, node("a", "http_request", parameters={"url": "={{ $json.a +* }}"})],
            "definition.nodes[1].parameters.url",
            "expression_syntax_error",
        ),
        (
            [HOOK, node("a", "http_request", parameters={"url": "={{" + " " * 70_000 + "}}"})],
            "definition.nodes[1].parameters.url",
            "expression_syntax_error",
        ),
        (
            [HOOK, node("a", "limit", parameters={"max_items": -1})],
            "definition.nodes[1].parameters.max_items",
            "invalid_parameter",
        ),
    ],
)
def test_faults_of_nodes(nodes: list[Any], path: str, code: str) -> None:
    assert faults(nodes)[path] == code


def test_a_fault_in_an_expression_has_line_and_column() -> None:
    parameters = {"url": "=http://x\n{{ $json.a..b }}"}
    document = {"nodes": [HOOK, node("a", "http_request", parameters=parameters)], "connections": [link("hook", "a")]}
    fault = validate(document, find_node_type)[0]
    assert (fault.code, fault.line) == ("expression_syntax_error", 2)
    assert fault.to_data()["column"] == fault.column


def test_expressions_are_found_at_any_depth() -> None:
    parameters = {"assignments": [{"name": "a", "type": "string", "value": "={{ ( }}"}]}
    found = faults([HOOK, node("a", "set", parameters=parameters)], [link("hook", "a")])
    assert found == {"definition.nodes[1].parameters.assignments[0].value": "expression_syntax_error"}


@pytest.mark.parametrize(
    ("connection", "path", "code"),
    [
        (link("hook", "gone"), "definition.connections[0].target", "dangling_connection"),
        (link("gone", "a"), "definition.connections[0].source", "dangling_connection"),
        (link("hook", "a", source_output="left"), "definition.connections[0].source_output", "unknown_port"),
        (link("hook", "a", target_input="up"), "definition.connections[0].target_input", "unknown_port"),
    ],
)
def test_faults_of_connections(connection: dict[str, str], path: str, code: str) -> None:
    assert faults([HOOK, node("a")], [connection])[path] == code


def test_the_error_port_is_always_there() -> None:
    found = faults([HOOK, node("a")], [link("hook", "a", source_output="error")])
    assert set(found.values()) == {"trap_error_output_off"}  # a warning


def test_a_circle_needs_a_loop_node() -> None:
    circle = [link("hook", "a"), link("a", "b"), link("b", "a")]
    assert faults([HOOK, node("a"), node("b")], circle) == {"definition.nodes[1]": "cycle_without_loop"}
    loop = [link("hook", "l"), link("l", "b", source_output="loop"), link("b", "l")]
    assert faults([HOOK, node("l", "loop_over_items"), node("b")], loop) == {}


def test_a_disabled_node_may_be_incomplete() -> None:
    assert faults([HOOK, node("a", "http_request", disabled=True)], [link("hook", "a")]) == {}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "definition"),
        ({"nodes": {}, "connections": []}, "definition.nodes"),
        ({"nodes": [5], "connections": []}, "definition.nodes[0]"),
        ({"nodes": [{"id": "", "type": "x"}], "connections": []}, "definition.nodes[0].id"),
        ({"nodes": [{"id": "x" * 65, "type": "x"}], "connections": []}, "definition.nodes[0].id"),
        (
            {"nodes": [], "connections": [], "settings": {"execution_mode": "warp"}},
            "definition.settings.execution_mode",
        ),
        ({"nodes": [node(str(n)) for n in range(2001)], "connections": []}, "definition.nodes"),
    ],
)
def test_a_wrong_shape_is_named(document: Any, path: str) -> None:
    assert path in [fault.path for fault in validate(document, find_node_type)]


def test_depth_is_refused_without_using_the_stack() -> None:
    deep: Any = []
    for _ in range(10_000):
        deep = [deep]
    found = validate({"nodes": [], "connections": [], "variables": {"x": deep}}, find_node_type)
    assert [fault.code for fault in found] == ["too_deep"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(JSON, st.sampled_from(["webhook", "set", "if", "merge", "http_request", "switch", "code", "schedule"]), JSON)
def test_no_json_makes_validation_raise(anything: Any, kind: str, parameter: Any) -> None:
    validate(anything, find_node_type)
    parameters = {name: parameter for name in ("path", "rules", "conditions", "assignments", "url", "mode")}
    validate({"nodes": [node("a", kind, parameters=parameters)], "connections": []}, find_node_type)
