from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.validation.document import validate
from apps.workflows.interchange.importing import detect_format, import_documents
from apps.workflows.interchange.n8n.workflow import import_n8n
from apps.workflows.registry import find_node_type
from exprsn.kernel.errors import InvalidInput


def nodes_of(outcome: Any) -> dict[str, Any]:
    return {node["name"]: node for node in outcome.definition["nodes"]}


def test_the_report(load: Any) -> None:
    report = import_n8n(load("orders")).report
    assert report.to_data() == {
        "source": "n8n",
        "nodes": 6,
        "nodes_converted": 5,
        "placeholders": [
            {
                "node": "Tell sales",
                "type": "n8n-nodes-base.slack",
                "reason": "This node type is not supported yet.",
            }
        ],
        "expressions": 4,
        "expressions_supported": 4,
        "credentials_needed": [{"node": "a", "kind": "header", "name": "Shop key"}],
        "warnings": ["The workflow named another one for its errors; choose it again in the settings."],
    }


def test_an_empty_export_is_said_to_be_empty() -> None:
    (outcome,) = import_documents({"name": "Nothing", "nodes": [], "connections": {}})
    assert outcome.definition["nodes"] == []
    assert outcome.report.to_data()["warnings"] == ["The export has no nodes, so the workflow is empty."]


def test_name_and_settings(load: Any) -> None:
    outcome = import_n8n(load("orders"))
    assert outcome.name == "Orders 🧾 “daily”"
    assert outcome.settings == {
        "timezone": "Europe/Berlin",
        "timeout_seconds": 120,
        "save_success": False,
        "save_progress": "every_node",
    }
    assert outcome.definition["settings"] == outcome.settings


def test_converted_nodes(load: Any) -> None:
    nodes = nodes_of(import_n8n(load("orders")))
    assert nodes["When called"] == {
        "id": "a",
        "type": "webhook",
        "type_version": 1,
        "name": "When called",
        "position": {"x": 0, "y": 0},
        "parameters": {
            "path": "orders/:shop",
            "methods": ["POST"],
            "auth": "header",
            "response_mode": "respond_node",
            "raw_body": False,
        },
        "credentials": {},
        "disabled": False,
        "pinned_data": [{"json": {"body": {"lines": []}}}],
    }
    assert nodes["Price it"]["retry"] == {"enabled": True, "max_retries": 4, "delay_ms": 2000}
    assert nodes["Price it"]["notes"] == "Rounds nothing"
    assert nodes["Sticky Note"]["parameters"] == {
        "content": "## Orders", "width": 560, "height": 208, "color": 4
    }  # fmt: skip


def test_objects_in_json_text_are_put_in_as_json(load: Any) -> None:
    body = nodes_of(import_n8n(load("orders")))["Answer"]["parameters"]["json_body"]
    assert body == (
        '={\n "items": {{ ((value) => typeof value === "object" ? JSON.stringify(value) : value)($json) }}, '
        '"name": "{{ $json.name }}"\n}'
    )


def test_an_unsupported_node_keeps_its_data(load: Any) -> None:
    data = load("orders")
    node = nodes_of(import_n8n(data))["Tell sales"]
    assert (node["type"], node["disabled"], node["on_error"]) == ("placeholder", True, "error_output")
    assert node["parameters"] == {
        "original_type": "n8n-nodes-base.slack",
        "reason": "This node type is not supported yet.",
        "original": data["nodes"][4],
        "original_connections": {},
        "input_ports": ["main"],
        "output_ports": ["main", "output_2"],
    }


def test_connections_go_by_id_and_port(load: Any) -> None:
    ends = [
        (made["source"], made["source_output"], made["target"], made["target_input"], made["type"])
        for made in import_n8n(load("orders")).definition["connections"]
    ]
    assert ends == [
        ("a", "main", "b", "main", "main"),
        ("b", "main", "c", "main", "main"),
        ("c", "main", "d", "main", "main"),
        ("d", "true", "e", "main", "conditional"),
        ("d", "false", "f", "main", "conditional"),
        ("e", "main", "f", "main", "main"),
        ("e", "output_2", "f", "main", "main"),
    ]


