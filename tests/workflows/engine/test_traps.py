"""The traps of item semantics, one named test for each sentence of the rules (design: engine, “Item semantics”)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.run_context import RunContext
from apps.workflows.models import WorkflowStaticData
from apps.workflows.registry import get_node_type
from tests.people import Person
from tests.workflows.engine.graphs import TYPES, Flaky, carry_out, document, output
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import chain, fields, go_live, hook

NUMBERS = [{"n": 1}, {"n": 2}, {"n": 3}]


class Known(dict[str, Any]):
    """The small nodes of these tests, and every real one."""

    def __missing__(self, type_id: str) -> Any:
        return get_node_type(type_id)


def run(nodes: list[Any], edges: list[str], items: Any = ({},), **more: Any) -> tuple[RunContext, Any]:
    """A run from ``start`` to its end; ``settings`` are the definition's."""
    settings = more.pop("settings", {})
    drawn = document([("start", "start"), *nodes], edges, settings=settings)
    return carry_out(drawn, items, types=Known(TYPES), **more)


def at(name: str, kind: str, x: int, y: int, **fields: Any) -> Any:
    return name, kind, {"position": {"x": x, "y": y}, **fields}


def adds(value: Any, **more: Any) -> dict[str, Any]:
    return {"parameters": {"add": value}, **more}


def added(value: Any, items: Any = ({},), **more: Any) -> list[Any]:
    """What an expression comes to for each item."""
    made, _ = run([("a", "pass", adds(value))], ["start > a"], items, **more)
    return [item.get("value", "nothing") for item in output(made, "a")]


# -- order


def test_order_is_depth_first() -> None:
    nodes = [("a", "pass"), ("b", "pass"), ("a2", "pass"), ("b2", "pass")]
    assert run(nodes, ["start > a", "start > b", "a > a2", "b > b2"])[1].path == ["start", "a", "a2", "b", "b2"]


def test_successors_run_by_position_top_then_left_not_as_they_were_connected() -> None:
    nodes = [at("low", "pass", 0, 9), at("right", "pass", 5, 1), at("left", "pass", 1, 1)]
    assert run(nodes, ["start > low", "start > right", "start > left"])[1].path == ["start", "left", "right", "low"]


def test_nothing_runs_in_parallel() -> None:
    ended: list[tuple[str, int]] = []
    nodes = [("a", "pass"), ("b", "pass"), ("c", "pass")]
    run(
        nodes, ["start > a", "start > b", "a > c"],
        after=lambda call, entry: ended.append((entry.node_id, entry.execution_order)) or True,  # type: ignore[func-returns-value]
    )  # fmt: skip
    assert ended == [("start", 0), ("a", 1), ("c", 2), ("b", 3)]


def test_a_successor_runs_only_if_that_output_has_items() -> None:
    nodes = [("fork", "fork"), ("even", "pass"), ("odd", "pass")]
    assert run(nodes, ["start > fork", "fork.even > even", "fork.odd > odd"], [{"n": 1}])[1].path[2:] == ["odd"]


def test_always_output_data_gives_one_empty_item() -> None:
    made, _ = run([("no", "nothing", {"always_output_data": True}), ("a", "pass")], ["start > no", "no > a"])
    assert output(made, "a") == [{}]


def test_a_node_with_several_inputs_waits_for_all() -> None:
    nodes = [("a", "pass"), ("b", "pass"), ("join", "join")]
    edges = ["start > a", "start > b", "a > join.input_1", "b > join.input_2"]
    assert run(nodes, edges)[1].path == ["start", "a", "b", "join"]


def test_when_nothing_else_can_run_waiting_nodes_run_with_what_they_have() -> None:
    nodes = [("fork", "fork"), ("join", "join"), ("strict", "strict_join")]
    edges = ["start > fork", "fork.odd > join.input_1", "fork.even > join.input_2",
             "fork.odd > strict.input_1", "fork.even > strict.input_2"]  # fmt: skip
    made, result = run(nodes, edges, [{"n": 1}])
    assert (result.path, output(made, "join")) == (["start", "fork", "join"], [{"n": 1}])


def test_a_node_reached_over_one_input_runs_once_per_arrival() -> None:
    nodes = [("a", "pass"), ("b", "pass"), ("both", "pass", adds("={{ $runIndex }}"))]
    made, result = run(nodes, ["start > a", "start > b", "a > both", "b > both"])
    assert result.path == ["start", "a", "both", "b", "both"]
    assert [output(made, "both", at=index)[0]["value"] for index in (0, 1)] == [0, 1]


# -- settings of nodes


