"""What expressions may name, and what they are told when it cannot be had."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.engine.graphs import carry_out, document, output

ITEMS = [{"n": 1}, {"n": 2}]


def value_of(expression: str, **options: Any) -> list[Any]:
    """What an expression in the third node of a chain comes to, for each item."""
    nodes = [
        ("start", "start"),
        ("first", "pass", {"parameters": {"add": "a"}}),
        ("last", "pass", {"parameters": {"add": expression}}),
    ]
    run, result = carry_out(document(nodes, ["start > first", "first > last"]), ITEMS, **options)
    assert result.error is None, result.error
    return [item["value"] for item in output(run, "last")]


ROOTS = [
    ("={{ $json.n }}", [1, 2]),
    ("={{ $item.json.n }}", [1, 2]),
    ("={{ $itemIndex }}", [0, 1]),
    ("={{ $position }}", [0, 1]),
    ("={{ $runIndex }}", [0, 0]),
    ("={{ $binary }}", [{}, {}]),
    ("={{ $input.all().length }}", [2, 2]),
    ("={{ $input.first().json.n }}", [1, 1]),
    ("={{ $input.last().json.n }}", [2, 2]),
    ("={{ $input.item.json.n }}", [1, 2]),
    ("={{ $input.params.add.length > 0 }}", [True, True]),
    ("={{ $input.nothing }}", [None, None]),
    ("={{ $items().length }}", [2, 2]),
    ("={{ $items('first')[1].json.n }}", [2, 2]),
    ("={{ $('start').item.json.n }}", [1, 2]),
    ("={{ $('start').first().json.n }}", [1, 1]),
    ("={{ $('start').last().json.n }}", [2, 2]),
    ("={{ $('start').all().length }}", [2, 2]),
    ("={{ $('start').all(0).length }}", [2, 2]),
    ("={{ $('start').all(7).length }}", [0, 0]),
    ("={{ $('start').itemMatching(1).json.n }}", [2, 2]),
    ("={{ $('start').pairedItem(0).json.n }}", [1, 1]),
    ("={{ $('start').isExecuted }}", [True, True]),
    ("={{ $('last').isExecuted }}", [False, False]),
    ("={{ $('first').params.add }}", ["a", "a"]),
    ("={{ $('first').runIndex }}", [0, 0]),
    ("={{ $('first').context }}", [{}, {}]),
    ("={{ $('first').json.value }}", ["a", "a"]),
    ("={{ $('first').binary }}", [{}, {}]),
    ("={{ $('first').nonsense }}", [None, None]),
    ("={{ $node['first'].json.n }}", [1, 2]),
    ("={{ $node['first'] }}", [[{"json": {"n": n, "value": "a"}} for n in (1, 2)]] * 2),
    ("={{ $input }}", [[{"json": {"n": n, "value": "a"}} for n in (1, 2)]] * 2),
    ("={{ $workflow.name }}", ["Demo", "Demo"]),
    ("={{ $workflow }}", [{"id": "w", "name": "Demo", "active": True}] * 2),
    ("={{ $workflow.secret }}", [None, None]),
    ("={{ $execution.id }}", ["e", "e"]),
    ("={{ $execution.mode }}", ["production", "production"]),
    ("={{ $trigger.n }}", [1, 1]),
    ("={{ $vars.colour }}", ["blue", "blue"]),
    ("={{ $env.REGION }}", ["eu", "eu"]),
    ("={{ $env.SECRET_KEY }}", [None, None]),
    ("={{ $mode }}", ["webhook", "webhook"]),
    ("={{ $parameter.add.length > 1 }}", [True, True]),
    ("={{ $prevNode.name }} {{ $prevNode.outputName }} {{ $prevNode.runIndex }}", ["first main 0"] * 2),
    ("={{ $now.toISO() }}", ["2026-03-01T13:00:00.000+01:00"] * 2),
    ("={{ $today.toISODate() }} {{ $today.hour }}", ["2026-03-01 0"] * 2),
    ("={{ $items('first', 0, 0)[1].json.n }}", [2, 2]),
    ("={{ $items('first', 3).length }}", [0, 0]),
    ("={{ $('first').all(0, 0).length }}", [2, 2]),
    ("={{ $execution.customData.get('tag') }}", ["red", "red"]),
    ("={{ $execution.customData.getAll() }}", [{"tag": "red"}, {"tag": "red"}]),
    ("={{ $execution.customData.tag }}", ["red", "red"]),
    ("={{ $input.all().map(item => item.json.n) }}", [[1, 2], [1, 2]]),
    ("={{ $json.nothing.below }}", [None, None]),
    ("={{ $json.keys().join() }}", ["n,value", "n,value"]),
    ("={{ [$if($json.n > 1, 'b', 's'), $ifEmpty('', 7), $min(3, 2), $max(1, 4)] }}", [["s", 7, 2, 4], ["b", 7, 2, 4]]),
    ("={{ $jmespath($json, 'n') }}", [1, 2]),
]
OPTIONS: dict[str, Any] = {
    "mode": "webhook",
    "execution_id": "e",
    "workflow_id": "w",
    "workflow_name": "Demo",
    "workflow_active": True,
    "timezone": "Europe/Berlin",
    "variables": {"colour": "blue"},
    "environment": {"REGION": "eu"},
    "custom_data": {"tag": "red"},
}


@pytest.mark.parametrize(("expression", "values"), ROOTS)
def test_roots(expression: str, values: list[Any]) -> None:
    assert value_of(expression, **OPTIONS) == values


def error_of(expression: str, middle: str = "pass") -> dict[str, Any]:
    """The error of an expression in the last node of a chain."""
    nodes = [("start", "start"), ("mid", middle), ("last", "pass", {"parameters": {"add": expression}})]
    _, result = carry_out(document(nodes, ["start > mid", "mid > last"]), ITEMS)
    assert result.error is not None
    return result.error


def test_an_error_names_parameter_item_line_and_column() -> None:
    error = error_of("=ok\n{{ $json.n.explode() }}")
    assert (error["parameter"], error["item"]) == ("add", 0)
    assert (error["details"]["line"], error["kind"]) == (2, "expression_error")
    assert error["details"]["column"] > 3


def test_a_node_that_does_not_exist_is_named() -> None:
    assert "nowhere" in error_of("={{ $('nowhere').first() }}")["message"]


def test_a_node_that_has_not_run_says_so() -> None:
    assert "has not run" in error_of("={{ $('last').first() }}")["message"]


def test_lineage_says_which_node_lost_it() -> None:
    message = error_of("={{ $('start').item.json.n }}", "shuffle")["message"]
    assert "“mid” did not say" in message


def test_json_of_a_node_without_lineage_is_its_first_item() -> None:
    nodes = [
        ("start", "start"),
        ("mid", "shuffle"),
        ("last", "pass", {"parameters": {"add": "={{ $('start').json.n }}"}}),
    ]
    run, _ = carry_out(document(nodes, ["start > mid", "mid > last"]), ITEMS)
    assert [item["value"] for item in output(run, "last")] == [1, 1, 1]


def test_a_single_input_item_is_the_origin_of_everything() -> None:
    nodes = [
        ("start", "start"),
        ("mid", "shuffle"),
        ("last", "pass", {"parameters": {"add": "={{ $('start').item.json.n }}"}}),
    ]
    run, _ = carry_out(document(nodes, ["start > mid", "mid > last"]), [{"n": 7}])
    assert [item["value"] for item in output(run, "last")] == [7, 7, 7]


def test_lineage_ends_where_the_run_began() -> None:
    nodes = [("start", "start", {}), ("a", "pass"), ("b", "pass", {"parameters": {"add": "={{ $('a').item.json }}"}})]
    _, result = carry_out(document(nodes, ["start > a", "start > b"]), ITEMS)
    assert result.error is not None
    assert "No connection leads back" in result.error["message"]


def test_a_parameter_at_any_depth_is_evaluated_and_constants_stay() -> None:
    value = {"deep": ["={{ $json.n }}", 5, {"x": "=n is {{ $json.n }}"}], "same": True}
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"add": value}})]
    run, _ = carry_out(document(nodes, ["start > a"]), [{"n": 3}])
    assert output(run, "a")[0]["value"] == {"deep": [3, 5, {"x": "n is 3"}], "same": True}


def test_an_expression_with_a_fault_fails_only_when_it_is_asked_for() -> None:
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"unused": "={{ ) }}"}})]
    _, result = carry_out(document(nodes, ["start > a"]))
    assert result.status == "success"


def test_a_run_that_was_not_is_named() -> None:
    nodes = [
        ("start", "start"),
        ("first", "pass"),
        ("last", "pass", {"parameters": {"add": "={{ $items('first', 0, 9).length }}"}}),
    ]
    _run, result = carry_out(document(nodes, ["start > first", "first > last"]), ITEMS)
    assert result.error is not None
    assert "has no run 9" in result.error["message"]