@pytest.mark.parametrize("name", ["orders", "assistant", "damaged", "kinds"])
def test_the_definition_has_no_structural_fault(load: Any, name: str) -> None:
    faults = validate(import_documents(load(name))[0].definition, find_node_type)
    codes = {fault.code for fault in faults if not fault.code.startswith("trap_")}
    assert codes <= {"no_trigger", "unreachable"}


def test_what_lends_itself_to_an_agent_is_kept_as_data(load: Any) -> None:
    outcome = import_documents(load("assistant"))[0]
    nodes = nodes_of(outcome)
    model = nodes["Model"]["parameters"]
    assert model["original_connections"] == {
        "ai_languageModel": [[{"node": "Agent", "type": "ai_languageModel", "index": 0}]]
    }
    assert nodes["Lookup"]["parameters"]["reason"] == "It is a part of an AI node, which is not supported yet."
    assert [made["source"] for made in outcome.definition["connections"]] == ["node-1", "node-2"]
    assert outcome.report.warnings == ["2 connections that lend models, tools or memory to AI nodes are kept as data."]
    assert (outcome.report.nodes, outcome.report.nodes_converted) == (5, 1)


def test_damaged_exports_are_read_as_far_as_can_be(load: Any) -> None:
    outcome = import_n8n(load("damaged"))
    assert outcome.name == "Imported workflow"
    assert [(node["id"], node["name"], node["type"]) for node in outcome.definition["nodes"]] == [
        ("node-1", "Start", "manual"),
        ("node-2", "Twin", "no_op"),
        ("same", "Twin 2", "no_op"),
        ("node-4", "7", "no_op"),
        ("node-5", "Node 5", "placeholder"),
        ("l", 'Say "hi" 👋', "limit"),
    ]
    assert [node["position"] for node in outcome.definition["nodes"]][:4] == [
        {"x": 0, "y": 0},
        {"x": 0, "y": 112},
        {"x": 0, "y": 224},
        {"x": 0, "y": 336},
    ]
    last = outcome.definition["nodes"][-1]
    assert (last["execute_once"], last["always_output_data"], last["disabled"]) == (True, True, True)
    assert outcome.definition["nodes"][3]["on_error"] == "continue"


def test_damaged_connections_are_reported(load: Any) -> None:
    outcome = import_n8n(load("damaged"))
    assert [(made["source"], made["target"]) for made in outcome.definition["connections"]] == [
        ("node-1", "node-2"),
        ("node-2", "l"),
    ]
    assert outcome.report.warnings == [
        "A node called “Twin” is now “Twin 2”; expressions may mean another.",
        "A node called “” is now “Node 5”; expressions may mean another.",
        "A connection from “7” leads to or from a node that is not there.",
        "A connection from “Ghost” leads to or from a node that is not there.",
        "The connection from “Twin” to “7” uses a port that is not there.",
    ]


def test_the_error_output_comes_after_the_others() -> None:
    data = {
        "nodes": [
            {"name": "A", "type": "n8n-nodes-base.if", "typeVersion": 2, "onError": "continueErrorOutput"},
            {"name": "B", "type": "n8n-nodes-base.noOp"},
        ],
        "connections": {"A": {"main": [[], [], [{"node": "B"}]]}},
    }
    (made,) = import_n8n(data).definition["connections"]
    assert (made["source_output"], made["type"]) == ("error", "error")


def test_expressions_that_do_not_compile_are_counted_and_named() -> None:
    values = {"string": [{"name": "a", "value": "={{ $json.a +* }}"}, {"name": "b", "value": "={{ 1 }}"}]}
    data = {"nodes": [{"name": "A", "type": "n8n-nodes-base.set", "parameters": {"values": values}}]}
    report = import_n8n(data).report
    assert (report.nodes_converted, report.expressions, report.expressions_supported) == (1, 2, 1)
    assert report.warnings == [
        "“A”: the expression in values.string[0].value is not supported: Unexpected “*”. (={{ $json.a +* }})"
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: data,
        lambda data: {"workflow": data},
        lambda data: {"data": data},
        lambda data: {"template": {"workflow": data}},
        lambda data: [data],
        lambda data: {"data": [data]},
    ],
)
def test_wrappers(load: Any, wrap: Any) -> None:
    data = wrap(load("orders"))
    assert detect_format(data) == "n8n"
    assert [outcome.report.nodes for outcome in import_documents(data)] == [6]
    assert import_n8n(data).report.nodes == 6


