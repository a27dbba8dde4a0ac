"""Ports that follow from parameters. ``frontend/src/designer/catalogue/ports.test.ts`` reads the same table."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.registry import get_node_type, node_type_catalogue

TABLE = json.loads((Path(__file__).parent / "port_cases.json").read_text())
CATALOGUE: dict[str, Any] = {str(entry["type"]): entry for entry in node_type_catalogue()}


@pytest.mark.parametrize("name", TABLE["types"])
def test_the_catalogue_declares_the_rules_of_the_table(name: str) -> None:
    entry = CATALOGUE[name]
    assert {key: entry[key] for key in TABLE["types"][name]} == TABLE["types"][name]
    defaults = {parameter["name"]: parameter["default_value"] for parameter in entry["parameters"]}
    assert {key: defaults[key] for key in TABLE["defaults"][name]} == TABLE["defaults"][name]


def test_every_type_with_a_rule_is_in_the_table() -> None:
    ruled = {name for name, entry in CATALOGUE.items() if entry["inputs_rule"] or entry["outputs_rule"]}
    assert ruled == {"approval", "merge", "switch", "placeholder"}
    assert ruled <= {case["type"] for case in TABLE["cases"]}


@pytest.mark.parametrize("case", TABLE["cases"], ids=json.dumps)
def test_ports(case: Any) -> None:
    node_type = get_node_type(case["type"])
    own = [name for name in case["outputs"] if name != "error" or "error" in case["parameters"].get("output_ports", ())]
    assert [port.name for port in node_type.inputs_for(case["parameters"])] == case["inputs"]
    assert [port.name for port in node_type.outputs_for(case["parameters"])] == own


def test_no_more_ports_than_the_rule_allows() -> None:
    many = [{"output_name": f"way {number}"} for number in range(60)]
    assert len(get_node_type("switch").outputs_for({"rules": many})) == 50
    names = [f"port {number}" for number in range(120)]
    assert len(get_node_type("placeholder").inputs_for({"input_ports": names})) == 100


def test_what_never_runs_is_told() -> None:
    assert [name for name, entry in CATALOGUE.items() if entry["inert"]] == ["sticky_note"]
    assert [name for name, entry in CATALOGUE.items() if entry["is_loop"]] == ["loop_over_items"]


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_summaries_name_parameters_that_exist(entry: Any) -> None:
    for path in re.findall(r"\{([^{}]*)\}", entry["summary"]):
        first, *rest = path.split(".")
        declared = next(parameter for parameter in entry["parameters"] if parameter["name"] == first)
        if declared["type"] != "conditions" and rest:
            assert rest[0] in [field["name"] for field in declared["fields"]]


def test_most_types_have_a_summary() -> None:
    without = [name for name, entry in CATALOGUE.items() if not entry["summary"]]
    assert without == [
        *("error_trigger", "execute_workflow_trigger", "manual", "no_op", "parallel_group", "sticky_note", "try_catch")
    ]
