"""The engine at its edges: refusals, limits, and data that is nearly not there."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.definition import Node
from apps.workflows.engine.executor import execute_call
from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.journal import SKIPPED
from apps.workflows.engine.node_type import NodeContext, NodeResult, NodeType, Parameter
from apps.workflows.engine.run_context import MAX_LOG_LINES, LogLine
from apps.workflows.engine.validation.nodes import node_faults
from apps.workflows.engine.validation.shape import MAX_FAULTS, shape_faults
from tests.workflows.engine.graphs import Flaky, Note, carry_out, document, make_run, output

RETRY = {"retry": {"enabled": True, "max_retries": 3, "delay_ms": 1}}


def value_of(expression: str, items: Any = ({},), middle: Any = ("mid", "pass"), **options: Any) -> list[Any]:
    """What an expression behind ``start`` and a node ``mid`` comes to, for each item."""
    nodes = [("start", "start"), middle, ("last", "pass", {"parameters": {"add": expression}})]
    run, result = carry_out(document(nodes, ["start > mid", "mid > last"]), items, **options)
    assert result.error is None, result.error
    return [item["value"] for item in output(run, "last")]


def error_of(nodes: list[Any], edges: list[str], items: Any = ({},), **options: Any) -> dict[str, Any]:
    _, result = carry_out(document(nodes, edges), items, **options)
    assert result.error is not None
    return result.error


def test_a_node_may_say_itself_where_its_items_came_from() -> None:
    run, _ = carry_out(document([("start", "start"), ("a", "paired")], ["start > a"]), [{"n": 1}, {"n": 2}])
    pairs = [item.paired for item in run.scheduler.entries_of["a"][0].outputs["main"]]
    assert pairs == [(), ((0, 0),), (), ((1, 0),)]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("domain", {"message": "Gone.", "kind": "gone", "details": {"where": "there"}}),
        ("expression", {"message": "No.", "kind": "expression_error", "parameter": ""}),
    ],
)
def test_errors_of_libraries_become_the_nodes_error(how: str, error: dict[str, Any]) -> None:
    found = error_of([("start", "start"), ("a", "refuses", {"parameters": {"how": how}})], ["start > a"])
    assert {name: found.get(name, "") for name in error} == error


def test_a_run_that_was_asked_to_stop_tries_no_second_time() -> None:
    Flaky.left = 2
    slept: list[float] = []
    nodes = [("start", "start"), ("call", "flaky", RETRY), ("after", "pass")]
    _, result = carry_out(
        document(nodes, ["start > call", "call > after"]), sleep=slept.append, is_canceled=lambda: bool(slept)
    )
    assert (result.status, result.path, Flaky.left, len(slept)) == ("canceled", ["start"], 1, 1)
    Flaky.left = 0


def test_a_disabled_trigger_without_items_ends_the_run() -> None:
    run, result = carry_out(document([("start", "start", {"disabled": True}), ("a", "pass")], ["start > a"]), [])
    assert (result.path, run.scheduler.entries[0].status, run.scheduler.entries[0].outputs) == (["start"], SKIPPED, {})


def test_connections_to_nowhere_are_left_out() -> None:
    _, result = carry_out(document([("start", "start"), ("a", "pass")], ["start > ghost", "ghost > a", "start > a"]))
    assert result.path == ["start", "a"]


def test_batches_are_equal_by_their_items_and_show_them() -> None:
    batch = ItemBatch.of([{"n": 1}])
    assert batch == ItemBatch([Item({"n": 1})])
    assert batch != [Item({"n": 1})]
    assert "'n': 1" in repr(batch)
    with pytest.raises(TypeError):
        hash(batch)


def test_items_keep_binaries_through_json() -> None:
    data = [{"json": {}, "binary": {"f": {"id": 1}}, "paired_item": [{"item": 3, "input": 1}], "error": {"kind": "x"}}]
    batch = ItemBatch.from_data(data)
    assert batch[0].paired == (Pair(3, 1),)
    assert batch.to_data() == data


def test_expressions_see_binaries_and_errors_of_items() -> None:
    run = make_run(
        document([("start", "start"), ("a", "pass", {"parameters": {"add": "={{ $item }}"}})], ["start > a"])
    )
    call = run.scheduler.next_call()
    assert call is run.scheduler.next_call()  # asking twice changes nothing
    assert call is not None
    call.inputs["main"] = ItemBatch([Item({}, {"f": {"id": 1}}, None, {"kind": "x"})])
    while (call := run.scheduler.next_call()) is not None:
        run.scheduler.record(execute_call(call, run))
    assert output(run, "a") == [{"value": {"json": {}, "binary": {"f": {"id": 1}}, "error": {"kind": "x"}}}]


def test_a_full_log_takes_no_more() -> None:
    run = make_run(document([("start", "start")], []))
    for number in range(MAX_LOG_LINES + 5):
        run.log(LogLine("info", str(number), "start", "start"))
    assert (len(run.logs), run.logs[-1].message) == (MAX_LOG_LINES, str(MAX_LOG_LINES - 1))


def test_the_first_node_has_no_previous_one() -> None:
    nodes = [("start", "start", {"run_if": "$prevNode.name === undefined"})]
    run, _ = carry_out(document(nodes, []), [{"n": 1}])
    assert run.scheduler.entries[0].status == "success"


@pytest.mark.parametrize("root", ["$response", "$pageCount", "$secrets", "$self", "foo", "process", "window"])
def test_an_unknown_root_is_named(root: str) -> None:
    edges = ["start > mid"]
    for expression in (f"={{{{ {root} }}}}", f"=a {{{{ {root}.body.next }}}}", f"={{{{ {root}('x') }}}}"):
        error = error_of([("start", "start"), ("mid", "pass", {"parameters": {"add": expression}})], edges)
        assert (error["kind"], error["parameter"], error["item"]) == ("expression_error", "add", 0)
        assert error["message"] == f"{root} is not defined."
        assert error["details"]["line"] == 1


def test_json_of_a_node_that_put_nothing_out_says_why() -> None:
    nodes = [("start", "start"), ("none", "nothing"), ("b", "pass", {"parameters": {"add": "={{ $('none').json }}"}})]
    assert "No connection leads back to “none”" in error_of(nodes, ["start > none", "start > b"])["message"]


def test_the_trail_of_the_first_node_says_that_nothing_came_before() -> None:
    nodes = [("start", "start", {"run_if": "$('start').item.json.n"})]
    assert "has not run yet" in error_of(nodes, [])["message"]


@pytest.mark.parametrize(
    ("wanted", "answer"), [("start", 7), ("a", 7), ("b", 7), ("aside", "No connection leads back to “aside”")]
)
def test_every_origin_of_an_item_is_followed_once(wanted: str, answer: Any) -> None:
    last = ("last", "pass", {"parameters": {"add": f"={{{{ $('{wanted}').item.json.n }}}}"}})
    nodes = [("start", "start"), ("aside", "pass"), ("a", "pass"), ("b", "pass"), ("join", "both"), last]
    edges = ["start > aside", "start > a", "start > b", "a > join.input_1", "b > join.input_2", "join > last"]
    run, result = carry_out(document(nodes, edges), [{"n": 7}])
    if result.error is None:
        assert output(run, "last") == [{"value": answer}]
    else:
        assert answer in result.error["message"]


class Refused(NodeType):
    """Parameters with every kind of bound."""

    type, display_name, description, group, icon, color = "bounds", "Bounds", "", "data", "box", "data"
    parameters = (
        Parameter("text", "Text", validation={"min_length": 2, "max_length": 4, "pattern": "[a-z]+"}),
        Parameter("number", "Number", type="number", validation={"min": 1, "max": 3}),
        Parameter("flag", "Flag", type="boolean"),
        Parameter("entries", "Entries", type="list", fields=(Parameter("name", "Name", required=True),)),
        Parameter("group", "Group", type="collection", fields=(Parameter("name", "Name", required=True),)),
        Parameter("shown", "Shown", required=True, display_if={"flag": (True,)}),
    )

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult()


@pytest.mark.parametrize(
    ("given", "path", "message"),
    [
        ({"text": "a"}, "text", "at least 2 characters"),
        ({"text": "abcde"}, "text", "at most 4 characters"),
        ({"text": "AB"}, "text", "right form"),
        ({"text": []}, "text", "of type string"),
        ({"text": True}, "text", "of type string"),
        ({"number": 0}, "number", "at least 1"),
        ({"number": 3.5}, "number", "at most 3"),
        ({"number": True}, "number", "of type number"),
        ({"number": "2"}, "number", "of type number"),
        ({"flag": "yes"}, "flag", "of type boolean"),
        ({"entries": [{"name": "a"}, 5]}, "entries[1]", "Must be an object"),
        ({"entries": [{}]}, "entries[0].name", "required"),
        ({"group": {}}, "group.name", "required"),
        ({"flag": True}, "shown", "required"),
    ],
)
def test_every_bound_of_a_parameter_is_checked(given: dict[str, Any], path: str, message: str) -> None:
    found = node_faults("n", Node(id="n", type="bounds", name="n", parameters=given), Refused, None)
    assert [(fault.path, message in fault.message) for fault in found] == [(f"n.parameters.{path}", True)]


@pytest.mark.parametrize("given", [{}, {"text": "ab", "number": 2, "flag": False}, {"number": "={{ 1 }}"}])
def test_parameters_within_their_bounds_are_sound(given: dict[str, Any]) -> None:
    assert node_faults("n", Node(id="n", type="bounds", name="n", parameters=given), Refused, None) == []


@pytest.mark.parametrize("odd", [object(), {1, 2}, b"bytes", 1j])
def test_a_document_that_is_no_json_is_refused_and_never_raises(odd: Any) -> None:
    found = shape_faults({"nodes": [{"id": odd, "type": "a", "name": "a"}], "connections": []})
    assert {fault.code for fault in found} == {"wrong_shape"}


def test_of_very_many_faults_the_first_fifty_are_told() -> None:
    assert len(shape_faults({"nodes": [{} for _ in range(200)], "connections": []})) == MAX_FAULTS


@pytest.mark.parametrize("call", ["itemMatching({})", "pairedItem({})"])
@pytest.mark.parametrize("index", ["'x'", "-1", "NaN", "Infinity", "0.5", "null", "[]", "1e400", "$json", "99"])
def test_a_position_that_no_item_has_is_refused_with_a_reason(call: str, index: str) -> None:
    expression = "={{ $('start')." + call.format(index) + ".json.n }}"
    nodes = [("start", "start"), ("mid", "pass", {"parameters": {"add": expression}})]
    error = error_of(nodes, ["start > mid"], [{"n": 1}])
    assert error["kind"] in {"lineage_lost", "expression_error"}
    assert error["item"] == 0


@pytest.mark.parametrize("port", ["-1", "NaN", "Infinity", "7", "1.5"])
def test_an_output_that_a_node_does_not_have_is_empty(port: str) -> None:
    assert value_of(f"={{{{ $('start').all({port}).length }}}}", [{"n": 1}]) == [0]


def test_notes_have_no_faults_whatever_they_hold() -> None:
    note = Node(id="n", type="note", name="n", parameters={"text": "={{ ) }}"}, run_if="((", credentials={"x": "gone"})
    assert node_faults("n", note, Note, set()) == []
    assert node_faults("n", note, Refused, set()) != []


def test_a_credential_that_is_there_is_no_fault() -> None:
    node = Node(id="n", type="bounds", name="n", credentials={"header": "c1", "basic": "gone"})
    assert [fault.path for fault in node_faults("n", node, Refused, {"c1"})] == ["n.credentials.basic"]
