"""Item semantics, each rule with an expectation written by hand."""

from __future__ import annotations

import pytest

from apps.workflows.engine.journal import ERROR, SKIPPED, SUCCESS
from apps.workflows.engine.run import output_of
from tests.workflows.engine.graphs import Flaky, carry_out, document, output

NUMBERS = [{"n": 1}, {"n": 2}, {"n": 3}]


def test_branches_run_depth_first_from_top_to_bottom() -> None:
    nodes = [("start", "start"), ("a", "pass"), ("b", "pass"), ("a2", "pass"), ("b2", "pass")]
    _, result = carry_out(document(nodes, ["start > b", "start > a", "a > a2", "b > b2"]))
    assert result.path == ["start", "a", "a2", "b", "b2"]


def test_an_empty_output_ends_its_branch() -> None:
    nodes = [("start", "start"), ("fork", "fork"), ("odd", "pass"), ("even", "pass")]
    run, result = carry_out(document(nodes, ["start > fork", "fork.odd > odd", "fork.even > even"]), [{"n": 1}])
    assert result.path == ["start", "fork", "odd"]
    assert output(run, "odd") == [{"n": 1}]


def test_always_output_data_goes_on_with_one_empty_item() -> None:
    nodes = [("start", "start"), ("none", "nothing", {"always_output_data": True}), ("after", "pass")]
    run, _ = carry_out(document(nodes, ["start > none", "none > after"]))
    assert output(run, "after") == [{}]


def test_a_node_runs_once_for_each_arrival() -> None:
    nodes = [("start", "start"), ("a", "pass"), ("b", "pass"), ("both", "pass")]
    run, result = carry_out(document(nodes, ["start > a", "start > b", "a > both", "b > both"]))
    assert result.path == ["start", "a", "both", "b", "both"]
    assert [entry.run_index for entry in run.scheduler.entries_of["both"]] == [0, 1]


def test_a_gathering_node_waits_for_all_of_its_inputs() -> None:
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"add": "a"}}), ("b", "pass"), ("join", "join")]
    run, result = carry_out(
        document(nodes, ["start > a", "start > b", "a > join.input_1", "b > join.input_2"]), [{"n": 1}]
    )
    assert result.path == ["start", "a", "b", "join"]
    assert output(run, "join") == [{"n": 1, "value": "a"}, {"n": 1}]


def test_a_gathering_node_runs_with_what_it_has_when_nothing_else_can() -> None:
    nodes = [("start", "start"), ("fork", "fork"), ("join", "join")]
    edges = ["start > fork", "fork.odd > join.input_1", "fork.even > join.input_2"]
    run, _ = carry_out(document(nodes, edges), [{"n": 1}])
    assert output(run, "join") == [{"n": 1}]


def test_a_gathering_node_that_needs_both_inputs_never_runs_with_one() -> None:
    nodes = [("start", "start"), ("fork", "fork"), ("join", "strict_join")]
    edges = ["start > fork", "fork.odd > join.input_1", "fork.even > join.input_2"]
    _, result = carry_out(document(nodes, edges), [{"n": 1}])
    assert result.path == ["start", "fork"]
    assert result.status == "success"


def test_of_two_incomplete_joins_the_one_upstream_goes_first() -> None:
    nodes = [("start", "start"), ("fork", "fork"), ("late", "join"), ("early", "join")]
    edges = [
        "start > fork", "fork.odd > early.input_1", "fork.even > early.input_2",
        "fork.odd > late.input_1", "early > late.input_2",
    ]  # fmt: skip
    _, result = carry_out(document(nodes, edges), [{"n": 1}])
    assert result.path == ["start", "fork", "early", "late"]


