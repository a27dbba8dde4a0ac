"""Killed after any entry, a run that is replayed goes on as if nothing had happened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.journal import SUCCESS, JournalEntry, merge_journal
from apps.workflows.engine.run import run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import JournalMismatch
from tests.workflows.engine.graphs import carry_out, document, make_run

KINDS = st.sampled_from(["pass", "fork", "join", "picky", "nothing", "shuffle"])


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, object]:
    """Random acyclic graphs behind one trigger."""
    kinds = draw(st.lists(KINDS, min_size=1, max_size=7))
    nodes: list[tuple[str, str, dict[str, object]]] = [("start", "start", {})]
    edges: list[str] = []
    ports = {"start": ["main"]}
    for at, kind in enumerate(kinds):
        name = f"n{at}"
        nodes.append((name, kind, {"on_error": draw(st.sampled_from(["continue", "error_output"]))}))
        inputs = ["input_1", "input_2"] if kind == "join" else ["main"]
        for port in inputs:
            source = draw(st.sampled_from([n for n, _, _ in nodes[:-1]]))
            edges.append(f"{source}.{draw(st.sampled_from(ports[source]))} > {name}.{port}")
        ports[name] = ["even", "odd"] if kind == "fork" else ["main", "error"]
    return document(nodes, edges)


def entries_of(run: RunContext) -> list[dict[str, object]]:
    return [entry.to_data() for entry in run.scheduler.entries]


@settings(max_examples=60, deadline=None)
@given(definitions(), st.lists(st.integers(0, 14), min_size=1, max_size=4))
def test_every_prefix_of_a_journal_replays_to_the_same_end(definition: dict[str, object], numbers: list[int]) -> None:
    items = [{"n": n} for n in numbers]
    whole, result = carry_out(definition, items)
    journal = entries_of(whole)
    for length in range(len(journal) + 1):
        run = make_run(definition, items)
        run.scheduler.replay([JournalEntry.from_data(data) for data in journal[:length]])
        again = run_to_pause(run)
        assert (again.status, again.path) == (result.status, result.path)
        assert entries_of(run) == journal


def test_a_loop_goes_on_in_its_middle() -> None:
    nodes = [("start", "start"), ("loop", "loop"), ("body", "pass"), ("end", "pass")]
    definition = document(nodes, ["start > loop", "loop.loop > body", "body > loop", "loop.done > end"])
    items = [{"n": 1}, {"n": 2}]
    whole, _ = carry_out(definition, items)
    journal = entries_of(whole)
    run = make_run(definition, items)
    kept = [JournalEntry.from_data(data) for data in journal[:4]]
    run.states["loop"] = dict(kept[3].state or {})
    run.scheduler.replay(kept)
    run_to_pause(run)
    assert entries_of(run) == journal


def test_a_journal_of_another_version_is_refused() -> None:
    whole, _ = carry_out(document([("start", "start"), ("a", "pass")], ["start > a"]))
    run = make_run(document([("start", "start"), ("b", "pass")], ["start > b"]))
    with pytest.raises(JournalMismatch):
        run.scheduler.replay([JournalEntry.from_data(data) for data in entries_of(whole)])


def test_entries_keep_everything_through_json() -> None:
    nodes = [("start", "start"), ("bad", "picky", {"on_error": "continue"}), ("rest", "rest")]
    run, _ = carry_out(document(nodes, ["start > bad", "bad > rest"]), [{"n": 13}])
    for entry in run.scheduler.entries:
        assert JournalEntry.from_data(entry.to_data()).to_data() == entry.to_data()


def test_of_two_entries_of_one_run_the_one_that_no_longer_waits_counts() -> None:
    run, _ = carry_out(document([("start", "start"), ("rest", "rest")], ["start > rest"]))
    start, waiting = (dict(data) for data in entries_of(run))
    done = {**waiting, "status": SUCCESS}
    for first, second in ((waiting, done), (done, waiting)):
        found = {"0": start, "1": first}
        merge_journal(found, {"1": second})
        assert found == {"0": start, "1": done}
