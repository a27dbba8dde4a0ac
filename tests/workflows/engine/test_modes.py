"""Nodes side by side: what begins when, what is recorded when a run stops, and what is not seen too early."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.context import Canceled
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import SUCCESS, WAITING, JournalEntry
from apps.workflows.engine.node_type import CallOutcome, CallStart, NodeContext, NodeResult, NodeType
from apps.workflows.engine.ports import CallTarget
from apps.workflows.engine.reach import reach_of
from apps.workflows.engine.run import run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import JournalMismatch
from apps.workflows.nodes.code import CodeNode
from exprsn.kernel.errors import DomainError
from tests.workflows.engine.graphs import document, make_run, output
from tests.workflows.engine.modes import KINDS, MODES, Effect, FakeAside, in_mode, run_in
from tests.workflows.engine.test_scopes import TYPES

LAST = lambda count: count - 1  # noqa: E731 - what began last ends first


class Asks(NodeType):
    """Asks for a run of another workflow and rests until it has ended."""

    type, display_name, description, group, icon, color = "asks", "Asks", "", "flow", "box", "logic"

    def run(self, context: NodeContext) -> NodeResult:
        if context.call_outcomes is not None:
            return NodeResult({"main": context.call_outcomes[0].output})
        target = CallTarget("w", "v", "t", "Other")
        return NodeResult(calls=[CallStart(target, context.items)], awaits_calls=True)


class Lost(Exception):
    """The run belongs to somebody else now."""


def fan(*steps: Any, edges: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """start → every step."""
    named = [step if isinstance(step, tuple) else (step, "effect") for step in steps]
    return document([("start", "start"), *named], [f"start > {step[0]}" for step in named] + list(edges), **more)


def begun_in(mode: str, definition: dict[str, Any], most: int = 8, **options: Any) -> tuple[RunContext, FakeAside, Any]:
    aside = FakeAside(LAST, most)
    run = make_run(in_mode(definition, mode), [{"n": 1}], types={**TYPES, "asks": Asks}, **options)
    return run, aside, lambda after=None: run_to_pause(run, after, aside)


def ran(run: RunContext) -> list[str]:
    return [entry.node_id for entry in run.scheduler.entries]


@pytest.mark.parametrize(("mode", "widest"), [("sequential", 0), ("smart", 2), ("parallel", 3)])
def test_which_nodes_run_aside(mode: str, widest: int) -> None:
    _, aside, go = begun_in(mode, fan("a", ("b", "pass"), "c"))
    assert go().status == "success"
    assert aside.widest == widest


@pytest.mark.parametrize("mode", ["smart", "parallel"])
def test_at_most_so_many_at_the_same_time(mode: str) -> None:
    _, aside, go = begun_in(mode, fan(*"abcdef"), most=2)
    go()
    assert aside.widest == 2


def test_pure_nodes_do_not_wait_for_effects_in_smart() -> None:
    steps = [("a", "effect"), ("b", "pass"), ("c", "pass"), ("d", "effect")]
    definition = document([("start", "start"), *steps], ["start > a", "start > b", "b > c", "c > d"])
    run, _ = run_in("smart", definition, [{"n": 1}], pick=LAST)
    assert ran(run) == ["start", "b", "c", "d", "a"]


@pytest.mark.parametrize(
    "say",
    [
        "={{ $('a').isExecuted }}",
        "={{ $node['a'] === undefined }}",
        "={{ $node[$json.name].json.n }}",
        "={{ (function() { return $('a').all().length })() }}",
    ],
)
def test_what_looks_at_a_node_waits_for_it(say: str) -> None:
    late = ("late", "effect", {"parameters": {"say": say}, "on_error": "continue"})
    _, aside, go = begun_in("parallel", fan("a", late))
    go()
    assert aside.widest == 0


def test_what_is_looked_at_waits_for_who_looks() -> None:
    early = ("early", "effect", {"run_if": "!$('a').isExecuted"})
    definition = fan(early, "a")
    run, aside, go = begun_in("parallel", definition)
    go()
    assert run.scheduler.entries_of["early"][0].status == SUCCESS
    assert aside.widest == 0


def test_code_that_may_look_at_any_node_runs_alone() -> None:
    class Nosy(Effect):
        type = "nosy"

        @classmethod
        def names_read(cls, parameters: Any) -> frozenset[str] | None:
            return None if parameters.get("any") else frozenset({"a", "nobody"})

    definition = fan(("x", "nosy", {"parameters": {"any": True}}), "b")
    for node, widest in (({"any": True}, 0), ({}, 2)):
        definition["nodes"][1]["parameters"] = node
        aside = FakeAside(LAST)
        run_to_pause(make_run(in_mode(definition, "parallel"), types={**KINDS, "nosy": Nosy}), None, aside)
        assert aside.widest == widest


def test_an_answer_is_never_given_ahead() -> None:
    replies = [(name, "reply", {"parameters": {"say": name}}) for name in ("x", "y")]
    for mode in MODES:
        run, result = run_in(mode, fan("a", *replies), [{"n": 1}], pick=LAST)
        assert run.scheduler.entries_of["y"][0].status == SUCCESS
        assert result.response is not None
        assert result.response.body == "x"


def test_the_first_error_in_order_ends_the_run_although_another_failed_first() -> None:
    definition = fan("a", ("x", "shaky"), ("y", "shaky"), "z")
    run, result = run_in("parallel", definition, [{"n": 13}], pick=LAST)
    assert (result.status, result.failed_node) == ("error", "x")
    assert ran(run)[-1] == "x"
    assert "y" not in run.scheduler.entries_of
    assert result.nodes_failed == 1


def test_a_run_that_rests_ends_what_is_under_way_first() -> None:
    definition = fan(("w", "rest"), "a", "b", edges=())
    run, result = run_in("parallel", definition, [{"n": 1}], pick=lambda count: 0)
    assert result.status == "waiting"
    assert [(e.node_id, e.status) for e in run.scheduler.entries][-1] == ("w", WAITING)
    journal = [entry.to_data() for entry in run.scheduler.entries]
    journal[-1]["status"] = SUCCESS
    again, result = run_in("parallel", definition, [{"n": 1}], journal=journal)
    assert result.status == "success"
    assert sorted(ran(again)) == ["a", "b", "start", "w"]


def test_the_run_that_waited_comes_first_when_it_goes_on() -> None:
    run, _, go = begun_in("parallel", fan("a", ("ask", "asks"), "b"))
    assert go().status == "waiting"
    kept = [JournalEntry.from_data(entry.to_data()) for entry in run.scheduler.entries[:-1]]
    assert run.scheduler.entries[-1].node_id == "ask"
    outcome = CallOutcome("e", "Other", "success", ItemBatch.of([{"n": 5}]))
    again, _, go = begun_in("parallel", fan("a", ("ask", "asks"), "b"))
    again.call_outcomes["ask", 0] = [outcome]
    again.scheduler.replay(kept)
    assert go().status == "success"
    assert ran(again)[len(kept)] == "ask"
    assert output(again, "ask") == [{"n": 5}]


def test_a_canceled_run_does_not_go_on_with_what_waited() -> None:
    run, _, go = begun_in("parallel", fan("a"), is_canceled=lambda: True)
    run.call_outcomes["a", 0] = []
    assert go().status == "canceled"
    assert ran(run) == []


def test_when_the_time_is_over_nothing_begins_and_nothing_is_lost() -> None:
    run, _, go = begun_in("parallel", fan("a", "b", "c"), most=2)
    told: list[str] = []

    def after(call: Any, entry: JournalEntry) -> bool:
        told.append(entry.node_id)
        return entry.node_id == "start"

    assert go(after).status == "yielded"
    assert ran(run) == told == ["start", "b", "a"]


def test_after_an_error_of_the_run_what_is_under_way_is_still_told() -> None:
    _, _, go = begun_in("parallel", fan("a", "b", "c"), most=2)
    told: list[str] = []

    def after(call: Any, entry: JournalEntry) -> bool:
        told.append(entry.node_id)
        if entry.node_id != "start":
            raise DomainError("Too late.", code="execution_timeout")
        return True

    result = go(after)
    assert (result.status, result.error) == ("error", {"message": "Too late.", "kind": "execution_timeout"})
    assert told == ["start", "b", "a"]


def test_who_lost_the_run_is_told_nothing_more() -> None:
    _, _, go = begun_in("parallel", fan("a", "b", "c"), most=2)
    told: list[str] = []

    def after(call: Any, entry: JournalEntry) -> bool:
        told.append(entry.node_id)
        if entry.node_id == "b":
            raise Lost
        return True

    with pytest.raises(Lost):
        go(after)
    assert told == ["start", "b"]


@pytest.mark.parametrize("names", ["a", "ab"])
def test_what_a_call_raises_ends_the_run(names: str) -> None:
    def before(call: Any) -> None:
        raise Lost

    run, _, go = begun_in("parallel", fan(*names))
    run.before_effect = before
    with pytest.raises(Lost):
        go()
    assert ran(run) == ["start"]
    assert run.scheduler.root.running == 0


def test_a_call_that_nobody_takes_is_not_waited_for() -> None:
    run, aside, go = begun_in("parallel", fan("a", "b"))

    def start(call: Any, work: Any) -> None:
        raise Lost

    aside.start = start  # type: ignore[method-assign]
    with pytest.raises(Lost):
        go()
    assert run.scheduler.root.running == 0


@pytest.mark.parametrize(
    ("code", "names", "ordered"),
    [
        ("return $('A').all()", {"A"}, False),
        ("return [1]", set(), False),
        ("return $($json.name).all()", None, False),
        ("$getWorkflowStaticData('global').n = 1; return []", set(), True),
    ],
)
def test_what_code_looks_at(code: str, names: set[str] | None, ordered: bool) -> None:
    assert CodeNode.names_read({"code": code}) == names
    assert CodeNode.is_ordered({"code": code}) is ordered


def test_a_call_that_is_canceled_cancels_the_run() -> None:
    def before(call: Any) -> None:
        if call.compiled.id == "a":
            raise Canceled

    run, _, go = begun_in("parallel", fan("a", "b"))
    run.before_effect = before
    assert go().status == "canceled"
    assert ran(run) == ["start", "b"]


def test_a_loop_without_an_end_ends_in_every_mode() -> None:
    definition = fan("a", "b", edges=("b > b",))
    for mode in MODES:
        run, result = run_in(mode, definition, [{"n": 1}], scheduler={"max_node_runs": 9})
        assert result.error is not None
        assert result.error["kind"] == "too_many_node_runs"
        assert len(ran(run)) == 9


def test_each_log_line_stands_with_its_node() -> None:
    steps = [(name, "broken", {"on_error": "continue"}) for name in "ab"]
    run, _, go = begun_in("parallel", fan(*steps))
    lines: dict[str, list[str]] = {}

    def after(call: Any, entry: JournalEntry) -> bool:
        done = sum(map(len, lines.values()))
        lines[entry.node_id] = [line.node_id for line in run.logs[done:]]
        return True

    go(after)
    assert lines == {"start": [], "a": ["a", "a"], "b": ["b", "b"]}


def test_an_entry_of_another_run_is_not_taken() -> None:
    run, _, _ = begun_in("sequential", fan("a"))
    call = run.scheduler.next_call()
    assert call is run.scheduler.next_call()
    with pytest.raises(JournalMismatch):
        run.scheduler.record(JournalEntry("a", 0, 0, SUCCESS))


def test_nothing_follows_the_end_of_a_journal() -> None:
    run, _ = run_in("sequential", fan("a", ("bad", "refuses")), [{"n": 1}])
    journal = [entry.to_data() for entry in run.scheduler.entries]
    with pytest.raises(JournalMismatch):
        run_in("sequential", fan("a", ("bad", "refuses")), [{"n": 1}], journal=[*journal, journal[-1]])


def test_far_behind_places_wait() -> None:
    """Only so many places are looked at; what stands behind them has its turn later."""
    steps = [(f"p{at}", "pass") for at in range(203)]
    definition = fan(*steps)
    run, result = run_in("parallel", definition, [{"n": 1}])
    assert result.status == "success"
    assert len(ran(run)) == 204


def test_a_journal_with_a_run_too_many_is_refused() -> None:
    run, _ = run_in("parallel", fan("a", "b"), [{"n": 1}])
    journal = [entry.to_data() for entry in run.scheduler.entries]
    journal[1]["run_index"] = 5
    with pytest.raises(JournalMismatch):
        run_in("parallel", fan("a", "b"), [{"n": 1}], journal=journal)


def test_what_can_be_reached_is_worked_out_once() -> None:
    run, _, _ = begun_in("parallel", fan("a"))
    assert reach_of(run.scheduler.graph) is reach_of(run.scheduler.graph)