def test_disabled_passes_the_first_input_through() -> None:
    nodes = [("a", "pass", adds("a")), ("b", "pass", adds("b")), ("join", "join", {"disabled": True}), ("end", "pass")]
    edges = ["start > a", "start > b", "a > join.input_1", "b > join.input_2", "join > end"]
    assert output(run(nodes, edges)[0], "end") == [{"value": "a"}]


def test_execute_once_uses_the_first_item() -> None:
    assert output(run([("a", "pass", {"execute_once": True})], ["start > a"], NUMBERS)[0], "a") == [{"n": 1}]


@pytest.mark.parametrize(("fails", "status"), [(1, "success"), (2, "error")])
def test_a_retry_tries_so_often_and_no_more(fails: int, status: str) -> None:
    Flaky.left = fails
    retry = {"enabled": True, "max_retries": 1, "delay_ms": 1}
    assert run([("a", "flaky", {"retry": retry})], ["start > a"])[1].status == status
    Flaky.left = 0


def test_continue_passes_the_input_items_on_when_the_node_threw() -> None:
    nodes = [("a", "broken", {"on_error": "continue"}), ("b", "pass")]
    made, result = run(nodes, ["start > a", "a > b"], NUMBERS)
    assert (output(made, "b"), result.status) == (NUMBERS, "partial_success")


def test_error_output_moves_failing_items_with_their_error_and_the_rest_goes_on() -> None:
    nodes = [("a", "picky", {"on_error": "error_output"}), ("good", "pass"), ("bad", "pass")]
    made, _ = run(nodes, ["start > a", "a > good", "a.error > bad"], [{"n": 1}, {"n": 13}])
    assert output(made, "good") == [{"n": 1}]
    assert [(item["n"], item["error"]["kind"]) for item in output(made, "bad")] == [(13, "unlucky")]


# -- lineage and expressions


def test_lineage_is_kept_for_nodes_that_say_nothing_of_it() -> None:
    """``picky`` makes new items and names no origins; the fork takes some out."""
    nodes = [("fork", "fork"), ("a", "picky"), ("b", "pass", adds("={{ $('start').item.json.n * 10 }}"))]
    made, _ = run(nodes, ["start > fork", "fork.odd > a", "a > b"], NUMBERS)
    assert [item["value"] for item in output(made, "b")] == [10, 30]


def test_lineage_that_cannot_be_followed_says_exactly_why() -> None:
    nodes = [("mix", "shuffle"), ("b", "pass", adds("={{ $('start').item.json.n }}"))]
    _, result = run(nodes, ["start > mix", "mix > b"], NUMBERS[:2])
    assert result.error["kind"] == "lineage_lost"
    assert "“mix” did not say which input item" in result.error["message"]


def test_json_in_all_items_context_is_the_first_item() -> None:
    nodes = [("a", "limit", {"parameters": {"max_items": "={{ $json.n }}"}})]
    assert output(run(nodes, ["start > a"], [{"n": 2}, {"n": 1}, {"n": 3}])[0], "a") == [{"n": 2}, {"n": 1}]


def test_another_node_is_looked_up_at_the_same_run_index_where_it_can_else_the_last() -> None:
    nodes = [
        ("loop", "loop"),
        ("twice", "pass", adds("={{ $json.n * 2 }}")),
        ("seen", "pass", adds("={{ $('twice').first().json.value }}")),
        ("end", "pass", adds("={{ $('twice').first().json.value + ' ' + $('twice').last().json.value }}")),
    ]
    edges = ["start > loop", "loop.loop > twice", "twice > seen", "seen > loop", "loop.done > end"]
    made, _ = run(nodes, edges, NUMBERS)
    assert [output(made, "seen", at=index)[0]["value"] for index in range(3)] == [2, 4, 6]
    assert output(made, "end")[0]["value"] == "2 2"  # its first run looks at the first
    two = [("a", "pass", adds(1)), ("c", "pass"), ("b", "pass", adds("={{ $('a').first().json.value }}"))]
    twice, _ = run(two, ["start > a", "start > c", "start > b", "c > b"])
    assert [output(twice, "b", at=index)[0]["value"] for index in (0, 1)] == [1, 1]  # “a” has no second run


def test_an_undefined_path_gives_undefined_and_no_error() -> None:
    assert added("={{ $json.no.such.thing === undefined }}") == [True]


def test_an_undefined_path_in_mixed_text_renders_empty() -> None:
    assert added("=Hello {{ $json.no.such }}!") == ["Hello !"]


@pytest.mark.parametrize("value", [3, True, [1, "a"], {"a": None}, None])
def test_a_template_of_one_block_keeps_its_type(value: Any) -> None:
    assert added("={{ $json.v }}", [{"v": value}]) == [value]
    assert isinstance(added("= {{ $json.v }}", [{"v": value}])[0], str)


# -- nodes


