from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.registry import get_node_type


def conditions(left: Any, kind: Any, operation: Any, right: Any = None) -> Any:
    return {"conditions": [{"left": left, "operator": {"type": kind, "operation": operation}, "right": right}]}


BIG = {"conditions": conditions("={{ $json.n }}", "number", "gt", 2)}
ITEMS = [{"n": 1}, {"n": 5}, {"n": 2}, {"n": 9}]
BROKEN = [{"n": 1}, {"n": "x"}, {"n": 5}]


def test_if_sends_items_two_ways(run_node: Any) -> None:
    ran = run_node("if", BIG, ITEMS)
    assert ran.json("true") == [{"n": 5}, {"n": 9}]
    assert ran.json("false") == [{"n": 1}, {"n": 2}]
    assert ran.pairs("true") == [[(1, 0)], [(3, 0)]]


def test_if_stops_at_a_value_of_another_type(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("if", BIG, BROKEN)
    assert (refused.value.item, refused.value.kind) == (1, "wrong_type")


def test_if_moves_failing_items_to_the_error_port(run_node: Any) -> None:
    ran = run_node("if", BIG, BROKEN, on_error="error_output")
    assert ran.json("true") == [{"n": 5}]
    (failed,) = ran.result.failed
    assert (failed.json["n"], failed.json["error"]["kind"]) == ("x", "wrong_type")


def test_if_continues_with_failing_items_on_false(run_node: Any) -> None:
    ran = run_node("if", BIG, BROKEN, on_error="continue")
    assert ran.json("false") == [{"n": 1}, {"n": "x"}]
    assert ran.result.outputs["false"][1].error["kind"] == "wrong_type"


def test_filter_keeps_what_fits(run_node: Any) -> None:
    ran = run_node("filter", BIG, ITEMS)
    assert ran.json() == [{"n": 5}, {"n": 9}]
    assert ran.pairs() == [[(1, 0)], [(3, 0)]]


def test_filter_drops_failing_items_when_it_continues(run_node: Any) -> None:
    assert run_node("filter", BIG, BROKEN, on_error="continue").json() == [{"n": 5}]


@pytest.mark.parametrize("node_type", ["if", "filter"])
def test_bad_conditions_are_faults(node_type: Any) -> None:
    faults = get_node_type(node_type).check({"conditions": conditions("a", "string", "gt", 1)})
    assert list(faults) == ["conditions.conditions[0]"]
    assert get_node_type(node_type).check({}) == {}


RULES = {
    "rules": [
        {"output_name": "big", "conditions": conditions("={{ $json.n }}", "number", "gt", 4)},
        {"conditions": conditions("={{ $json.n }}", "number", "gt", 1)},
    ]
}


def test_switch_sends_to_the_first_rule_that_holds(run_node: Any) -> None:
    ran = run_node("switch", RULES, ITEMS)
    assert ran.json("big") == [{"n": 5}, {"n": 9}]
    assert ran.json("output_1") == [{"n": 2}]
    assert set(ran.result.outputs) == {"big", "output_1"}


def test_switch_sends_to_all_that_hold(run_node: Any) -> None:
    ran = run_node("switch", {**RULES, "send_to_all": True}, ITEMS)
    assert ran.json("big") == [{"n": 5}, {"n": 9}]
    assert ran.json("output_1") == [{"n": 5}, {"n": 2}, {"n": 9}]


@pytest.mark.parametrize(
    ("fallback", "port", "expected"),
    [
        ({"fallback": "extra"}, "fallback", [{"n": 1}]),
        ({"fallback": "output", "fallback_index": 0}, "big", [{"n": 1}, {"n": 5}, {"n": 9}]),
        ({"fallback": "output", "fallback_index": 9}, "big", [{"n": 5}, {"n": 9}]),
    ],
)
def test_switch_fallbacks(run_node: Any, fallback: Any, port: Any, expected: Any) -> None:
    assert run_node("switch", {**RULES, **fallback}, ITEMS).json(port) == expected


def test_switch_by_expression(run_node: Any) -> None:
    parameters = {"mode": "expression", "output": "={{ $json.to }}", "output_count": 3}
    ran = run_node("switch", parameters, [{"to": 2}, {"to": "0"}, {"to": "output_1"}, {"to": 2.0}])
    assert ran.json("output_2") == [{"to": 2}, {"to": 2.0}]
    assert ran.json("output_0") == [{"to": "0"}]
    assert ran.json("output_1") == [{"to": "output_1"}]


@pytest.mark.parametrize("output", [3, -1, "x", None, 1.5])
def test_switch_refuses_an_unknown_output(run_node: Any, output: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("switch", {"mode": "expression", "output": output, "output_count": 3})
    assert refused.value.kind == "unknown_output"


def test_switch_ports_follow_its_parameters() -> Any:
    switch = get_node_type("switch")

    def ports(parameters: Any) -> Any:
        return [port.name for port in switch.outputs_for(parameters)]

    assert ports({**RULES, "fallback": "extra"}) == ["big", "output_1", "fallback"]
    assert ports({"mode": "expression", "output_count": 2}) == ["output_0", "output_1"]
    assert ports({"mode": "expression", "output_count": "many"}) == [f"output_{n}" for n in range(4)]
    assert ports({"rules": "none"}) == []


def test_switch_faults() -> None:
    doubled = {"rules": [{"output_name": "a"}, {"output_name": "a"}, "x"]}
    faults = get_node_type("switch").check({**doubled, "fallback": "output", "fallback_index": 3})
    assert faults == {
        "rules[1].output_name": ["Give each output a name of its own."],
        "rules[2].conditions": ["Give the conditions as an object with a combinator and a list."],
        "fallback_index": ["There is no output of this number."],
    }
    assert get_node_type("switch").check({"mode": "expression", "rules": "x"}) == {}
