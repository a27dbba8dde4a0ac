"""Loops in whole runs: order, results, and the way back of items (engine and node together)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.core.public import dumps
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.run import RunResult, output_of, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.registry import get_node_type


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)


def node(name: str, type_id: str, **parameters: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "type": type_id, "parameters": parameters}


def fields(**values: str) -> dict[str, Any]:
    assignments = [{"name": name, "type": "any", "value": value} for name, value in values.items()]
    return {"include": "none", "assignments": assignments}


def run(nodes: list[Any], lines: str, items: list[Any]) -> tuple[RunContext, RunResult]:
    """``lines`` has a connection a line: ``source port target``."""
    ends = [line.split() for line in lines.strip().splitlines()]
    connections = [{"source": s, "source_output": port, "target": t} for s, port, t in ends]
    definition = parse_definition({"nodes": nodes, "connections": connections})
    scheduler = Scheduler(Graph(definition, get_node_type))
    scheduler.begin("start", ItemBatch.of(items))
    context = RunContext(scheduler, ports=type("Parts", (), {"clock": Clock()})())
    return context, run_to_pause(context)


SIMPLE = """
    start main loop
    loop loop step
    step main loop
    loop done end
"""


def test_items_in_a_loop_find_the_way_back() -> None:
    nodes = [
        node("start", "manual"),
        node("loop", "loop_over_items", batch_size=2),
        node("step", "set", **fields(twice="={{ $('start').item.json.n * 2 }}")),
        node("end", "set", **fields(n="={{ $('start').item.json.n }}", twice="={{ $json.twice }}")),
    ]
    context, result = run(nodes, SIMPLE, [{"n": n} for n in range(5)])
    assert result.status == "success"
    assert result.path == ["start", "loop", "step", "loop", "step", "loop", "step", "loop", "end"]
    assert [item.json for item in output_of(context, result)] == [{"n": n, "twice": n * 2} for n in range(5)]


def test_an_inner_loop_starts_anew_for_each_outer_round() -> None:
    nodes = [
        node("start", "manual"),
        node("loop", "loop_over_items"),
        node("parts", "split_out", fields=[{"field": "parts"}]),
        node("inner", "loop_over_items"),
        node("step", "set", **fields(seen="={{ $json.parts + $('start').item.json.name }}")),
        node("end", "aggregate", fields=[{"field": "seen"}]),
    ]
    lines = """
        start main loop
        loop loop parts
        parts main inner
        inner loop step
        step main inner
        inner done loop
        loop done end
    """
    items = [{"name": "A", "parts": ["1", "2"]}, {"name": "B", "parts": ["3"]}]
    context, result = run(nodes, lines, items)
    assert result.status == "success"
    assert [item.json for item in output_of(context, result)] == [{"seen": ["1A", "2A", "3B"]}]


def test_what_comes_back_late_by_another_branch_does_not_start_the_loop_again() -> None:
    nodes = [
        node("start", "manual"),
        node("loop", "loop_over_items", batch_size=2),
        node("odd", "if", conditions={"combinator": "and", "conditions": [
            {"left": "={{ $json.n % 2 }}", "operator": {"type": "number", "operation": "equals"}, "right": 1}]}),
        node("first", "no_op"),
        node("later", "no_op"),
        node("end", "no_op"),
    ]  # fmt: skip
    lines = """
        start main loop
        loop loop odd
        odd true first
        odd false later
        first main loop
        later main loop
        loop done end
    """
    context, result = run(nodes, lines, [{"n": n} for n in (1, 2)])
    assert result.status == "success"
    assert left_by(context, "loop") == [[{"n": 1}, {"n": 2}]]
    assert left_by(context, "done") == [[{"n": 1}], [{"n": 1}, {"n": 2}]]


def test_an_inner_loop_that_is_left_early_starts_anew_in_the_next_outer_round() -> None:
    nodes = [
        node("start", "manual"),
        node("outer", "loop_over_items"),
        node("parts", "split_out", fields=[{"field": "parts"}]),
        node("loop", "loop_over_items", batch_size=5),
        node("step", "set", **fields(seen="={{ $json.parts }}")),
        node("end", "aggregate", fields=[{"field": "seen"}]),
    ]
    lines = """
        start main outer
        outer loop parts
        parts main loop
        loop loop step
        step main loop
        loop done outer
        outer done end
    """
    items = [{"parts": ["1", "2"]}, {"parts": ["3"]}]
    context, result = run(nodes, lines, items)
    assert left_by(context, "loop") == [[{"parts": "1"}, {"parts": "2"}], [{"parts": "3"}]]
    assert [item.json for item in output_of(context, result)] == [{"seen": ["1", "2", "3"]}]


def looped(items: list[Any], **parameters: Any) -> RunContext:
    """A run of the simple loop whose step adds ``seen``."""
    seen = node("step", "set", include="all", assignments=[{"name": "seen", "type": "boolean", "value": True}])
    loop = node("loop", "loop_over_items", **parameters)
    context, result = run([node("start", "manual"), loop, seen, node("end", "no_op")], SIMPLE, items)
    assert result.status == "success", result.error
    return context


def left_by(context: RunContext, port: str) -> list[list[Any]]:
    """What left the loop by a port, run by run."""
    entries = context.scheduler.entries_of["loop"]
    return [[item.json for item in entry.outputs[port]] for entry in entries if port in entry.outputs]


def test_a_loop_gives_batches_and_then_what_came_back() -> None:
    items = [{"n": number} for number in range(5)]
    context = looped(items, batch_size=2)
    assert left_by(context, "loop") == [items[0:2], items[2:4], items[4:5]]
    assert left_by(context, "done") == [[{**json, "seen": True} for json in items]]
    assert context.states["loop"] == {
        "size": 2,
        "round_start": 0,
        "currentRunIndex": 3,
        "maxRunIndex": 3,
        "noItemsLeft": True,
        "done": True,
    }


def test_a_loop_says_where_its_items_came_from() -> None:
    entries = looped([{"n": 1}, {"n": 2}, {"n": 3}], batch_size=2).scheduler.entries_of["loop"]
    pairs = [[item.paired for item in batch] for entry in entries for batch in entry.outputs.values()]
    assert pairs == [[((0, 0),), ((1, 0),)], [((2, 0),)], [((0, 1),), ((1, 1),), ((0, 2),)]]


def test_a_loop_can_be_reset() -> None:
    context = looped([{"n": 8}, {"n": 9}], reset="={{ $runIndex === 1 }}")
    assert left_by(context, "loop") == [[{"n": 8}], [{"n": 8, "seen": True}]]
    assert left_by(context, "done") == [[{"n": 8, "seen": True}]]


def test_a_loop_that_uses_the_first_item_only_has_one_round() -> None:
    parts = node("loop", "loop_over_items") | {"execute_once": True}
    nodes = [node("start", "manual"), parts, node("step", "no_op"), node("end", "no_op")]
    context, _ = run(nodes, SIMPLE, [{"n": 1}, {"n": 2}])
    assert left_by(context, "done") == [[{"n": 1}]]


def test_the_journal_of_a_loop_grows_with_its_rounds_and_not_with_their_square() -> None:
    def bytes_of(count: int) -> int:
        entries = looped([{"n": 7, "text": "x" * 200} for _ in range(count)]).scheduler.entries_of["loop"]
        return len(dumps([entry.to_data() for entry in entries]))

    assert bytes_of(80) < 2.1 * bytes_of(40)


def test_a_loop_goes_on_after_any_prefix_of_its_journal() -> None:
    items = [{"n": number} for number in range(3)]
    whole = looped(items)
    journal = [entry.to_data() for entry in whole.scheduler.entries]
    for length in range(1, len(journal) + 1):
        context = RunContext(Scheduler(whole.scheduler.graph), whole.ports)
        context.scheduler.begin("start", ItemBatch.of(items))
        kept = [JournalEntry.from_data(data) for data in journal[:length]]
        context.states.update({entry.node_id: dict(entry.state) for entry in kept if entry.state is not None})
        context.scheduler.replay(kept)
        run_to_pause(context)
        assert [entry.to_data() for entry in context.scheduler.entries] == journal


def test_a_thousand_rounds_are_quick() -> None:
    nodes = [
        node("start", "manual"),
        node("loop", "loop_over_items"),
        node("step", "no_op"),
        node("end", "limit", max_items=2000),
    ]
    started = time.process_time()
    context, result = run(nodes, SIMPLE, [{"n": n, "text": "x" * 100} for n in range(1000)])
    assert len(output_of(context, result)) == 1000
    assert time.process_time() - started < 10