@pytest.mark.parametrize("wrap", [lambda one: [one, one], lambda one: {"workflows": [one, one]}])
def test_bundles(load: Any, wrap: Any) -> None:
    data = wrap(load("assistant"))
    assert detect_format(data) == "bundle"
    assert [outcome.name for outcome in import_documents(data)] == ["Assistant", "Assistant"]


@pytest.mark.parametrize(
    "data",
    [
        None, 5, "text", [], {}, {"nodes": 5}, {"nodes": [1, 2]}, {"nodes": [{"name": "A"}]}, {"nodes": None},
        {"nodes": [{"type": "set"}], "schema_version": 1}, {"workflow": {"workflow": 5}}, [[[[[[[[1]]]]]]]],
        {"workflows": [{}, {}]}, [{"nodes": []}, 5], {"nodes": [{"type": "x", "parameters": {1, 2}}]},
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_workflow_is_refused(data: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        import_documents(data)
    assert refused.value.code == "import_not_recognized"


def test_an_empty_workflow_is_one() -> None:
    outcome = import_documents({"nodes": None, "connections": None})[0]
    assert outcome.definition["nodes"] == []


def test_import_n8n_refuses_other_files() -> None:
    with pytest.raises(InvalidInput, match="not an export of n8n"):
        import_n8n({"format": "exprsn-workflow"})


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"nodes": [{"type": "x", "parameters": nested(5_000)}]}, "more than 80 levels deep"),
        ({"nodes": [{"type": "x"}] * 2_001}, "2001 nodes; at most 2000"),
        ([{"nodes": []}] * 501, "at most 500 workflows"),
    ],
    ids=["deep", "many nodes", "many workflows"],
)
def test_too_much_is_refused(data: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        import_documents(data)


def test_text_that_cannot_be_stored_is_replaced() -> None:
    data = {
        "nodes": [{"name": "A\x00\ud800", "type": "n8n-nodes-base.noOp", "notes": "\x00"}],
        "connections": {},
    }
    (node,) = import_n8n(data).definition["nodes"]
    assert (node["name"], node["notes"]) == ("A\ufffd\ufffd", "\ufffd")


def test_connections_that_are_too_many_are_cut() -> None:
    targets = [{"node": "B", "index": 0}] * 10_001
    data = {
        "nodes": [{"name": name, "type": "n8n-nodes-base.noOp"} for name in "AB"],
        "connections": {"A": {"main": [targets]}},
    }
    outcome = import_n8n(data)
    assert len(outcome.definition["connections"]) == 1
    assert outcome.report.warnings == ["Only the first 10000 connections were taken."]


def test_warnings_are_bounded() -> None:
    data = {"nodes": [{"name": "A", "type": "n8n-nodes-base.noOp"}] * 700}
    warnings = import_n8n(data).report.warnings
    assert len(warnings) == 501
    assert warnings[-1] == "There are more warnings than are shown here."


def test_unknown_time_zones_and_old_orders_are_reported() -> None:
    data = {"nodes": [], "connections": {}, "settings": {"timezone": "Mars/Base", "executionOrder": "v0"}}
    assert import_n8n(data).report.warnings == [
        "The export has no nodes, so the workflow is empty.",
        "The time zone “Mars/Base” is not known and was left out.",
        "Branches run one after the other from top to bottom, not in n8n's old order (v0).",
    ]


def test_more_settings() -> None:
    settings = {"saveDataErrorExecution": "all", "saveManualExecutions": False, "timezone": "DEFAULT"}
    data = {"nodes": [], "connections": {}, "settings": settings}
    assert import_n8n(data).settings == {"save_error": True, "save_manual": False}


def test_every_kind_is_converted(load: Any) -> None:
    report = import_n8n(load("kinds")).report
    assert (report.nodes, report.placeholders) == (27, [])


def test_numbers_that_cannot_be_stored() -> None:
    data = {"nodes": [{"type": "x", "parameters": {"a": 2**64 - 1, "b": 2**70, "c": 10**400, "d": float("nan")}}]}
    (node,) = import_n8n(data).definition["nodes"]
    assert node["parameters"]["original"]["parameters"] == {
        "a": 2**64 - 1,
        "b": float(2**70),
        "c": None,
        "d": None,
    }
