from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.interchange.n8n.condition_reading import OPERATIONS
from apps.workflows.nodes.support.condition_operators import OPERATIONS as KNOWN

NUMBER_5 = {"left": "={{ $json.n }}", "operator": {"type": "number", "operation": "gt"}, "right": 5}


def new_conditions(*entries: Any, **options: Any) -> dict[str, Any]:
    return {"combinator": "and", "conditions": list(entries), "options": {"version": 2, **options}}


def entry(left: Any, kind: str, operation: str, right: Any = "") -> dict[str, Any]:
    return {
        "id": "x",
        "leftValue": left,
        "rightValue": right,
        "operator": {"type": kind, "operation": operation},
    }


def ours(conditions: list[Any], combinator: str = "and", validation: str = "strict", case: bool = True) -> Any:
    return {
        "combinator": combinator,
        "case_sensitive": case,
        "type_validation": validation,
        "conditions": conditions,
    }


def test_the_operators_are_those_of_the_nodes() -> None:
    assert {kind: set(operations) for kind, operations in KNOWN.items()} == OPERATIONS


@pytest.mark.parametrize(
    ("type_id", "given", "version", "expected"),
    [
        (
            "if",
            {"conditions": new_conditions(entry("={{ $json.n }}", "number", "gt", 5))},
            2.2,
            ours([NUMBER_5]),
        ),
        (
            "filter",
            {
                "conditions": {**new_conditions(entry("a", "dateTime", "notEmpty")), "combinator": "or"},
                "looseTypeValidation": True,
                "options": {"ignoreCase": True},
            },
            2.2,
            ours(
                [{"left": "a", "operator": {"type": "date_time", "operation": "is_not_empty"}}],
                "or",
                "loose",
                False,
            ),
        ),
        (
            "if",
            {"conditions": new_conditions(caseSensitive=False, typeValidation="loose")},
            2,
            ours([], "and", "loose", False),
        ),
        (
            "if",
            {
                "conditions": {
                    "string": [{"value1": "={{ $json.s }}", "operation": "isEmpty"}],
                    "boolean": [{"value1": "={{ $json.b }}", "value2": True}],
                    "number": [{"value1": "={{ $json.n }}"}],
                    "dateTime": {"value1": "={{ $json.d }}", "value2": "2026-01-01", "operation": "before"},
                },
                "combineOperation": "any",
            },
            1,
            ours(
                [
                    {"left": "={{ $json.s }}", "operator": {"type": "string", "operation": "is_empty"}},
                    {
                        "left": "={{ ($json.n) || 0 }}",
                        "operator": {"type": "number", "operation": "lt"},
                        "right": 0,
                    },
                    {
                        "left": "={{ $json.b }}",
                        "operator": {"type": "boolean", "operation": "equals"},
                        "right": True,
                    },
                    {
                        "left": "={{ $json.d }}",
                        "operator": {"type": "date_time", "operation": "before"},
                        "right": "2026-01-01",
                    },
                ],
                "or",
                "loose",
            ),
        ),
        ("filter", {}, 1, ours([], "and", "loose")),
    ],
)
def test_conditions(parameters: Any, type_id: str, given: Any, version: float, expected: Any) -> None:
    assert parameters(type_id, given, version) == {"conditions": expected}


@pytest.mark.parametrize(
    ("given", "version", "reason"),
    [
        (new_conditions(entry(1, "number", "divides")), 2, "The condition number divides is not supported."),
        (new_conditions(entry(1, "file", "equals")), 2, "The condition file equals is not supported."),
        (
            new_conditions(typeValidation="odd"),
            2,
            "conditions.options.typeValidation = odd is not supported.",
        ),
        ({"number": [{"operation": "like"}]}, 1, "The condition number like is not supported."),
        ({"colour": [{"value1": 1}]}, 1, "The parameter conditions.colour is not supported."),
    ],
)
def test_conditions_that_cannot_be_converted(parameters: Any, given: Any, version: float, reason: str) -> None:
    assert parameters("if", {"conditions": given}, version) == reason


def rule(key: str = "", **more: Any) -> dict[str, Any]:
    named = {"renameOutput": True, "outputKey": key} if key else {}
    return {"conditions": new_conditions(entry("={{ $json.n }}", "number", "gt", 5)), **named, **more}


