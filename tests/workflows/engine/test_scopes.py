"""Bodies: rounds that know nothing of each other, errors that end only them, branches at once."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.journal import ERROR
from apps.workflows.engine.run import run_to_pause
from apps.workflows.nodes.for_each import ForEachNode
from apps.workflows.nodes.parallel_group import ParallelGroupNode
from apps.workflows.nodes.try_catch import TryCatchNode
from tests.workflows.engine.graphs import document, make_run, output
from tests.workflows.engine.modes import KINDS, MODES, FakeAside, in_mode, run_in

BODIES = {kind.type: kind for kind in (ForEachNode, TryCatchNode, ParallelGroupNode)}
TYPES = {**KINDS, **BODIES}
THREE = [{"n": 1}, {"n": 2}, {"n": 3}]


def with_body(kind: str, body: list[Any], edges: list[str], after: list[Any] = (), **parameters: Any) -> dict[str, Any]:  # type: ignore[assignment]
    """start → s (with this body) → end."""
    nodes = [("start", "start"), ("s", kind, {"parameters": parameters}), *body, ("end", "pass"), *after]
    return document(nodes, ["start > s", "s.done > end", *edges])


def values(run: Any, node_id: str = "end", name: str = "said") -> list[Any]:
    return [item.get(name) for item in output(run, node_id)]


def say(text: str) -> dict[str, Any]:
    return {"parameters": {"say": text}}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rounds", ["in_order", "at_once"])
def test_each_item_goes_through_the_body_by_itself(mode: str, rounds: str) -> None:
    """A merge in the body never brings two rounds together, and names mean the same round."""
    body = [
        ("even", "fork"),
        ("a", "effect", say("={{ $('start').item.json.n * 10 }}")),
        ("b", "effect", say("={{ $('a').isExecuted ? $('a').first().json.said : 'no a' }}")),
        ("both", "join"),
    ]
    edges = ["s.body > even", "even.odd > a", "even.odd > both.input_2", "a > both.input_1", "even.even > b"]
    definition = with_body("for_each", body, edges, mode=rounds, max_at_once=2)
    run, result = run_in(mode, definition, THREE, types=TYPES, pick=lambda count: count - 1)
    assert result.status == "success"
    assert [(item["n"], item.get("said")) for item in output(run, "end")] == [
        *[(1, None), (1, 10), (2, "no a"), (3, None), (3, 30)],
    ]
    assert [len(entry.outputs["main"]) for entry in run.scheduler.entries_of["both"]] == [2, 2]


def test_rounds_at_once_are_under_way_together_and_keep_their_run_index() -> None:
    body = [("odd", "fork"), ("a", "effect", say("={{ $runIndex }}"))]
    definition = with_body("for_each", body, ["s.body > odd", "odd.odd > a"], mode="at_once", max_at_once=3)
    aside = FakeAside(lambda count: count - 1, most=8)
    run = make_run(in_mode(definition, "sequential"), THREE, types=TYPES)
    result = run_to_pause(run, None, aside)
    assert aside.widest >= 2
    assert result.status == "success"
    assert values(run) == [0, 2]
    assert [entry.run_index for entry in run.scheduler.entries_of["a"]] == [0, 2]


def test_a_body_in_which_a_step_may_run_twice_goes_round_after_round() -> None:
    body = [("p", "pass"), ("q", "pass"), ("a", "effect", say("={{ $runIndex }}"))]
    edges = ["s.body > p", "s.body > q", "p > a", "q > a"]
    definition = with_body("for_each", body, edges, mode="at_once")
    run, _ = run_in("sequential", definition, THREE, types=TYPES)
    assert values(run) == [0, 1, 2, 3, 4, 5]


def test_batches_and_lineage() -> None:
    definition = with_body("for_each", [("a", "pass")], ["s.body > a"], batch_size=2)
    definition["nodes"][3]["parameters"] = {"add": "={{ $('start').item.json.n }}"}
    run, result = run_in("sequential", definition, THREE, types=TYPES)
    assert values(run, name="value") == [1, 2, 3]
    assert result.path == ["start", "s", "a", "s", "a", "s", "end"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rounds", ["in_order", "at_once"])
def test_a_round_that_fails_is_an_item_with_its_error(mode: str, rounds: str) -> None:
    body = [("a", "picky"), ("b", "pass")]
    definition = with_body("for_each", body, ["s.body > a", "a > b"], on_round_error="continue", mode=rounds)
    run, result = run_in(mode, definition, [{"n": 1}, {"n": 13}, {"n": 3}], types=TYPES)
    assert result.status == "partial_success"
    assert output(run, "end") == [
        {"n": 1},
        {"error": {"message": "Not this one.", "kind": "unlucky", "node": "a"}},
        {"n": 3},
    ]


@pytest.mark.parametrize("mode", MODES)
def test_a_round_that_fails_ends_the_run_unless_told_otherwise(mode: str) -> None:
    definition = with_body("for_each", [("a", "picky")], ["s.body > a"])
    run, result = run_in(mode, definition, [{"n": 1}, {"n": 13}, {"n": 3}], types=TYPES)
    assert (result.status, result.failed_node) == ("error", "a")
    assert len(run.scheduler.entries_of["a"]) == 2


@pytest.mark.parametrize("mode", MODES)
def test_what_fails_in_a_try_drops_the_rest_of_its_body(mode: str) -> None:
    body = [("a", "effect"), ("bad", "shaky"), ("later", "effect"), ("sorry", "pass")]
    edges = ["s.body > a", "s.body > bad", "s.body > later", "s.error > sorry"]
    definition = with_body("try_catch", body, edges)
    run, result = run_in(mode, definition, [{"n": 13}], types=TYPES, pick=lambda count: 0)
    assert result.status == "partial_success"
    assert output(run, "sorry") == [{"n": 13, "error": {"message": "Not this one.", "kind": "unlucky", "node": "bad"}}]
    assert "end" not in run.scheduler.entries_of
    assert [e.status for e in run.scheduler.entries_of["bad"]] == [ERROR]
    assert "a" in run.scheduler.entries_of
    assert ("later" in run.scheduler.entries_of) == (mode != "sequential")


def test_a_try_without_errors_gives_out_its_body() -> None:
    body = [("a", "effect", say("x")), ("b", "effect", say("y")), ("sorry", "pass")]
    definition = with_body("try_catch", body, ["s.body > a", "s.body > b", "s.error > sorry"])
    run, result = run_in("sequential", definition, [{"n": 1}], types=TYPES)
    assert (result.status, values(run)) == ("success", ["x", "y"])
    assert "sorry" not in run.scheduler.entries_of


def test_an_error_goes_to_the_nearest_that_catches_it() -> None:
    body = [("each", "for_each"), ("bad", "shaky"), ("sorry", "pass")]
    definition = with_body("try_catch", body, ["s.body > each", "each.body > bad", "s.error > sorry"])
    run, _ = run_in("sequential", definition, [{"n": 1}, {"n": 13}], types=TYPES)
    assert [item["n"] for item in output(run, "sorry")] == [1, 13]
    assert len(run.scheduler.entries_of["bad"]) == 2


def test_branches_of_a_group_run_at_once_in_any_mode() -> None:
    body = [("a", "effect", say("a")), ("b", "effect", say("b")), ("c", "effect", say("c"))]
    definition = with_body("parallel_group", body, ["s.body > a", "s.body > b", "s.body > c"])
    aside = FakeAside(lambda count: count - 1, most=8)
    run = make_run(in_mode(definition, "sequential"), [{"n": 1}], types=TYPES)
    run_to_pause(run, None, aside)
    assert aside.widest == 3
    assert values(run) == ["a", "b", "c"]
    assert [entry.node_id for entry in run.scheduler.entries][2:5] == ["c", "b", "a"]


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_body_without_steps_comes_to_nothing(kind: str) -> None:
    run, result = run_in("sequential", with_body(kind, [], []), [{"n": 1}], types=TYPES)
    assert result.status == "success"
    assert "end" not in run.scheduler.entries_of


def test_a_disabled_node_passes_its_items_by_its_body() -> None:
    definition = with_body("for_each", [("a", "effect")], ["s.body > a"])
    definition["nodes"][1]["disabled"] = True
    run, _ = run_in("sequential", definition, THREE, types=TYPES)
    assert output(run, "end") == THREE
    assert "a" not in run.scheduler.entries_of


def test_a_gathering_step_at_the_beginning_of_a_body() -> None:
    definition = with_body("for_each", [("both", "join")], ["s.body > both.input_1"])
    run, _ = run_in("sequential", definition, THREE, types=TYPES)
    assert output(run, "end") == THREE


def test_once_means_the_first_item() -> None:
    definition = with_body("for_each", [("a", "effect"), ("b", "shuffle")], ["s.body > a", "a > b"])
    definition["nodes"][1]["execute_once"] = True
    run, _ = run_in("sequential", definition, THREE, types=TYPES)
    assert len(run.scheduler.entries_of["a"]) == 1
    assert len(output(run, "end")) == 3


@pytest.mark.parametrize("mode", MODES)
def test_a_wait_in_a_body_rests_the_run_and_it_goes_on_in_the_same_round(mode: str) -> None:
    body = [("w", "rest"), ("a", "effect", say("={{ $json.n }}"))]
    definition = with_body("for_each", body, ["s.body > w", "w > a"], mode="at_once")
    journal: list[dict[str, Any]] = []
    for _ in range(5):
        run, result = run_in(mode, definition, THREE, types=TYPES, journal=journal)
        if result.status != "waiting":
            break
        journal = [entry.to_data() for entry in run.scheduler.entries]
        journal[-1]["status"] = "success"
    assert (result.status, values(run)) == ("success", [1, 2, 3])


def test_a_state_of_an_at_once_body_that_fails_to_go_on_lets_open_rounds_end() -> None:
    definition = with_body("for_each", [("a", "effect", say("x"))], ["s.body > a"], mode="at_once")
    definition["nodes"][1] |= {"run_if": "$runIndex < 2"}
    run, result = run_in("parallel", definition, THREE, types=TYPES, pick=lambda count: count - 1)
    assert result.status == "success"
    assert len(run.scheduler.entries_of["a"]) == 2
    assert output(run, "end") == THREE


def test_what_arrived_in_a_round_that_was_left_out() -> None:
    """A node of rounds at once need not have run in each of them."""
    body = [("odd", "fork"), ("a", "recall")]
    definition = with_body("for_each", body, ["s.body > odd", "odd.even > a"], mode="at_once")
    run, _ = run_in("sequential", definition, [{"n": 1}, {"n": 2}], types=TYPES)
    assert run.scheduler.run_of("a", 1) is run.scheduler.entries_of["a"][0]


def test_a_failing_node_with_a_body_ends_the_body_around_it() -> None:
    """Here the second run of the inner node fails."""
    body = [
        ("each", "for_each", {"run_if": "$runIndex < 1 || $('nobody').first()"}),
        ("a", "effect"),
        ("sorry", "pass"),
    ]
    edges = ["s.body > each", "each.body > a", "s.error > sorry"]
    for mode in MODES:
        run, result = run_in(mode, with_body("try_catch", body, edges), [{"n": 1}], types=TYPES)
        assert result.status == "partial_success"
        assert output(run, "sorry")[0]["error"]["node"] == "each"


def test_what_holds_up_a_round_holds_up_those_behind_it() -> None:
    """A failed round that waits for the ones before it lets no other begin."""
    body = [("a", "effect", {}), ("b", "shaky")]
    definition = with_body("for_each", body, ["s.body > a", "a > b"], mode="at_once", max_at_once=3)
    items = [{"n": 1}, {"n": 13}, *({"n": n} for n in range(20, 26))]
    run, result = run_in("parallel", definition, items, types=TYPES, pick=lambda count: 0)
    assert (result.status, result.failed_node) == ("error", "b")
    assert [entry.status for entry in run.scheduler.entries_of["b"]] == ["success", "error"]
    assert len(run.scheduler.entries_of["s"]) < len(items)


@pytest.mark.parametrize("run_if", ["", "$runIndex < 1 || $('nobody').first()"])
def test_what_failed_in_a_body_waits_for_what_comes_before_the_body(run_if: str) -> None:
    """The step before it is slow; behind it nothing begins any more."""
    nodes = [
        ("start", "start"),
        ("slow", "effect"),
        ("s", "parallel_group"),
        ("i", "for_each", {"run_if": run_if}),
        ("bad", "pass" if run_if else "picky"),
        ("late", "effect"),
    ]
    edges = ["start > slow", "start > s", "s.body > i", "i.body > bad", "start > late"]
    run, result = run_in("parallel", document(nodes, edges), [{"n": 13}], types=TYPES, pick=lambda count: count - 1)
    assert (result.status, result.failed_node) == ("error", "i" if run_if else "bad")
    assert run.scheduler.entries[-2].node_id in {"slow", "late"}


@pytest.mark.parametrize("inner", ["try_catch", "for_each"])
def test_a_wait_deep_in_bodies_holds_up_what_comes_behind_them(inner: str) -> None:
    body = [("i", inner, {}), ("w", "rest"), ("x", "effect")]
    definition = with_body("parallel_group", body, ["s.body > i", "i.body > w", "s.body > x"])
    run, result = run_in("parallel", definition, [{"n": 1}], types=TYPES, pick=lambda count: 0)
    assert result.status == "waiting"
    assert run.scheduler.entries[-1].node_id == "w"


def test_seen_from_a_body_a_node_outside_of_it_is_its_last_run() -> None:
    body = [
        ("a", "effect", say("={{ $('p').last().json.n }}")),
        ("i", "try_catch"),
        ("c", "effect", say("={{ $('a').first().json.said }}")),
    ]
    edges = ["s.body > a", "a > i", "i.body > c", "start > p"]
    definition = with_body("for_each", body, edges, after=[("p", "pass")])
    next(node for node in definition["nodes"] if node["id"] == "p")["position"] = {"x": 0, "y": -9}
    run, _ = run_in("sequential", definition, [{"n": 1}, {"n": 2}], types=TYPES)
    assert [entry.first_output()[0].json["said"] for entry in run.scheduler.entries_of["c"]] == [2, 2]


@pytest.mark.parametrize("edges", [["a > s"], ["a > i", "i.body > s"], ["s.body > s"]])
@pytest.mark.parametrize("mode", ["in_order", "at_once"])
def test_a_draft_whose_body_leads_back_comes_to_an_end(mode: str, edges: list[str]) -> None:
    definition = with_body("for_each", [("a", "effect"), ("i", "try_catch")], ["s.body > a", *edges], mode=mode)
    run, result = run_in("parallel", definition, THREE, types=TYPES)
    assert result.status == "success"
    assert len(run.scheduler.entries_of["a"]) == 3