def test_a_loop_gives_batches_to_loop_and_all_that_came_back_to_done() -> None:
    nodes = [("l", "loop_over_items", {"parameters": {"batch_size": 2}}), ("a", "pass", adds(1)), ("end", "pass")]
    made, _ = run(nodes, ["start > l", "l.loop > a", "a > l", "l.done > end"], NUMBERS)
    assert [len(output(made, "a", at=index)) for index in (0, 1)] == [2, 1]
    assert output(made, "end") == [{**item, "value": 1} for item in NUMBERS]


def test_the_state_of_a_loop_is_that_of_one_run() -> None:
    nodes = [("l", "loop_over_items", {}), ("a", "pass"), ("end", "pass")]
    for _ in range(2):
        made, _result = run(nodes, ["start > l", "l.loop > a", "a > l", "l.done > end"], NUMBERS)
        assert len(made.scheduler.entries_of["a"]) == 3


def test_nested_loops_restart_with_their_outer_loop() -> None:
    nodes = [("o", "loop_over_items"), ("two", "paired"), ("i", "loop_over_items"), ("a", "pass"), ("end", "pass")]
    edges = ["start > o", "o.loop > two", "two > i", "i.loop > a", "a > i", "i.done > o", "o.done > end"]
    made, _ = run(nodes, edges, NUMBERS)
    assert (len(made.scheduler.entries_of["a"]), len(output(made, "end"))) == (6, 6)


LEFT, RIGHT = [{"k": 1, "a": 1}, {"k": 2, "a": 2}], [{"k": 2, "b": 2}, {"k": 3, "b": 3}]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"mode": "append"}, [*LEFT, *RIGHT]),
        ({"mode": "combine", "combine_by": "position"}, [{"k": 2, "a": 1, "b": 2}, {"k": 3, "a": 2, "b": 3}]),
        ({"mode": "combine", "combine_by": "fields", "match_fields": [{"left": "k", "right": "k"}]},
         [{"k": 2, "a": 2, "b": 2}]),
        ({"mode": "combine", "combine_by": "all"},
         [{"k": 2, "a": 1, "b": 2}, {"k": 3, "a": 1, "b": 3}, {"k": 2, "a": 2, "b": 2}, {"k": 3, "a": 2, "b": 3}]),
        ({"mode": "choose_branch", "use_input": 2}, RIGHT),
        ({"mode": "sql", "query": "SELECT a, b FROM input1 LEFT JOIN input2 USING (k)"},
         [{"a": 1, "b": None}, {"a": 2, "b": 2}]),
    ],
)  # fmt: skip
def test_merge_brings_branches_together_in_each_of_its_modes(parameters: Any, expected: list[Any]) -> None:
    nodes = [("a", "pass", adds(LEFT)), ("b", "pass", adds(RIGHT))]
    split = {"parameters": {"fields": [{"field": "value"}], "include": "none"}}
    nodes += [("sa", "split_out", split), ("sb", "split_out", split), ("m", "merge", {"parameters": parameters})]
    edges = ["start > a", "start > b", "a > sa", "b > sb", "sa > m.input_1", "sb > m.input_2"]
    assert output(run(nodes, edges)[0], "m") == expected


def compared(left: Any, operation: str, right: Any, **more: Any) -> dict[str, Any]:
    kind = "number" if operation in ("gt", "lt") else "string"
    entry = {"left": left, "operator": {"type": kind, "operation": operation}, "right": right}
    return {"conditions": [entry], **more}


def went(kind: str, items: Any, **parameters: Any) -> tuple[dict[str, Any], str]:
    made, result = run([("a", kind, {"parameters": parameters})], ["start > a"], items)
    (entry,) = made.scheduler.entries_of["a"]
    return {port: [item.json for item in batch] for port, batch in entry.outputs.items()}, result.status


@pytest.mark.parametrize("kind", ["if", "filter"])
def test_conditions_are_strict_about_types_unless_they_are_loose(kind: str) -> None:
    strict = compared("={{ $json.n }}", "gt", 1)
    assert went(kind, [{"n": "2"}], conditions=strict)[1] == "error"
    first = "true" if kind == "if" else "main"
    assert went(kind, [{"n": "2"}], conditions={**strict, "type_validation": "loose"})[0] == {first: [{"n": "2"}]}


def test_conditions_tell_cases_apart_unless_they_are_told_not_to() -> None:
    exact = compared("={{ $json.t }}", "equals", "ADA")
    assert went("if", [{"t": "ada"}], conditions=exact)[0] == {"false": [{"t": "ada"}]}
    assert went("if", [{"t": "ada"}], conditions={**exact, "case_sensitive": False})[0] == {"true": [{"t": "ada"}]}


