"""Partial runs of small graphs: what is taken over, what runs again, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.lineage import LineageLost, follow
from apps.workflows.engine.part_bounds import bounds_of
from apps.workflows.engine.part_plan import NoDataForNode
from apps.workflows.engine.scheduler import NodeCall
from exprsn.kernel.errors import InvalidInput
from tests.workflows.engine.graphs import document
from tests.workflows.engine.parts import Counted, graph_of, outputs, partial, plan, ran, whole

Nodes = list[Any]
LINE: Nodes = [("start", "start"), ("a", "counted"), ("b", "counted"), ("c", "counted")]
LINED = ["start > a", "a > b", "b > c"]
LOOPING: Nodes = [("start", "start"), ("before", "counted"), ("loop", "loop"), ("one", "counted"), ("two", "counted")]
LOOPED = ["start > before", "before > loop", "loop.loop > one", "one > two", "two > loop"]
ITEMS = [{"n": 1}, {"n": 2}]


def line(**changes: dict[str, Any]) -> dict[str, Any]:
    """start → a → b → c, with other fields for some."""
    return document([(name, kind, changes.get(name, {})) for name, kind in LINE], LINED)


def looping(*more: str) -> dict[str, Any]:
    return document([*LOOPING, ("end", "counted")], [*LOOPED, "loop.done > end", *more])


def test_only_what_follows_runs_again() -> None:
    before = whole(line(), ITEMS)
    again = partial(line(), before, "b")
    assert (ran(again), Counted.effects) == (["start", "a", "b", "c"], ["b", "c"])
    assert outputs(again, "c") == outputs(before, "c")


def test_one_node_by_itself() -> None:
    again = partial(line(), whole(line(), ITEMS), "b", "b")
    assert (ran(again), Counted.effects) == (["start", "a", "b"], ["b"])


def test_from_the_trigger_on_everything_runs() -> None:
    again = partial(line(), whole(line()), "start", items=[{"n": 9}])
    assert Counted.effects == ["a", "b", "c"]
    assert outputs(again, "a")[0]["main"][0]["json"] == {"n": 9, "by": ["a"]}


def test_times_and_counts_of_what_is_taken_over_are_kept() -> None:
    before = whole(line(), ITEMS)
    former = before.scheduler.entries_of["a"][0]
    taken = partial(line(), before, "b").scheduler.entries_of["a"][0]
    assert (taken.started_at, taken.finished_at, taken.duration_ms, taken.items_in) == (
        former.started_at, former.finished_at, former.duration_ms, 2,
    )  # fmt: skip


def test_without_an_earlier_run_nothing_can_be_said() -> None:
    with pytest.raises(NoDataForNode, match=r"no data of “start” yet\. Run the workflow once or pin data") as told:
        partial(line(), None, "b")
    assert (told.value.params, list(told.value.errors)) == ({"nodes": ["start"]}, ["start_node"])


@pytest.mark.parametrize(
    "change",
    [
        {"type": "pass"}, {"type_version": 2}, {"parameters": {"add": "x"}}, {"disabled": True},
        {"run_if": "true"}, {"on_error": "continue"}, {"execute_once": True}, {"credentials": {"basic": "1"}},
    ],
)  # fmt: skip
def test_what_was_changed_runs_again_and_all_after_it(change: dict[str, Any]) -> None:
    partial(line(a=change), whole(line()), "c", "c")
    assert "b" in Counted.effects
    assert Counted.effects[-1] == "c"


@pytest.mark.parametrize("change", [{"name": "A"}, {"position": {"x": 9, "y": 9}}, {"notes": "n"}])
def test_what_only_looks_different_does_not(change: dict[str, Any]) -> None:
    partial(line(a=change), whole(line()), "c", "c")
    assert Counted.effects == ["c"]


def test_another_trigger_of_the_same_kind_changes_nothing() -> None:
    partial(line(start={"parameters": {"path": "new"}}), whole(line()), "c", "c")
    assert Counted.effects == ["c"]


def test_a_node_in_between_runs_and_what_is_after_it() -> None:
    after = document([*LINE, ("new", "counted")], ["start > a", "a > new", "new > b", "b > c"])
    partial(after, whole(line()), "c", "c")
    assert Counted.effects == ["new", "b", "c"]


def test_another_connection_runs_what_it_leads_to() -> None:
    partial(document(LINE, [*LINED, "start > b"]), whole(line()), "c", "c")
    assert Counted.effects == ["b", "c", "b", "c"]


def test_nodes_that_were_moved_keep_their_data() -> None:
    nodes: Nodes = [("start", "start"), ("a", "counted"), ("b", "counted"), ("both", "counted"), ("end", "counted")]
    edges = ["start > a", "start > b", "a > both", "b > both", "both > end"]
    turned = document([(*node, {"position": {"x": 0, "y": -at}}) for at, node in enumerate(nodes)], edges)
    before, again = whole(document(nodes, edges)), partial(turned, whole(document(nodes, edges)), "end", "end")
    assert Counted.effects == ["end", "end"]
    assert outputs(again, "end") == outputs(before, "end")[::-1]


def test_a_node_that_failed_has_no_data() -> None:
    failing = document([("start", "start"), ("bad", "picky"), ("c", "counted")], ["start > bad", "bad > c"])
    before = whole(failing, [{"n": 13}])
    before.scheduler.entries.pop()
    with pytest.raises(NoDataForNode, match="no data of “bad” yet"):
        partial(failing, before, "c")
    assert plan(failing, before, "", "c", fills_gaps=True).taken.keys() == {("start", 0)}


def test_a_gap_is_filled_and_what_follows_it_runs() -> None:
    before = whole(line())
    del before.scheduler.entries[2:]
    again = partial(line(), before, "", "c", fills_gaps=True)
    assert (ran(again), Counted.effects) == (["start", "a", "b", "c"], ["b", "c"])


def test_a_branch_that_was_not_taken_is_not_missed() -> None:
    forked = document(
        [("start", "start"), ("fork", "fork"), ("odd", "counted"), ("even", "counted"), ("end", "counted")],
        ["start > fork", "fork.odd > odd", "fork.even > even", "odd > end", "even > end"],
    )
    partial(forked, whole(forked, [{"n": 1}]), "end")
    assert Counted.effects == ["end"]
    with pytest.raises(NoDataForNode, match="No data have come to “even” yet"):
        partial(forked, whole(forked, [{"n": 1}]), "even")


def test_a_pinned_node_before_it_answers_its_pinned_data() -> None:
    pinned = line(a={"pinned_data": [{"json": {"p": 1}}, {"p": 2}]})
    again = partial(pinned, whole(line(), ITEMS), "c", "c")
    assert Counted.effects == ["b", "c"]
    assert [item["json"]["p"] for item in outputs(again, "c")[0]["main"]] == [1, 2]
    assert ran(again) == ["start", "a", "b", "c"]


def test_the_same_pinned_data_as_then_change_nothing() -> None:
    pinned = line(a={"pinned_data": [{"p": 1}]})
    partial(pinned, whole(pinned, use_pins=True), "c", "c")
    assert Counted.effects == ["c"]


@pytest.mark.parametrize("then", [{"pinned_data": [{"p": 1}], "disabled": True}, {"pinned_data": [{"p": 7}]}])
def test_other_pinned_data_do(then: dict[str, Any]) -> None:
    partial(line(a={"pinned_data": [{"p": 1}]}), whole(line(a=then), use_pins=True), "c", "c")
    assert Counted.effects == ["b", "c"]


def test_data_that_were_pinned_then_are_no_data_of_the_node() -> None:
    before = whole(line(a={"pinned_data": [{"p": 1}]}), use_pins=True)
    again = partial(line(), before, "b", "b")
    assert Counted.effects == ["a", "b"]
    assert outputs(again, "b")[0]["main"][0]["json"] == {"by": ["a", "b"]}


def test_a_new_pinned_node_is_no_gap() -> None:
    new: Nodes = [("new", "broken", {"pinned_data": [{"p": 1}]})]
    after = document([*LINE, *new], ["start > a", "a > new", "new > b", "b > c"])
    partial(after, whole(line()), "c", "c")
    assert Counted.effects == ["b", "c"]


def test_pinned_data_need_no_earlier_run() -> None:
    again = partial(line(b={"pinned_data": [{"p": 1}]}), None, "c")
    assert (ran(again), Counted.effects) == (["b", "c"], ["c"])


def test_of_pinned_nodes_the_one_before_begins() -> None:
    nodes: Nodes = [
        ("start", "start"), ("a", "broken", {"pinned_data": [{"p": 1}]}),
        ("b", "broken", {"pinned_data": [{"p": 2}]}), ("join", "join"),
    ]  # fmt: skip
    joined = document(nodes, ["start > a", "a > b", "a > join.input_1", "b > join.input_2"])
    again = partial(joined, None, "join")
    assert ran(again) == ["a", "b", "join"]
    assert [item["json"] for item in outputs(again, "join")[0]["main"]] == [{"p": 1}, {"p": 2}]


def test_two_pinned_beginnings_go_from_top_to_bottom() -> None:
    nodes: Nodes = [
        ("start", "start"), ("a", "broken", {"pinned_data": [{"p": 1}]}),
        ("b", "broken", {"pinned_data": [{"p": 2}]}), ("end", "counted"),
    ]  # fmt: skip
    part = plan(document(nodes, ["start > a", "start > b", "a > end", "b > end"]), None, "end")
    assert part.roots == ("a", "b")
    assert part.nodes == {"a", "b", "end"}


def test_a_pinned_node_that_is_to_run_answers_its_pinned_data() -> None:
    again = partial(line(b={"pinned_data": [{"p": 1}]}), None, "b")
    assert (ran(again), Counted.effects) == (["b", "c"], ["c"])


def test_a_disabled_pinned_node_is_passed_through() -> None:
    with pytest.raises(NoDataForNode):
        partial(line(b={"pinned_data": [{"p": 1}], "disabled": True}), None, "c")


def test_a_pinned_branch_that_was_not_taken_is_not_a_beginning() -> None:
    nodes: Nodes = [
        ("start", "start"), ("fork", "fork"), ("odd", "counted"),
        ("even", "counted", {"pinned_data": [{"p": 1}]}), ("end", "counted"),
    ]  # fmt: skip
    forked = document(nodes, ["start > fork", "fork.odd > odd", "fork.even > even", "odd > end", "even > end"])
    partial(forked, whole(forked, [{"n": 1}]), "end")
    assert Counted.effects == ["end"]


def test_what_is_behind_pinned_data_does_not_run_though_it_was_changed() -> None:
    now = line(a={"parameters": {"x": 1}}, b={"pinned_data": [{"p": 1}]})
    again = partial(now, whole(line(b={"pinned_data": [{"p": 1}]}), use_pins=True), "c", "c")
    assert (ran(again)[-2:], Counted.effects) == (["b", "c"], ["c"])


def test_after_a_loop_its_rounds_are_taken_over() -> None:
    before = whole(looping(), ITEMS)
    again = partial(looping(), before, "end")
    assert Counted.effects == ["end"]
    assert outputs(again, "end") == outputs(before, "end")
    assert ran(again) == ran(before)


def test_from_the_loop_on_all_rounds_run() -> None:
    before = whole(looping(), ITEMS)
    again = partial(looping(), before, "loop")
    assert Counted.effects == ["one", "two", "one", "two", "end"]
    assert outputs(again, "end") == outputs(before, "end")


@pytest.mark.parametrize("start", ["one", "two"])
def test_a_loop_is_not_begun_in_its_middle(start: str) -> None:
    with pytest.raises(InvalidInput, match=r"inside of a loop\. Start where the loop begins: “loop”") as told:
        plan(looping(), whole(looping(), ITEMS), start)
    assert (told.value.code, list(told.value.errors)) == ("start_in_loop", ["start_node"])


def test_a_loop_that_nothing_leads_to_has_no_beginning() -> None:
    adrift = document([("start", "start"), ("a", "pass"), ("b", "pass")], ["a > b", "b > a"])
    with pytest.raises(InvalidInput, match=r"Start where the loop begins\.$"):
        bounds_of(graph_of(adrift), "a", "")


@pytest.mark.parametrize("node", ["one", "two"])
def test_one_node_of_a_loop_runs_with_its_first_round(node: str) -> None:
    again = partial(looping(), whole(looping(), ITEMS), node, node)
    assert Counted.effects == [node]
    assert outputs(again, node)[0]["main"][0]["json"]["n"] == 1


def test_half_a_loop_is_not_taken_over() -> None:
    before = whole(looping(), ITEMS)
    del before.scheduler.entries[6:]
    with pytest.raises(NoDataForNode, match=r"no data of “(loop|one|two)” yet"):
        partial(looping(), before, "end")


def test_up_to_a_node_of_a_loop_one_round_begins() -> None:
    again = partial(looping(), None, "start", "one", items=ITEMS)
    assert ran(again) == ["start", "before", "loop", "one"]


def test_what_leads_straight_to_a_node_is_known() -> None:
    bounds = bounds_of(graph_of(looping()), "end", "")
    assert (set(bounds.own), set(bounds.feeders)) == ({"end"}, {"loop"})


def test_an_end_that_is_not_reached_is_refused() -> None:
    with pytest.raises(InvalidInput) as told:
        bounds_of(graph_of(line()), "c", "b")
    assert (told.value.code, list(told.value.errors)) == ("end_not_reached", ["end_node"])


def test_a_node_without_connections_has_no_data() -> None:
    with pytest.raises(NoDataForNode, match="No data have come to “alone” yet"):
        plan(document([*LINE, ("alone", "counted")], LINED), whole(line()), "", "alone", fills_gaps=True)


def test_a_connection_to_nowhere_does_not_matter() -> None:
    torn = line()
    torn["connections"].append({"source": "c", "target": "gone"})
    partial(torn, whole(line()), "c")
    assert Counted.effects == ["c"]


def test_a_pinned_node_that_is_gone_from_the_earlier_run() -> None:
    before = whole(document([("start", "start"), ("c", "counted")], ["start > c"]), use_pins=True)
    again = partial(line(b={"pinned_data": [{"p": 1}]}), before, "c", "c")
    assert (ran(again)[-2:], Counted.effects) == (["b", "c"], ["c"])


def test_what_began_the_run_came_from_nowhere() -> None:
    run = whole(line())
    call = NodeCall(run.scheduler.graph.compiled("c"), 0, 4, {}, {})
    with pytest.raises(LineageLost, match="Nothing arrived here that could have come from “a”"):
        follow(run.scheduler, call, 0, "a")
