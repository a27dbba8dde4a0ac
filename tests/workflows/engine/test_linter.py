"""The linter: each trap in a small drawing, and beside it the drawing that is meant."""

from __future__ import annotations

from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.validation import traps
from apps.workflows.engine.validation.document import validate
from apps.workflows.engine.validation.traps import trap_faults
from apps.workflows.registry import find_node_type
from tests.workflows.engine.graphs import document

OFF = {"disabled": True}
BY_NODE = {"parameters": {"path": "p", "response_mode": "respond_node"}}
AT_THE_END = {"parameters": {"path": "p", "response_mode": "last_node"}}
S, HOOK, RESPOND = ("s", "manual"), ("hook", "webhook", BY_NODE), ("say", "respond_to_webhook")
TWO = ["s > a", "s > b"]


def codes(nodes: list[Any], edges: list[str]) -> list[str]:
    found = trap_faults(parse_definition(document(nodes, edges)), find_node_type)
    assert all(fault.severity == "warning" and fault.message for fault in found)
    return [fault.code.removeprefix("trap_") for fault in found]


def given(**parameters: Any) -> dict[str, Any]:
    return {"parameters": parameters}


def named(expression: str, type_id: str = "no_op", **more: Any) -> list[Any]:
    """A drawing in which ``c``, behind ``b``, uses an expression; ``a`` and ``b`` are side by side."""
    return [S, ("a", "no_op"), ("b", type_id, more), ("c", "no_op", given(x=[{"y": expression}]))]


