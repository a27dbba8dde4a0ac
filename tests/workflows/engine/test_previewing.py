"""Calls rebuilt from a journal: what a node would see is what it saw."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.previewing import Shown, preview_texts
from apps.workflows.engine.rebuilding import Rebuilt, rebuild_call, with_nodes_of
from apps.workflows.engine.run_context import RunContext
from exprsn.kernel.deadlines import time_limit
from tests.workflows.engine.graphs import TYPES, carry_out, document, ports

ITEMS = [{"n": 1}, {"n": 2}, {"n": 4}]
NODES: list[Any] = [("start", "start"), ("fork", "fork"), ("a", "pass"), ("b", "pass"), ("join", "join")]
EDGES = ["start > fork", "fork.even > a", "fork.odd > b", "a > join.input_1", "b > join.input_2"]
LOOP: list[Any] = [("start", "start"), ("loop", "loop"), ("a", "pass")]
LOOP_EDGES = ["start > loop", "loop.loop > a", "a > loop"]


def journal(definition: dict[str, Any]) -> list[JournalEntry]:
    return carry_out(definition, ITEMS)[0].scheduler.entries


def rebuilt(definition: dict[str, Any], node_id: str, entries: list[JournalEntry]) -> Rebuilt:
    graph = Graph(with_nodes_of(parse_definition(definition), entries, "pass"), TYPES.__getitem__)
    return rebuild_call(graph, node_id, entries, ItemBatch.of(ITEMS))


def numbers(made: Rebuilt) -> list[Any]:
    return [item.json["n"] for item in made.batch]


def show(made: Rebuilt, text: str) -> Shown:
    run = RunContext(made.scheduler, ports())
    return preview_texts(run, made.call, made.batch, {"x": text}, [0])["x"][0]


@pytest.mark.parametrize(("nodes", "edges"), [(NODES, EDGES), (LOOP, LOOP_EDGES)])
def test_the_last_call_of_every_node_is_rebuilt_as_it_was(nodes: Any, edges: Any) -> None:
    run, _ = carry_out(document(nodes, edges), ITEMS)
    for node_id, entries in run.scheduler.entries_of.items():
        made = rebuilt(document(nodes, edges), node_id, run.scheduler.entries)
        expected = run.scheduler.inputs_of(entries[-1]) or {"main": ItemBatch.of(ITEMS)}
        assert made.call.inputs == expected
        assert (made.call.run_index, made.call.order) == (entries[-1].run_index, entries[-1].execution_order)
        assert len(made.scheduler.entries) == entries[-1].execution_order


def test_a_node_that_has_not_run_sees_what_would_arrive() -> None:
    entries = journal(document(NODES[:4], EDGES[:3]))
    made = rebuilt(document(NODES, EDGES), "join", entries)
    assert {port: [item.json["n"] for item in batch] for port, batch in made.call.inputs.items()} == {
        "input_1": [2, 4],
        "input_2": [1],
    }
    assert (numbers(made), made.feeds) == ([2, 4], "a")


def test_a_node_before_which_nothing_ran_sees_nothing() -> None:
    made = rebuilt(document(NODES, EDGES), "join", [])
    assert (made.feeds, list(made.batch), made.call.inputs) == (None, [], {})


def test_a_node_connected_to_another_output_sees_that_output() -> None:
    entries = journal(document(NODES, EDGES))
    crossed = document(NODES, [EDGES[0], "fork.odd > a", *EDGES[3:]])
    assert numbers(rebuilt(crossed, "a", entries)) == [1]


def test_a_beginning_that_is_connected_now_no_longer_has_the_triggers_items() -> None:
    entries = journal(document([("start", "pass"), ("a", "pass")], ["start > a"]))
    turned = document([("start", "pass"), ("a", "pass")], ["a > start"])
    made = rebuilt(turned, "start", entries)
    assert (made.feeds, numbers(made)) == ("a", [1, 2, 4])


def test_pinned_data_stands_for_what_a_node_put_out() -> None:
    entries = journal(document(NODES, EDGES))
    pinned = [("start", "start"), ("fork", "fork", {"pinned_data": [{"n": 8}]}), *NODES[2:]]
    assert numbers(rebuilt(document(pinned, EDGES), "a", entries)) == [8]
    other_way = rebuilt(document(pinned, EDGES), "b", entries)
    assert (other_way.feeds, numbers(other_way)) == (None, [])


def test_pinned_data_of_a_disabled_node_says_nothing() -> None:
    entries = journal(document(NODES, EDGES))
    pinned = [("start", "start"), ("fork", "fork", {"pinned_data": [{"n": 8}], "disabled": True}), *NODES[2:]]
    assert numbers(rebuilt(document(pinned, EDGES), "a", entries)) == [2, 4]


def test_pins_without_any_run_are_enough() -> None:
    drawn = [("start", "start", {"pinned_data": [{"n": 5}]}), ("a", "pass"), ("b", "pass")]
    made = rebuilt(document(drawn, ["start > a", "a > b"]), "a", [])
    assert (made.feeds, numbers(made)) == ("start", [5])
    assert show(made, "={{ $('start').item.json.n + $trigger.n }}").value == 10


def test_a_journal_with_a_gap_counts_up_to_the_gap() -> None:
    entries = journal(document(NODES, EDGES))
    del entries[1]
    assert rebuilt(document(NODES, EDGES), "a", entries).feeds is None


def test_lineage_leads_through_a_node_that_is_gone_and_its_name_says_nothing() -> None:
    drawn: list[Any] = [("start", "start"), ("a", "pass"), ("b", "pass"), ("c", "pass")]
    entries = journal(document(drawn, ["start > a", "a > b", "b > c"]))
    made = rebuilt(document([drawn[0], drawn[2], drawn[3]], ["b > c"]), "c", entries)
    assert show(made, "={{ $('start').item.json.n }}").value == 1
    error = show(made, "={{ $('a').first() }}").error
    assert error is not None
    assert error["code"] == "node_not_found"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("{{ $json.n }}", "{{ $json.n }}", "string"),
        ("", "", "string"),
        ("=n is {{ $json.n }}", "n is 1", "string"),
        ("={{ $json.gone }}", None, "undefined"),
        ("={{ null }}", None, "null"),
        ("={{ $json.n > 1 }}", False, "boolean"),
        ("={{ $json.n / 2 }}", 0.5, "number"),
        ("={{ [$json.n] }}", [1], "array"),
        ("={{ $json }}", {"n": 1}, "object"),
        ("={{ $now }}", "2026-03-01T12:00:00.000Z", "date"),
    ],
)
def test_values_come_with_the_name_of_their_type(text: str, value: Any, kind: str) -> None:
    entries = journal(document(NODES[:1], []))
    shown = show(rebuilt(document([NODES[0], ("a", "pass")], ["start > a"]), "a", entries), text)
    assert (shown.value, shown.type, shown.error) == (value, kind, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [("={{ 1 + }}", "expression_syntax_error"), ("={{" + " " * 70_000 + "}}", "expression_syntax_error")],
)
def test_what_cannot_be_compiled_is_told(text: str, code: str) -> None:
    error = show(rebuilt(document(NODES, EDGES), "a", []), text).error
    assert error is not None
    assert error["code"] == code


def test_what_comes_after_the_time_is_over_is_told() -> None:
    with time_limit(0):
        shown = show(rebuilt(document(NODES, EDGES), "a", []), "={{ 1 }}")
    assert shown.error is not None
    assert (shown.error["code"], shown.error["line"]) == ("expression_too_costly", None)
