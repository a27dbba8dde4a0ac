from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.registry import find_node_type, get_node_type, node_type_catalogue
from exprsn.kernel.errors import NotFound

CATALOGUE: list[Any] = list(node_type_catalogue())
PARAMETER_TYPES = {
    "string", "number", "boolean", "json", "select", "multiselect", "code", "datetime", "collection", "list",
    "conditions", "assignments", "credential", "cron", "workflow", "decision_table",
}  # fmt: skip


def test_the_node_types_are_these() -> None:
    assert [entry["type"] for entry in CATALOGUE] == [
        "aggregate", "approval", "code", "compare_datasets", "crypto", "csv", "date_time", "debounce",
        "decision_table", "error_trigger",
        "event", "execute_workflow", "execute_workflow_trigger", "filter", "for_each", "form", "html", "http_request",
        "if", "json", "limit", "loop_over_items", "manual", "markdown", "merge", "mysql", "no_op", "parallel_group",
        "placeholder",
        "postgres", "remove_duplicates", "rename_keys", "respond_to_webhook", "schedule", "send_email", "set", "sort",
        "split_out", "sqlite", "static_data", "sticky_note", "stop_and_error", "summarize", "switch", "throttle",
        "try_catch", "wait", "webhook", "xml",
    ]  # fmt: skip


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["type"])
def test_every_type_is_described(entry: Any) -> None:
    assert json.loads(json.dumps(entry)) == entry
    assert entry["description"].endswith(".")
    assert len(entry["documentation"]) > 80
    assert entry["category"] in {"trigger", "flow", "data", "connect", "note"}
    assert entry["color"] in {"trigger", "http", "logic", "data", "ai"}


@pytest.mark.parametrize(
    ("entry", "parameter"),
    [
        pytest.param(entry, parameter, id=f"{entry['type']}.{parameter['name']}")
        for entry in CATALOGUE
        for parameter in entry["parameters"]
    ],
)
def test_every_parameter_is_sound(entry: Any, parameter: Any) -> None:
    names = [known["name"] for known in entry["parameters"]]
    assert names.count(parameter["name"]) == 1
    assert parameter["type"] in PARAMETER_TYPES
    assert set(parameter["display_if"]) <= set(names)
    choices = [option["value"] for option in parameter["options"]]
    if parameter["type"] == "select":
        assert parameter["default_value"] in choices


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["type"])
def test_examples_have_no_fault(entry: Any, settings: Any, tmp_path: Path) -> None:
    settings.EXPRSN_SQLITE_DIR = str(tmp_path)
    node_type = get_node_type(entry["type"])
    assert node_type.check(node_type.example) == {}
    assert set(node_type.example) <= {parameter.name for parameter in node_type.parameters}


def test_an_unknown_type() -> None:
    assert find_node_type("teleport") is None
    with pytest.raises(NotFound) as refused:
        get_node_type("teleport")
    assert refused.value.code == "unknown_node_type"