def test_a_loop_gives_out_each_item_and_then_all() -> None:
    nodes = [
        ("start", "start"),
        ("loop", "loop"),
        ("body", "pass", {"parameters": {"add": "={{ $json.n * 10 }}"}}),
        ("end", "pass"),
    ]
    edges = ["start > loop", "loop.loop > body", "body > loop", "loop.done > end"]
    run, result = carry_out(document(nodes, edges), NUMBERS)
    assert output(run, "end") == [{"n": n, "value": n * 10} for n in (1, 2, 3)]
    assert result.path == ["start", "loop", "body", "loop", "body", "loop", "body", "loop", "end"]


def test_a_nested_loop_starts_anew_with_every_round_of_the_outer() -> None:
    nodes = [("start", "start"), ("outer", "loop"), ("inner", "loop"), ("body", "pass"), ("end", "pass")]
    edges = [
        "start > outer", "outer.loop > inner", "inner.loop > body", "body > inner", "inner.done > outer",
        "outer.done > end",
    ]  # fmt: skip
    run, _ = carry_out(document(nodes, edges), NUMBERS)
    assert len(run.scheduler.entries_of["body"]) == 3
    assert output(run, "end") == NUMBERS


def test_a_disabled_node_passes_its_items_through() -> None:
    nodes = [("start", "start"), ("off", "broken", {"disabled": True}), ("end", "pass")]
    run, result = carry_out(document(nodes, ["start > off", "off > end"]), [{"n": 1}])
    assert output(run, "end") == [{"n": 1}]
    assert run.scheduler.entries_of["off"][0].status == SKIPPED
    assert result.nodes_skipped == 1


def test_execute_once_uses_the_first_item_only() -> None:
    nodes = [("start", "start"), ("once", "pass", {"execute_once": True})]
    run, _ = carry_out(document(nodes, ["start > once"]), NUMBERS)
    assert output(run, "once") == [{"n": 1}]


@pytest.mark.parametrize(("condition", "status"), [("$json.n > 5", SKIPPED), ("={{ $json.n == 1 }}", SUCCESS)])
def test_run_if_skips_and_passes_through(condition: str, status: str) -> None:
    nodes = [("start", "start"), ("maybe", "pass", {"run_if": condition}), ("end", "pass")]
    run, _ = carry_out(document(nodes, ["start > maybe", "maybe > end"]), [{"n": 1}])
    assert run.scheduler.entries_of["maybe"][0].status == status
    assert output(run, "end") == [{"n": 1}]


def test_a_run_if_that_cannot_be_evaluated_fails_the_node() -> None:
    nodes = [("start", "start"), ("maybe", "pass", {"run_if": "$json.n.explode()"})]
    _, result = carry_out(document(nodes, ["start > maybe"]), [{"n": 1}])
    assert (result.status, result.failed_node) == ("error", "maybe")
    assert result.error is not None
    assert result.error["parameter"] == "run_if"


def test_a_run_if_that_names_a_missing_node_fails_the_node() -> None:
    nodes = [("start", "start"), ("maybe", "pass", {"run_if": "$('nowhere').first().json.x"})]
    _, result = carry_out(document(nodes, ["start > maybe"]))
    assert result.error is not None
    assert "nowhere" in result.error["message"]


def test_pinned_data_replaces_a_run_by_hand_only() -> None:
    nodes = [("start", "start"), ("a", "broken", {"pinned_data": [{"json": {"p": 1}}, {"q": 2}]})]
    run, _ = carry_out(document(nodes, ["start > a"]), use_pins=True)
    assert output(run, "a") == [{"p": 1}, {"q": 2}]
    _, result = carry_out(document(nodes, ["start > a"]))
    assert result.status == "error"


def test_an_error_stops_the_run_and_names_the_node() -> None:
    nodes = [("start", "start"), ("bad", "picky"), ("after", "pass")]
    run, result = carry_out(document(nodes, ["start > bad", "bad > after"]), [{"n": 13}])
    assert (result.status, result.failed_node, result.path) == ("error", "bad", ["start", "bad"])
    assert result.error == {"message": "Not this one.", "kind": "unlucky", "retryable": False, "item": 0}
    assert run.logs[0].level == "error"