def test_switch_takes_the_first_rule_or_all_that_hold_and_a_fallback() -> None:
    rules = [
        {"conditions": compared("={{ $json.n }}", "gt", least), "output_name": f"over_{least}"} for least in (1, 2)
    ]
    first, _ = went("switch", NUMBERS, rules=rules)
    assert first == {"over_1": [{"n": 2}, {"n": 3}]}
    every, _ = went("switch", NUMBERS, rules=rules, send_to_all=True)
    assert every == {"over_1": [{"n": 2}, {"n": 3}], "over_2": [{"n": 3}]}
    fallback, _ = went("switch", NUMBERS, rules=rules, fallback="extra")
    assert [items for port, items in fallback.items() if port != "over_1"] == [[{"n": 1}]]


# -- webhooks, time, pins, static data: with the runtime around the core


def called(path: str, body: Any = None) -> Any:
    return Client().post(f"/webhook/{path}", body or {}, content_type="application/json")


def says(name: str, text: str) -> tuple[str, str, dict[str, Any]]:
    return name, "respond_to_webhook", {"respond_with": "text", "text_body": text}


@pytest.mark.django_db(transaction=True)
def test_a_webhook_answers_at_once_or_with_the_last_node(owner: Person) -> None:
    go_live(owner, chain(hook("once", response_mode="immediately"), fields("a", x="1")), "Once")
    go_live(owner, chain(hook("last"), fields("a", x="1"), fields("b", y="2")), "Last")
    assert called("once").status_code == 202
    assert called("last").json() == {"y": "2"}


@pytest.mark.django_db(transaction=True)
def test_of_several_respond_nodes_the_first_wins(owner: Person) -> None:
    go_live(owner, chain(hook("two", response_mode="respond_node"), says("r1", "first"), says("r2", "second")))
    assert called("two").content == b"first"


@pytest.mark.django_db(transaction=True)
def test_a_webhook_streams_what_each_respond_node_says_in_order(owner: Person) -> None:
    stream = {"response_mode": "streaming", "stream_format": "text"}
    go_live(owner, chain(hook("piecewise", **stream), says("r1", "first "), says("r2", "second")))
    assert b"".join(called("piecewise").streaming_content) == b"first second"


@pytest.mark.django_db(transaction=True)
def test_a_run_that_reaches_no_respond_node_is_an_error_for_the_caller(owner: Person) -> None:
    go_live(owner, chain(hook("none", response_mode="respond_node"), fields("a", x="1")))
    answer = called("none")
    assert (answer.status_code, answer.json()["code"]) == (500, "workflow_did_not_respond")


def test_the_time_zone_of_the_workflow_rules_now_and_date_nodes() -> None:
    """The clock stands at noon UTC; in Tokyo it is nine hours later."""
    zone = {"timezone": "Asia/Tokyo"}
    assert added("={{ $now.toFormat('HH ZZ') }}", timezone="Asia/Tokyo") == ["21 +09:00"]
    parameters = {"operation": "format", "date": "2026-03-01T12:00:00Z", "format": "HH:mm"}
    made, _ = run([("a", "date_time", {"parameters": parameters})], ["start > a"], settings=zone, timezone="Asia/Tokyo")
    assert "21:00" in str(output(made, "a"))


def test_the_time_zone_of_the_workflow_rules_schedules() -> None:
    rule = [{"unit": "days", "interval": 1, "hour": 9, "minute": 0}]
    schedule: Any = get_node_type("schedule")
    due = [schedule.next_times(rule, zone, datetime(2026, 3, 1, tzinfo=UTC))[0] for zone in ("UTC", "Asia/Tokyo")]
    assert [moment.hour for moment in due] == [9, 0]


@pytest.mark.django_db(transaction=True)
def test_pinned_data_replace_a_node_in_manual_runs_only(owner: Person) -> None:
    definition = chain(hook("pins"), fields("a", real="1"))
    definition["nodes"][1]["pinned_data"] = [{"json": {"pinned": True}}]
    made = go_live(owner, definition)
    by_hand = run_by_hand(owner, made)
    seen = owner.api.get(f"/api/v1/executions/{by_hand['id']}/").json()
    assert [item["json"] for item in seen["output"]] == [{"pinned": True}]
    assert called("pins").json() == {"real": "1"}


@pytest.mark.django_db(transaction=True)
def test_static_data_are_saved_by_production_runs_only(owner: Person) -> None:
    count = ("count", "static_data", {"operation": "increment", "name": "n", "output_field": "n"})
    made = go_live(owner, chain(hook("count"), count))
    run_by_hand(owner, made)
    assert WorkflowStaticData.plain.count() == 0
    assert [called("count").json()["n"] for _ in range(2)] == [1, 2]
    run_by_hand(owner, made)
    assert called("count").json()["n"] == 3