def test_switch_with_named_outputs_and_fallback(convert: Any) -> None:
    given = {
        "rules": {"values": [rule("Yes"), rule("Yes"), rule("error"), rule()]},
        "options": {"fallbackOutput": "extra", "allMatchingOutputs": True, "renameFallbackOutput": "Rest"},
    }
    (node,) = convert("switch", given, 3.2).definition["nodes"]
    made = node["parameters"]
    assert [known["output_name"] for known in made["rules"]] == ["Yes", "Yes 2", "error 2", "output_3"]
    assert made["rules"][0]["conditions"] == ours([NUMBER_5])
    assert (made["fallback"], made["send_to_all"]) == ("extra", True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"fallbackOutput": 1}, {"fallback": "output", "fallback_index": 1}),
        ({"fallbackOutput": "none"}, {"fallback": "none"}),
        ({}, {"fallback": "none"}),
    ],
)
def test_switch_fallbacks(parameters: Any, options: Any, expected: Any) -> None:
    made = parameters("switch", {"rules": {"values": [rule(), rule()]}, "options": options}, 3)
    assert {key: value for key, value in made.items() if key.startswith("fallback")} == expected


@pytest.mark.parametrize(
    ("given", "version", "reason"),
    [
        (
            {"rules": {"values": [rule()]}, "options": {"fallbackOutput": 7}},
            3,
            "The fallback output '7' is not one of the rules' outputs.",
        ),
        ({"rules": {"values": [rule()] * 51}}, 3, "At most 50 outputs are supported."),
        ({"mode": "expression", "numberOutputs": 99}, 3, "At most 50 outputs are supported."),
        ({"mode": "magic"}, 3, "mode = magic is not supported."),
        (
            {"rules": {"rules": [{"output": 0}, {"output": 1}, {"output": 0}]}},
            1,
            "Rules for the same output that are not next to each other are not supported.",
        ),
        ({"rules": {"rules": [{"output": 10**9}]}}, 1, "An output of a rule is not a number below 50."),
        ({"rules": {"rules": [{"output": [1]}]}}, 1, "An output of a rule is not a number below 50."),
        (
            {"rules": {"rules": [{}]}, "fallbackOutput": [1]},
            1,
            "The fallback output '[1]' is not one of the rules' outputs.",
        ),
        ({"dataType": "colour", "rules": {"rules": [{}]}}, 2, "Conditions on colour are not supported."),
    ],
)
def test_switches_that_cannot_be_converted(parameters: Any, given: Any, version: float, reason: str) -> None:
    assert parameters("switch", given, version) == reason


def test_switch_by_expression(parameters: Any) -> None:
    assert parameters("switch", {"mode": "expression", "numberOutputs": 3, "output": "={{ $json.to }}"}, 3) == {
        "mode": "expression",
        "output_count": 3,
        "output": "={{ $json.to }}",
    }


def test_old_switch_ports(convert: Any) -> None:
    given = {
        "dataType": "string",
        "value1": "={{ $json.kind }}",
        "rules": {
            "rules": [
                {"value2": "a", "output": 1},
                {"value2": "b", "output": 1},
                {"value2": "c", "output": 3},
            ]
        },
        "fallbackOutput": 0,
    }
    (node,) = convert("switch", given, 1).definition["nodes"]
    assert [known["output_name"] for known in node["parameters"]["rules"]] == ["output_1", "output_3"]
    first = node["parameters"]["rules"][0]["conditions"]
    assert (first["combinator"], [known["right"] for known in first["conditions"]]) == ("or", ["a", "b"])
    assert node["parameters"]["fallback"] == "extra"


def test_old_switch_connections() -> None:
    from apps.workflows.interchange.n8n.workflow import import_n8n

    switch = {
        "name": "S",
        "type": "n8n-nodes-base.switch",
        "parameters": {"rules": {"rules": [{"output": 2, "value2": 1}]}, "fallbackOutput": 2},
    }
    others = [{"name": name, "type": "n8n-nodes-base.noOp"} for name in "ABC"]
    connections = {"S": {"main": [[{"node": "A"}], None, [{"node": "B"}], [{"node": "C"}]]}}
    outcome = import_n8n({"nodes": [switch, *others], "connections": connections})
    assert [made["source_output"] for made in outcome.definition["connections"]] == ["output_2"]
    assert outcome.definition["nodes"][0]["parameters"]["fallback_index"] == 0
    assert len(outcome.report.warnings) == 2


@pytest.mark.parametrize("left", ["={{ /x/ }}", "=1{{ $json.n }}", 5])
def test_old_orderings_leave_other_values_alone(parameters: Any, left: Any) -> None:
    made = parameters("if", {"conditions": {"number": [{"value1": left}]}}, 1)
    assert made["conditions"]["conditions"][0]["left"] == left