def test_continue_passes_the_failing_item_on() -> None:
    nodes = [("start", "start"), ("bad", "picky", {"on_error": "continue"}), ("after", "pass")]
    run, result = carry_out(document(nodes, ["start > bad", "bad > after"]), [{"n": 1}, {"n": 13}])
    assert result.status == "partial_success"
    assert output(run, "after") == [{"n": 1}, {"n": 13}]


def test_the_error_output_takes_failing_items_and_the_rest_goes_on() -> None:
    nodes = [("start", "start"), ("bad", "picky", {"on_error": "error_output"}), ("good", "pass"), ("sorry", "pass")]
    edges = ["start > bad", "bad > good", "bad.error > sorry"]
    run, result = carry_out(document(nodes, edges), [{"n": 1}, {"n": 13}, {"n": 2}])
    assert output(run, "good") == [{"n": 1}, {"n": 2}]
    (told,) = output(run, "sorry")
    assert (told["n"], told["error"]["message"], told["error"]["item"]) == (13, "Not this one.", 1)
    assert result.status == "partial_success"


def test_a_field_of_an_item_that_is_called_error_is_not_lost() -> None:
    nodes = [("start", "start"), ("bad", "picky", {"on_error": "error_output"}), ("sorry", "pass")]
    run, _result = carry_out(document(nodes, ["start > bad", "bad.error > sorry"]), [{"n": 13, "error": "mine"}])
    assert output(run, "sorry") == [{"n": 13, "error": "mine"}]


def test_a_node_that_fails_whole_sends_all_its_items_to_the_error_output() -> None:
    nodes = [("start", "start"), ("bad", "broken", {"on_error": "error_output"}), ("sorry", "pass")]
    run, result = carry_out(document(nodes, ["start > bad", "bad.error > sorry"]), NUMBERS)
    told = output(run, "sorry")
    assert [{"n": item["n"]} for item in told] == NUMBERS
    assert {item["error"]["kind"] for item in told} == {"internal_error"}
    assert run.scheduler.entries_of["bad"][0].status == ERROR
    assert result.status == "partial_success"


def test_a_bug_in_a_node_ends_one_run_and_shows_nothing_of_the_inside() -> None:
    run, result = carry_out(document([("start", "start"), ("bad", "broken")], ["start > bad"]))
    assert result.error is not None
    assert result.error["kind"] == "internal_error"
    assert "/etc" not in result.error["message"]
    assert "ZeroDivisionError" in run.logs[0].message


RETRY = {"enabled": True, "max_retries": 3, "delay_ms": 100, "exponential_backoff": True, "max_delay_ms": 250}


@pytest.mark.parametrize(("failures", "status", "delays"), [(2, "success", [0.1, 0.2]), (4, "error", [0.1, 0.2, 0.25])])
def test_retries_wait_longer_each_time_up_to_a_limit(failures: int, status: str, delays: list[float]) -> None:
    Flaky.left = failures
    slept: list[float] = []
    nodes = [("start", "start"), ("call", "flaky", {"retry": RETRY})]
    run, result = carry_out(document(nodes, ["start > call"]), sleep=slept.append)
    assert (result.status, slept) == (status, delays)
    assert run.scheduler.entries_of["call"][0].retry_count == len(delays)
    Flaky.left = 0


def test_retry_on_names_the_kinds_that_are_worth_it() -> None:
    Flaky.left = 1
    nodes = [("start", "start"), ("call", "flaky", {"retry": {**RETRY, "retry_on": ["http_429"]}})]
    _, result = carry_out(document(nodes, ["start > call"]))
    assert result.status == "error"
    Flaky.left = 0


def test_a_wait_pauses_the_run_until_its_moment() -> None:
    nodes = [("start", "start"), ("rest", "rest"), ("after", "pass")]
    _, result = carry_out(document(nodes, ["start > rest", "rest > after"]), [{"n": 1}])
    assert (result.status, result.path) == ("waiting", ["start", "rest"])
    assert result.resume_at is not None
    assert result.resume_at.hour == 13