IN_LOOP = ["s > l", "l.loop > a", "a > l", "l.done > b"]
SENT = {"retry": {"enabled": True}, **given(method="POST", idempotency_header=False)}
KEY = [{"name": "Authorization", "value": "Bearer abcdefghijklmnop"}]
CASES: list[tuple[str, list[Any], list[str]]] = [
    # merge
    ("merge_fed_twice", [S, ("a", "no_op"), ("b", "no_op"), ("m", "merge")],
     [*TWO, "a > m.input_1", "b > m.input_1", "s > m.input_2"]),
    ("", [S, ("a", "no_op"), ("b", "no_op"), ("m", "merge")], [*TWO, "a > m.input_1", "b > m.input_2"]),
    ("", [S, ("i", "if"), ("a", "no_op"), ("b", "no_op"), ("m", "merge")],
     ["s > i", "i.true > a", "i.false > b", "a > m.input_1", "b > m.input_1", "s > m.input_2"]),
    ("", [("s", "manual"), ("t", "webhook", given(path="p")), ("m", "merge"), ("a", "no_op")],
     ["s > m.input_1", "t > m.input_1", "s > a", "a > m.input_2"]),
    ("merge_with_one_input", [S, ("m", "merge")], ["s > m.input_1"]),
    ("", [S, ("m", "merge")], []),
    # loops
    ("loop_never_returns", [S, ("l", "loop_over_items"), ("a", "no_op")], ["s > l", "l.loop > a"]),
    ("", [S, ("l", "loop_over_items"), ("a", "no_op"), ("b", "no_op")], IN_LOOP),
    ("once_in_loop", [S, ("l", "loop_over_items"), ("a", "no_op", {"execute_once": True}), ("b", "no_op")], IN_LOOP),
    ("", [S, ("l", "loop_over_items"), ("a", "no_op"), ("b", "no_op", {"execute_once": True})], IN_LOOP),
    # conditions
    ("condition_without_effect", [S, ("i", "if"), ("a", "no_op")], ["s > i", "i.true > a", "i.false > a"]),
    ("", [S, ("i", "if"), ("a", "no_op"), ("b", "no_op")], ["s > i", "i.true > a", "i.true > b", "i.false > a"]),
    ("", [S, ("i", "if"), ("a", "no_op")], ["s > i", "i.true > a"]),
    ("branching_to_nowhere", [S, ("i", "if")], ["s > i"]),
    ("disabled_branching", [S, ("i", "if", OFF), ("a", "no_op")], ["s > i", "i.false > a"]),
    ("", [S, ("i", "if", OFF), ("a", "no_op")], ["s > i", "i.true > a"]),
    ("disabled_trigger", [S, ("t", "schedule", OFF), ("a", "no_op")], ["s > a", "t > a"]),
    ("", [S, ("t", "schedule", OFF)], []),
    # data
    ("unknown_node", named("={{ $('gone').first().json.x }}"), ["s > b", "b > c", "s > a"]),
    ("unknown_node", [S, ("a", "code", given(code="return $(`gone`).all()"))], ["s > a"]),
    ("unknown_node", [S, ("a", "no_op", {"run_if": "$('gone').isExecuted"})], ["s > a"]),
    ("", named("text $('gone')"), ["s > b", "b > c", "s > a"]),
    ("other_branch", named("={{ $('a').first().json.x }}"), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('a').isExecuted ? $('a').first().json.x : 0 }}"), ["s > b", "b > c", "s > a"]),
    ("", named('={{ $("b").first().json.x + $("b").last().json.x + $("c").params.x }}'), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('a').first().json.x }}"), ["s > b", "s > a"]),
    ("lineage_ends", named("={{ $('s').item.json.x }}", "aggregate"), ["s > b", "b > c", "s > a"]),
    ("lineage_ends", named("={{ $('s').item.json.x }}", "execute_workflow"), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('s').item.json.x }}", "execute_workflow", **given(mode="each")), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('s').item.json.x }}", "execute_workflow", **given(wait=False)), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('s').item.json.x }}", "aggregate"), ["s > b", "b > c", "s > c", "s > a"]),
    ("", named("={{ $('s').first().json.x }}", "aggregate"), ["s > b", "b > c", "s > a"]),
    ("", named("={{ $('b').item.json.x }}", "aggregate"), ["s > b", "b > c", "s > a"]),
    ("list_for_each_item", [S, ("a", "code", given(mode="each_item", code="const x = 1;\nreturn [{json: {x}}];"))],
     ["s > a"]),
    ("list_for_each_item", [S, ("a", "code", given(mode="each_item", code="return items; // one"))], ["s > a"]),
    ("", [S, ("a", "code", given(mode="each_item", code="const f = () => { return [1] };\nreturn {json: f()}"))],
     ["s > a"]),
    ("", [S, ("a", "code", given(mode="each_item", code="// return []"))], ["s > a"]),
    ("", [S, ("a", "code", given(mode="all_items", code="return [{json: {}}]"))], ["s > a"]),
    # answers
    ("respond_unreachable", [HOOK, ("a", "no_op")], ["hook > a"]),
    ("respond_unreachable", [HOOK, ("say", "respond_to_webhook", OFF)], ["hook > say"]),
    ("", [HOOK, RESPOND], ["hook > say"]),
    ("", [("hook", "webhook", AT_THE_END), ("a", "no_op")], ["hook > a"]),
    ("respond_unused", [("hook", "webhook", given(path="p")), RESPOND], ["hook > say"]),
    ("", [("hook", "webhook", given(path="p")), ("form", "form"), RESPOND], ["hook > say", "form > say"]),
    ("", [S, RESPOND], ["s > say"]),
    ("second_respond", [HOOK, RESPOND, ("again", "respond_to_webhook")], ["hook > say", "say > again"]),
    ("", [HOOK, ("i", "if"), RESPOND, ("b", "respond_to_webhook")], ["hook > i", "i.true > say", "i.false > b"]),
    ("", [HOOK, RESPOND, ("b", "respond_to_webhook")], ["hook > say", "say > b", "hook > b"]),
    ("wait_before_answer", [HOOK, ("w", "wait", given(amount=2, unit="minutes")), RESPOND], ["hook > w", "w > say"]),
    ("wait_before_answer", [("hook", "webhook", AT_THE_END), ("w", "wait", given(mode="until"))], ["hook > w"]),
    ("wait_before_answer", [("hook", "webhook", AT_THE_END), ("w", "approval")], ["hook > w"]),
    ("", [HOOK, RESPOND, ("w", "wait", given(amount=2, unit="days"))], ["hook > say", "say > w"]),
    ("", [HOOK, ("w", "wait"), RESPOND], ["hook > w", "w > say"]),
    ("", [HOOK, ("w", "wait", given(amount="={{ 9999 }}")), RESPOND], ["hook > w", "w > say"]),
    # errors and secrets
    ("error_output_open", [S, ("a", "http_request", {"on_error": "error_output"})], ["s > a"]),
    ("", [S, ("a", "http_request", {"on_error": "error_output"}), ("b", "no_op")], ["s > a", "a.error > b"]),
    ("error_output_off", [S, ("a", "http_request"), ("b", "no_op")], ["s > a", "a.error > b"]),
    ("retry_without_key", [S, ("a", "http_request", SENT)], ["s > a"]),
    ("", [S, ("a", "http_request", {**SENT, **given(method="POST")})], ["s > a"]),
    ("", [S, ("a", "http_request", {**SENT, **given(method="GET", idempotency_header=False)})], ["s > a"]),
    ("secret_in_parameters", [S, ("a", "http_request", given(headers=[{}, *KEY, *KEY]))], ["s > a"]),
    ("", [S, ("a", "http_request", given(headers=[{**KEY[0], "value": "={{ $vars.long_key }}"}, "odd"]))], ["s > a"]),
    ("", [S, ("a", "http_request", given(headers=[{**KEY[0], "value": "Bearer YOUR_API_KEY"}]))], ["s > a"]),
    ("", [S, ("a", "http_request", given(headers=[{**KEY[0], "value": "short"}]))], ["s > a"]),
    ("", [S, ("a", "http_request", given(headers="={{ {} }}"))], ["s > a"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "nodes", "edges"), CASES)
def test_a_trap_is_told_and_what_is_meant_is_not(code: str, nodes: list[Any], edges: list[str]) -> None:
    assert codes(nodes, edges) == ([code] if code else [])


def test_every_rule_has_a_drawing_that_it_warns_of() -> None:
    assert {rule.__name__ for rule in traps.RULES} == {code for code, _, _ in CASES if code}


def test_warnings_are_part_of_the_faults_with_their_place() -> None:
    drawn = document([S, ("note", "sticky_note"), ("i", "if")], ["s > i", "s > note", "s > gone"])
    found = [fault for fault in validate(drawn, find_node_type) if fault.code == "trap_branching_to_nowhere"]
    assert [(fault.path, fault.node_id) for fault in found] == [("definition.nodes[2]", "i")]


def test_so_many_warnings_are_told_and_very_large_drawings_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [S, *((f"i{at}", "if") for at in range(5))]
    edges = [f"s > i{at}" for at in range(5)]
    monkeypatch.setattr(traps, "MAX_WARNINGS", 3)
    assert len(codes(nodes, edges)) == 3
    monkeypatch.setattr(traps, "MAX_NODES", 5)
    assert codes(nodes, edges) == []
