"""Any graph: all modes come to the same, whatever ends first; any prefix of any journal goes on to the same end."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.lineage import LineageLost, follow
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.slots import NodeCall
from tests.workflows.engine.graphs import document
from tests.workflows.engine.modes import MODES, history, run_in, summary

KINDS = ("pass", "effect", "effect", "fork", "join", "strict_join", "shaky", "nothing", "shuffle", "rounds", "reply")
PORTS = {"fork": ("even", "odd"), "rounds": ("done",)}
INPUTS = {"join": ("input_1", "input_2"), "strict_join": ("input_1", "input_2")}
ON_ERROR = ("stop", "continue", "error_output")


def _say(draw: st.DrawFn, names: list[str]) -> str:
    name = draw(st.sampled_from(names))
    return draw(
        st.sampled_from(
            [
                f"={{{{ $('{name}').isExecuted }}}}",
                f"={{{{ $('{name}').isExecuted ? $('{name}').all().length : -1 }}}}",
                "={{ $node['st' + 'art'].json.n }}",
                "={{ $runIndex }}",
            ]
        )
    )


def _fields(draw: st.DrawFn, kind: str, names: list[str]) -> dict[str, Any]:
    more: dict[str, Any] = {
        "position": {"x": draw(st.integers(0, 3)), "y": draw(st.integers(0, 5))},
        "on_error": draw(st.sampled_from(ON_ERROR)),
        "retry": {"enabled": draw(st.booleans()), "max_retries": 1, "delay_ms": 0},
        "disabled": draw(st.integers(0, 9)) == 0,
        "execute_once": draw(st.integers(0, 9)) == 0,
        "always_output_data": draw(st.integers(0, 9)) == 0,
    }
    if kind in ("effect", "reply"):
        more["parameters"] = {"say": _say(draw, names)}
    return more


@st.composite
def graphs(draw: st.DrawFn, most: int = 8) -> dict[str, Any]:
    """Branches, joins, loops, errors, retries behind one trigger."""
    count = draw(st.integers(2, most))
    kinds = ["start", *(draw(st.sampled_from(KINDS)) for _ in range(count))]
    names = ["start", *(f"n{at}" for at in range(1, count + 1))]
    edges = set()
    for at in range(1, count + 1):
        for _ in range(draw(st.integers(1, 2))):
            source = draw(st.integers(0, at - 1))
            ports = (*PORTS.get(kinds[source], ("main",)), "error")
            out = ports[0] if draw(st.integers(0, 4)) else draw(st.sampled_from(ports))
            into = draw(st.sampled_from(INPUTS.get(kinds[at], ("main",))))
            edges.add(f"{names[source]}.{out} > {names[at]}.{into}")
    nodes: list[Any] = []
    for name, kind in zip(names, kinds, strict=True):
        nodes.append((name, kind, {} if kind == "start" else _fields(draw, kind, names)))
        if kind == "rounds":
            nodes.append((f"{name}_body", draw(st.sampled_from(["effect", "fork"])), {"position": {"x": 9, "y": 2}}))
            edges |= {f"{name}.loop > {name}_body", f"{name}_body.{draw(st.sampled_from(['main', 'even']))} > {name}"}
    return document(nodes, sorted(edges))


NUMBERS = st.lists(st.integers(10, 14), min_size=1, max_size=3)
SEEDS = st.integers(0, 2**16)


def ahead_of_failure(run: RunContext) -> set[tuple[str, int]]:
    """What ran although ``sequential`` would have stopped before it."""
    scheduler = run.scheduler
    if scheduler.failure is None:
        return set()
    order = list(scheduler.official())
    behind = order[order.index(scheduler.failure.execution_order) + 1 :]
    return {(scheduler.entries[at].node_id, scheduler.entries[at].run_index) for at in behind}


def assert_pairs_lead_somewhere(run: RunContext) -> None:
    """Every pair points to an item that there is; following items back ends at one of the trigger, or says why not."""
    scheduler = run.scheduler
    for entry in scheduler.entries:
        compiled, arrived = scheduler.graph.compiled(entry.node_id), scheduler.inputs_of(entry)
        inputs = list(arrived.values())
        if entry.sources and not compiled.node.execute_once:
            assert entry.items_in in (0, sum(map(len, inputs)))  # 0: told by a journal, which does not keep it
        pairs = [pair for batch in entry.outputs.values() for item in batch for pair in item.paired or ()]
        # A loop gives out what came back in earlier runs, too.
        assert compiled.type.is_loop or not inputs or all(pair.item < len(inputs[pair.input]) for pair in pairs)
        call = NodeCall(compiled, entry.run_index, entry.execution_order, arrived, entry.sources)
        for at in range(len(inputs[0]) if inputs else 0):
            try:
                assert follow(scheduler, call, at, "start") in scheduler.entries[0].outputs["main"]
            except LineageLost as lost:
                assert "“start”" in lost.message


def assert_same(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    items = [{"n": n} for n in numbers]
    whole, result = run_in("sequential", definition, items, scheduler={"max_node_runs": 200})
    for mode in ("parallel", "smart"):
        pick = random.Random(seed).randrange
        run, ended = run_in(mode, definition, items, pick=pick, scheduler={"max_node_runs": 200})
        if result.error and result.error["kind"] == "too_many_node_runs":
            assert ended.error == result.error
            continue
        extra = ahead_of_failure(run)
        assert {key: value for key, value in history(run).items() if key not in extra} == history(whole)
        assert summary(run, ended) == summary(whole, result)
        assert_pairs_lead_somewhere(run)
        assert ended.path[: len(result.path)] == result.path


def assert_replays(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    items = [{"n": n} for n in numbers]
    for mode in MODES:
        pick = random.Random(seed).randrange
        whole, result = run_in(mode, definition, items, pick=pick, scheduler={"max_node_runs": 60})
        if result.error and result.error["kind"] == "too_many_node_runs":
            return
        journal = [entry.to_data() for entry in whole.scheduler.entries]
        for length in range(len(journal) + 1):
            run, again = run_in(mode, definition, items, pick=pick, journal=journal[:length])
            extra, more = ahead_of_failure(run), ahead_of_failure(whole)
            now, then = history(run), history(whole)
            assert {k: v for k, v in now.items() if k not in extra} == {k: v for k, v in then.items() if k not in more}
            assert summary(run, again)[:4] == summary(whole, result)[:4]


@given(graphs(), NUMBERS, SEEDS)
@settings(max_examples=50, deadline=None)
def test_all_modes_come_to_the_same(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    assert_same(definition, numbers, seed)


@given(graphs(6), NUMBERS, SEEDS)
@settings(max_examples=12, deadline=None)
def test_any_prefix_goes_on_to_the_same_end(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    assert_replays(definition, numbers, seed)


@pytest.mark.slow
@given(graphs(14), NUMBERS, SEEDS)
@settings(max_examples=1_000, deadline=None)
def test_all_modes_come_to_the_same_in_many_graphs(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    assert_same(definition, numbers, seed)


@pytest.mark.slow
@given(graphs(9), NUMBERS, SEEDS)
@settings(max_examples=150, deadline=None)
def test_any_prefix_of_many_goes_on_to_the_same_end(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    assert_replays(definition, numbers, seed)


def test_entries_name_only_entries_before_them() -> None:
    definition = document(
        [("start", "start"), ("a", "effect"), ("b", "effect"), ("both", "join")],
        ["start > a", "start > b", "a > both.input_1", "b > both.input_2"],
    )
    run, _ = run_in("parallel", definition, [{"n": 1}], pick=lambda count: count - 1)
    entries: list[JournalEntry] = run.scheduler.entries
    assert [entry.node_id for entry in entries] == ["start", "b", "a", "both"]
    assert all(s.order < e.execution_order for e in entries for s in e.sources.values())
    assert [source.port for source in entries[3].sources.values()] == ["main", "main"]