def test_the_first_answer_wins() -> None:
    def say(text: str) -> dict[str, object]:
        return {"parameters": {"say": text}}

    nodes = [("start", "start"), ("one", "answer", say("first")), ("two", "answer", say("second"))]
    _, result = carry_out(document(nodes, ["start > one", "one > two"]))
    assert result.response is not None
    assert result.response.body == "first"


def test_the_output_of_a_run_is_what_its_last_node_put_out() -> None:
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"add": "x"}}), ("none", "nothing")]
    run, result = carry_out(document(nodes, ["start > a", "a > none"]), [{"n": 1}])
    assert [item.json for item in output_of(run, result)] == [{"n": 1, "value": "x"}]


def test_a_run_without_items_has_no_output() -> None:
    run, result = carry_out(document([("start", "start")], []), [])
    assert list(output_of(run, result)) == []


def test_too_many_node_runs_end_the_run_with_a_reason() -> None:
    nodes = [("start", "start"), ("a", "pass"), ("b", "pass")]
    definition = document(nodes, ["start > a", "a > b", "b > a"])
    _, result = carry_out(definition, scheduler={"max_node_runs": 50})
    assert result.error is not None
    assert (result.status, result.error["kind"]) == ("error", "too_many_node_runs")


def test_a_run_that_was_asked_to_stop_stops_before_the_next_node() -> None:
    asked: list[bool] = []
    nodes = [("start", "start"), ("a", "pass"), ("b", "pass")]
    _, result = carry_out(
        document(nodes, ["start > a", "a > b"]),
        after=lambda call, entry: asked.append(True) or True,  # type: ignore[func-returns-value]
        is_canceled=lambda: len(asked) > 1,
    )
    assert (result.status, result.path) == ("canceled", ["start", "a"])


def test_a_long_node_is_stopped_between_two_items() -> None:
    seen: list[int] = []
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"add": "={{ $json.n }}"}})]
    run, result = carry_out(
        document(nodes, ["start > a"]),
        NUMBERS,
        is_canceled=lambda: seen.append(1) or len(seen) > 5,  # type: ignore[func-returns-value]
    )
    assert result.status == "canceled"
    assert "a" not in run.scheduler.entries_of


def test_a_time_slice_ends_between_two_nodes() -> None:
    nodes = [("start", "start"), ("a", "pass")]
    _, result = carry_out(document(nodes, ["start > a"]), after=lambda call, entry: False)
    assert (result.status, result.path) == ("yielded", ["start"])


def test_notes_never_run() -> None:
    nodes = [("start", "start"), ("note", "note")]
    run, _ = carry_out(document(nodes, ["start > note"]), [{"n": 1}])
    assert run.scheduler.entries_of["note"][0].status == SKIPPED


@pytest.mark.parametrize(
    ("fields", "items", "seen"),
    [
        ({}, [{"n": 2}, {"n": 1}], [[2], [1]]),
        ({"execute_once": True}, [{"n": 2}, {"n": 4}, {"n": 1}, {"n": 3}], [[2], [1]]),
        ({"run_if": "$json.n !== 2"}, [{"n": 2}, {"n": 1}], [[], [1]]),
        ({"on_error": "continue"}, [{"n": 13}, {"n": 2}], [[], [2]]),
    ],
)
def test_a_node_can_look_at_what_arrived_in_its_earlier_runs(
    fields: dict[str, object], items: list[dict[str, int]], seen: list[list[int]]
) -> None:
    first, second = ("odd", "even") if items[0]["n"] % 2 else ("even", "odd")
    nodes = [("start", "start"), ("fork", "fork"), ("a", "pass"), ("b", "pass"), ("recall", "recall", fields)]
    edges = ["start > fork", f"fork.{first} > a", f"fork.{second} > b", "a > recall", "b > recall"]
    run, _ = carry_out(document(nodes, edges), items)
    assert output(run, "recall") == [{"seen": seen}]
