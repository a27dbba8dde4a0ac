"""Tests made of runs: what is mocked, what is compared, and that a recorded test passes."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import given, settings
from hypothesis import strategies as st

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult
from apps.workflows.engine.run import output_of, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.engine.testing import fitting
from apps.workflows.engine.testing.cases import Assertion
from apps.workflows.engine.testing.facts import Facts, json_of_all
from apps.workflows.engine.testing.fitting import assertion_data, assertions_of, mocks_of, steadied
from apps.workflows.registry import get_node_type
from tests.workflows.engine.graphs import TYPES, Pass, ports
from tests.workflows.testing.cases import carried_out, graph_of, told


class Outside(Pass):
    """Asks something outside, which answers each time something else; fails for some."""

    type = "outside"
    capabilities = TYPES["effect"].capabilities
    asked: ClassVar[list[int]] = []

    def run(self, context: NodeContext) -> NodeResult:
        def ask(item: Item, at: int) -> Item:
            Outside.asked.append(at)
            if item.json.get("n") == 13:
                raise NodeError("Not this one.", kind="unlucky", retryable=True)
            return Item({**item.json, "answer": len(Outside.asked)})

        return context.each(ask)


KNOWN = {**TYPES, "outside": Outside}


def ran(graph: Graph, items: list[dict[str, Any]]) -> tuple[list[JournalEntry], Facts]:
    """A run for real: its journal and what it came to."""
    scheduler = Scheduler(graph)
    scheduler.begin("start", ItemBatch.of(items))
    run = RunContext(scheduler, ports(), execution_id="the real one", sleep=lambda _: None)
    result = run_to_pause(run)
    facts = Facts(result.status, result.error, json_of_all(output_of(run, result)), None, scheduler.entries_of)
    return scheduler.entries, facts


def recorded(graph: Graph, items: list[dict[str, Any]]) -> dict[str, Any]:
    """The document of a test made of a run."""
    entries, facts = ran(graph, items)
    held: dict[str, Any] = {"mocks": {"nodes": mocks_of(graph, entries)}}
    repeats = [carried_out(graph, items=items, trigger="start", **held).facts for _ in range(2)]
    kept = steadied(assertions_of(graph, facts, entries), [each for each in repeats if each is not None])
    return {**held, "assertions": [assertion_data(each) for each in kept]}


KINDS = st.sampled_from(["pass", "outside", "fork", "picky", "shuffle", "nothing", "join", "loop"])
EXTRAS = st.sampled_from(
    [{}, {"on_error": "continue"}, {"on_error": "error_output"}, {"disabled": True}, {"execute_once": True},
     {"always_output_data": True}, {"retry": {"enabled": True}}]
)  # fmt: skip
OUTS = {"fork": ["even", "odd"], "loop": ["done", "loop"]}


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Graph, list[dict[str, Any]]]:
    nodes: list[Any] = [("start", "start")]
    edges = []
    for at in range(draw(st.integers(1, 6))):
        kind = draw(KINDS)
        nodes.append((f"n{at}", kind, draw(EXTRAS)))
        for port in ("input_1", "input_2") if kind == "join" else ("main",):
            source, source_kind = draw(st.sampled_from([(node[0], node[1]) for node in nodes[:-1]]))
            edges.append(
                f"{source}.{draw(st.sampled_from([*OUTS.get(source_kind, ['main']), 'error']))} > n{at}.{port}"
            )
    items = draw(st.lists(st.integers(0, 14), min_size=1, max_size=3))
    return graph_of(nodes, edges, KNOWN), [{"n": n} for n in items]


@settings(max_examples=60)
@given(drawings())
def test_a_test_recorded_from_any_run_passes(drawn: tuple[Graph, list[dict[str, Any]]]) -> None:
    graph, items = drawn
    made = recorded(graph, items)
    asked = len(Outside.asked)
    outcome = carried_out(graph, *made.pop("assertions"), items=items, trigger="start", **made)
    assert (told(outcome), outcome.unmocked, len(Outside.asked)) == ([], [], asked)


def test_errors_and_failing_items_are_mocked_as_they_were() -> None:
    nodes = [("start", "start"), ("ask", "outside", {"on_error": "error_output"}), ("good", "pass"), ("sorry", "pass")]
    partly = graph_of(nodes, ["start > ask", "ask > good", "ask.error > sorry"], KNOWN)
    entries, _ = ran(partly, [{"n": 13}, {"n": 1}])
    assert {port: len(items) for port, items in mocks_of(partly, entries)["ask"]["outputs"].items()} == {
        "main": 1, "error": 1,
    }  # fmt: skip
    whole = graph_of(
        [("start", "start"), ("ask", "outside"), ("off", "outside", {"disabled": True})], ["start > ask"], KNOWN
    )
    made = recorded(whole, [{"n": 13}])
    assert made["mocks"]["nodes"] == {"ask": {"error": {"message": "Not this one.", "kind": "unlucky", "item": 0}}}
    assert {"kind": "error_kind", "node": None, "expected": "unlucky"} in made["assertions"]
    looped = graph_of(
        [("start", "start"), ("loop", "loop"), ("ask", "outside")],
        ["start > loop", "loop.loop > ask", "ask > loop"],
        KNOWN,
    )
    entries, _ = ran(looped, [{"n": 1}, {"n": 2}])
    assert [len(run["items"]) for run in mocks_of(looped, entries)["ask"]["runs"]] == [1, 1]


def test_what_changes_from_run_to_run_is_left_out() -> None:
    add = "={{ [{id: $execution.id, sure: 1}, {id: $execution.id, sure: 2}] }}"
    graph = graph_of([("start", "start"), ("a", "pass", {"parameters": {"add": add}})], ["start > a"])
    found = recorded(graph, [{"n": 1}])["assertions"]
    kept = {"n": 1, "value": [{"id": "test", "sure": 1}, {"id": "test", "sure": 2}]}
    assert found == [
        {"kind": "status", "node": None, "expected": "success"},
        {"kind": "equals", "node": None, "expected": [kept], "ignore": ["value.*.id"]},
        {"kind": "equals", "node": "a", "expected": [kept], "ignore": ["value.*.id"]},
    ]


def facts(*items: Any) -> Facts:
    return Facts("success", None, items, None, {})


def test_where_nothing_can_be_compared_items_are_counted() -> None:
    assert steadied([Assertion("equals", expected=["a"])], [facts("b")]) == [Assertion("count", expected=1)]
    many = Assertion("equals", expected=[{f"f{n}": 0 for n in range(fitting.MAX_IGNORED + 1)}])
    assert steadied([many], [facts({f"f{n}": 1 for n in range(fitting.MAX_IGNORED + 1)})]) == [
        Assertion("count", expected=1)
    ]


def test_what_does_not_hold_again_is_dropped() -> None:
    gone = Assertion("equals", "gone", expected=[])
    dotted = Assertion("equals", expected=[{"a.b": 1}])
    repeats = [facts({"a.b": 2}), facts({"a.b": 3})]
    kept = steadied([gone, dotted, Assertion("status", expected="error")], repeats)
    assert kept == [Assertion("count", expected=1)]  # a name with a dot cannot be left out


def test_long_results_are_counted() -> None:
    graph = graph_of([("start", "start")], [])
    _, result, *_ = recorded(graph, [{"n": 1}] * (fitting.MAX_COMPARED + 1))["assertions"]
    assert result == {"kind": "count", "node": None, "expected": fitting.MAX_COMPARED + 1}


def test_a_wait_for_somebody_is_mocked_and_one_for_a_time_is_not() -> None:
    nodes = [
        ("start", "manual"),
        ("soon", "wait", {"parameters": {"amount": 0}}),
        ("asked", "wait", {"parameters": {"mode": "webhook"}}),
    ]
    graph = graph_of(nodes, [], {name: get_node_type(name) for name in ("manual", "wait")})
    entries = [JournalEntry(name, 0, at, "success", {}) for at, name in enumerate(("start", "soon", "asked"))]
    assert mocks_of(graph, entries) == {"asked": {"items": []}}
