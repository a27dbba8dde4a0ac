"""What stands in for the outside: answers of nodes and of HTTP servers, time, waits, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.node_type import NodeError, NodeResult
from apps.workflows.engine.ports import HttpCall
from apps.workflows.engine.testing.cases import HttpMock, as_items
from apps.workflows.engine.testing.checking import case_faults
from apps.workflows.engine.testing.coverage import Coverage
from apps.workflows.engine.testing.files import FilesInMemory
from apps.workflows.engine.testing.mocks import MockedHttp, fits_wildcards
from apps.workflows.registry import get_node_type
from exprsn.kernel.errors import DomainError
from tests.workflows.engine.graphs import TYPES, Pass
from tests.workflows.testing.cases import carried_out, graph_of, told

EFFECT = graph_of([("start", "start"), ("do", "effect"), ("after", "pass")], ["start > do", "do > after"])


def result_is(expected: Any) -> dict[str, Any]:
    return {"kind": "equals", "node": "after", "expected": expected}


@pytest.mark.parametrize(
    ("mock", "expected"),
    [
        ({"items": [{"a": 1}, {"json": {"b": 2}}]}, [{"a": 1}, {"b": 2}]),
        ({"items": [{"a": 1}], "output": "main"}, [{"a": 1}]),
        ({"outputs": {"main": [{"c": 3}]}}, [{"c": 3}]),
        ({"runs": [{"items": [{"r": 0}]}, {"items": [{"r": 1}]}]}, [{"r": 0}]),
    ],
)
def test_a_mock_answers_in_place_of_a_node(mock: Any, expected: Any) -> None:
    outcome = carried_out(EFFECT, result_is(expected), mocks={"nodes": {"do": mock}})
    assert (told(outcome), outcome.unmocked) == ([], [])


def test_each_run_of_a_node_has_its_own_answer_and_the_last_repeats() -> None:
    graph = graph_of(
        [("start", "start"), ("loop", "loop"), ("do", "effect"), ("after", "pass")],
        ["start > loop", "loop.loop > do", "do > loop", "loop.done > after"],
    )
    runs = {"runs": [{"items": [{"r": 0}]}, {"items": [{"r": 1}]}]}
    outcome = carried_out(
        graph, result_is([{"r": 0}, {"r": 1}, {"r": 1}]), items=[{}, {}, {}], mocks={"nodes": {"do": runs}}
    )
    assert told(outcome) == []


def test_a_mocked_error_goes_the_way_of_real_ones() -> None:
    error = {"nodes": {"do": {"error": {"message": "Down.", "kind": "http_503"}}}}
    stopped = carried_out(EFFECT, {"kind": "error_kind", "expected": "http_503"}, mocks=error)
    assert (told(stopped), stopped.run_status, stopped.error and stopped.error["message"]) == ([], "error", "Down.")
    nodes = [("start", "start"), ("do", "effect", {"on_error": "error_output"}), ("sorry", "pass")]
    graph = graph_of(nodes, ["start > do", "do.error > sorry"])
    sorry = {"kind": "equals", "node": "sorry", "path": "error.kind", "expected": "http_503"}
    assert told(carried_out(graph, sorry, mocks=error)) == []


@pytest.mark.parametrize(
    ("failed", "kind"),
    [
        ({"json": {"n": 1}, "error": {"message": "x", "kind": "own"}}, "own"),
        ({"n": 1, "error": {"message": "x", "kind": "told"}}, "told"),
        ({"n": 1, "error": "x"}, "node_failed"),
    ],
)
def test_a_mock_can_fail_for_some_items(failed: Any, kind: str) -> None:
    nodes = [("start", "start"), ("do", "effect", {"on_error": "error_output"}), ("good", "pass"), ("sorry", "pass")]
    graph = graph_of(nodes, ["start > do", "do > good", "do.error > sorry"])
    mock = {"outputs": {"main": [{"n": 2}], "error": [failed]}}
    outcome = carried_out(
        graph,
        {"kind": "status", "expected": "partial_success"},
        {"kind": "count", "node": "good", "expected": 1},
        {"kind": "error_kind", "node": "do", "expected": kind},
        {"kind": "ran", "node": "sorry"},
        mocks={"nodes": {"do": mock}},
    )
    assert told(outcome) == []


def test_lineage_of_a_mock_is_kept_where_it_is_given() -> None:
    nodes = [
        ("start", "start"),
        ("do", "effect"),
        ("after", "pass", {"parameters": {"add": "={{ $('start').item.json.n }}"}}),
    ]
    graph = graph_of(nodes, ["start > do", "do > after"])
    pairs = [{"json": {}, "paired_item": [{"item": at, "input": 0}]} for at in (1, 0, 1)]
    values = [{"value": 2}, {"value": 1}, {"value": 2}]
    outcome = carried_out(
        graph, {"kind": "equals", "node": "after", "expected": values}, items=[{"n": 1}, {"n": 2}],
        mocks={"nodes": {"do": {"items": pairs}}},
    )  # fmt: skip
    assert told(outcome) == []
    assert as_items([{"json": {}, "paired_item": "odd"}, {"json": {}, "paired_item": [{"item": -1, "input": 0}]}]) == [
        {"json": {}}, {"json": {}},
    ]  # fmt: skip


def test_an_effect_without_a_mock_answers_an_example_and_is_named() -> None:
    outcome = carried_out(EFFECT, result_is([{"n": 1}]), items=[{"n": 1}])
    assert (told(outcome), outcome.unmocked) == ([], ["do"])
    twice = graph_of([("start", "start"), ("a", "pass"), ("do", "effect")], ["start > a", "start > do", "a > do"])
    assert carried_out(twice, {"kind": "ran", "node": "do", "expected": 2}).unmocked == ["do"]
    nothing = graph_of([("start", "start"), ("do", "effect", {"pinned_data": []})], ["start > do"])
    assert carried_out(nothing, {"kind": "count", "node": "do", "expected": 0}).status == "passed"


class AsksSomebody(Pass):
    """Waits for an answer."""

    type = "asks"

    def run(self, context: Any) -> NodeResult:
        result = NodeResult()
        result.wait_for = object()  # type: ignore[assignment]
        return result


def test_waits_pass_at_once() -> None:
    graph = graph_of([("start", "start"), ("rest", "rest"), ("after", "pass")], ["start > rest", "rest > after"])
    assert told(carried_out(graph, {"kind": "status", "expected": "success"}, {"kind": "ran", "node": "after"})) == []
    asking = graph_of(
        [("start", "start"), ("ask", "asks"), ("ask again", "asks"), ("after", "pass")],
        ["start > ask", "ask > ask again", "ask again > after"],
        {**TYPES, "asks": AsksSomebody},
    )
    outcome = carried_out(asking, {"kind": "ran", "node": "after"})
    assert (told(outcome), outcome.unmocked) == ([], ["ask", "ask again"])


@pytest.mark.parametrize(
    ("now", "expected"),
    [(None, "2026-01-01"), ("2027-05-06T07:08:09", "2027-05-06"), ("2027-05-06T23:00:00-05:00", "2027-05-07")],
)
def test_time_stands_still(now: str | None, expected: str) -> None:
    nodes = [("start", "start"), ("a", "pass", {"parameters": {"add": "={{ $now.toUTC().toISODate() }}"}})]
    graph = graph_of(nodes, ["start > a"])
    assert told(carried_out(graph, {"kind": "equals", "path": "value", "expected": expected}, now=now)) == []


def test_a_run_that_takes_too_long_fails() -> None:
    nodes = [("start", "start"), ("a", "pass"), ("b", "pass")]
    outcome = carried_out(graph_of(nodes, ["start > a", "a > b"]), seconds=0)
    assert [(failure.kind, failure.assertion) for failure in outcome.failures] == [("timeout", None)]


class NeverEnds(Pass):
    """Is still at work when it answers."""

    type = "never"

    def run(self, context: Any) -> NodeResult:
        return NodeResult(calls=[object()], awaits_calls=True)  # type: ignore[list-item]


def test_a_run_that_waits_for_others_does_not_come_to_its_end() -> None:
    graph = graph_of([("start", "start"), ("a", "never")], ["start > a"], {**TYPES, "never": NeverEnds})
    assert told(carried_out(graph)) == ["The run did not come to its end."]


@pytest.mark.parametrize(
    ("nodes", "wanted", "message"),
    [
        ([("start", "start")], "gone", "The workflow has no such trigger."),
        ([("start", "start"), ("a", "pass")], "a", "The workflow has no such trigger."),
        ([("start", "start", {"disabled": True})], "", "The workflow has no trigger."),
    ],
)
def test_a_test_must_fit_the_version(nodes: Any, wanted: str, message: str) -> None:
    outcome = carried_out(graph_of(nodes, []), trigger=wanted)
    assert (outcome.status, told(outcome)) == ("error", [message])


def http(nodes: Any, edges: Any, *assertions: Any, **held: Any) -> Any:
    graph = graph_of(nodes, edges, _Known())
    return carried_out(graph, *assertions, **held)


class _Known(dict[str, Any]):
    def __missing__(self, type_id: str) -> Any:
        return get_node_type(type_id)


CALL = {
    "parameters": {"method": "POST", "url": "=https://api.example.com/orders/{{ 1 }}", "authentication": "bearer"},
    "credentials": {"bearer": "c1"},
}
CALLING = ([("start", "manual"), ("call", "http_request", CALL)], ["start > call"])


def test_an_http_node_runs_and_its_calls_are_answered_at_the_border() -> None:
    answers = [
        {"url": "https://other.example.com/*", "body": {"wrong": 1}},
        {"method": "get", "url": "*", "body": {"wrong": 2}},
        {"method": "post", "url": "https://api.example.com/orders/*", "status": 503, "times": 1},
        {"url": "https://*/orders/*", "body": {"id": 7}},
    ]
    retried = [CALLING[0][0], ("call", "http_request", {**CALL, "retry": {"enabled": True}})]
    outcome = http(
        retried, CALLING[1], {"kind": "equals", "expected": [{"id": 7}]},
        {"kind": "status", "expected": "success"}, mocks={"http": answers},
    )  # fmt: skip
    assert (told(outcome), outcome.unmocked) == ([], [])


def test_a_call_that_no_mock_answers_is_a_failure_and_no_request() -> None:
    outcome = http(*CALLING, {"kind": "status", "expected": "error"}, mocks={"http": []})
    assert [failure.kind for failure in outcome.failures] == ["unmocked_call"]
    assert "POST https://api.example.com/orders/" in outcome.failures[0].message


@pytest.mark.parametrize(
    ("mock", "status", "body", "kind"),
    [
        ({"body": {"a": 1}}, 200, b'{"a": 1}', "application/json"),
        ({"body": "text", "status": 599}, 599, b"text", "text/plain; charset=utf-8"),
        ({"body": "<a/>", "headers": {"Content-Type": "text/xml"}}, 200, b"<a/>", "text/xml"),
        ({}, 200, b"", "application/json"),
    ],
)
def test_the_answer_of_a_mock(mock: Any, status: int, body: bytes, kind: str | None) -> None:
    made = MockedHttp([HttpMock("*", "https://a.example/x?q=*&b=2", **mock)])
    answer = made.send(HttpCall("GET", "https://a.example/x?q=1", query=[("b", "2")]))
    assert (answer.status, answer.body, answer.headers.get("content-type")) == (status, body, kind)
    with pytest.raises(NodeError):
        made.send(HttpCall("GET", "https://a.example/x", query=[("b", "2")]))
    assert made.unanswered == ["GET https://a.example/x"]


def test_a_file_that_a_mock_answers_is_kept_in_memory() -> None:
    picture = {"url": "*", "body": "pixels", "headers": {"Content-Type": "image/png"}}
    outcome = http(
        *CALLING, {"kind": "status", "expected": "success"}, {"kind": "count", "expected": 1}, mocks={"http": [picture]}
    )  # fmt: skip
    assert told(outcome) == []
    (item,) = outcome.entries[-1].outputs["main"]
    (reference,) = item.binary.values()
    assert (reference["id"], reference["media_type"], reference["size"]) == ("test-file-0", "image/png", 6)


def test_files_of_a_run_are_read_again_and_others_where_they_are_kept() -> None:
    files = FilesInMemory(max_bytes=5)
    made = files.store(iter([b"ab", b"c"]), name="a.txt", media_type="text/plain")
    assert (files.open(made).read(), made["size"], made["file_name"]) == (b"abc", 3, "a.txt")
    with pytest.raises(NodeError):
        files.store(b"123456", name="a", media_type="b")
    with pytest.raises(DomainError) as refused:
        files.open({"id": "elsewhere"})
    assert refused.value.code == "files_unavailable"


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("abc", "abc", True), ("abc", "abcd", False), ("a*", "abc", True), ("b*", "abc", False), ("*c", "abc", True),
        ("a*b*c", "axxbyyc", True), ("a*b*c", "axxyyc", False), ("a*a", "a", False), ("*", "", True),
    ],
)  # fmt: skip
def test_wildcards(pattern: str, text: str, fits: bool) -> None:
    assert fits_wildcards(pattern, text) is fits


def test_coverage_counts_what_can_be_reached_and_each_way_out() -> None:
    nodes = [
        ("start", "start"), ("fork", "fork"), ("odd", "pass"), ("even", "pass"), ("island", "pass"), ("note", "note"),
        ("off", "pass", {"disabled": True}), ("risky", "picky", {"on_error": "error_output"}), ("sorry", "pass"),
    ]  # fmt: skip
    edges = ["start > fork", "fork.odd > odd", "fork.even > even", "odd > off", "off > risky", "risky.error > sorry"]
    graph = graph_of(nodes, edges)
    coverage = Coverage(graph)
    coverage.add(carried_out(graph, items=[{"n": 1}]).entries)
    assert coverage.to_data() == {
        "nodes": {"covered": 4, "total": 6, "missing": ["even", "sorry"]},
        "branches": {
            "covered": 1, "total": 3,
            "missing": [{"node": "fork", "output": "even"}, {"node": "risky", "output": "error"}],
        },
    }  # fmt: skip
    coverage.add(carried_out(graph, items=[{"n": 2}, {"n": 13}]).entries)
    assert coverage.to_data()["branches"]["missing"] == []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"trigger_items": 3}, "trigger_items"),
        ({"now": "yesterday"}, "now"),
        ({"mocks": {"nodes": {"a": {}}}}, "mocks.nodes.a"),
        ({"mocks": {"nodes": {"a": {"items": [], "error": {"message": "x"}}}}}, "mocks.nodes.a"),
        ({"mocks": {"nodes": {"a": {"runs": [{"items": []}, {}]}}}}, "mocks.nodes.a.runs[1]"),
        ({"mocks": {"http": [{"status": 200}]}}, "mocks.http[0]"),
        ({"assertions": [{"kind": "magic"}]}, "assertions[0].kind"),
        ({"assertions": [{"kind": "status", "expected": "x"}, {"kind": "ran"}]}, "assertions[1].node"),
        ({"assertions": [{"kind": "status"}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "count", "expected": -1}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "ran", "node": "a", "expected": "x"}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "matches", "expected": "("}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "matches", "expected": 1}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "expression", "expected": "1 +"}]}, "assertions[0].expected"),
        ({"assertions": [{"kind": "expression"}]}, "assertions[0].expected"),
        ({"mocks": []}, "mocks"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_place(value: Any, place: str) -> None:
    assert list(case_faults(value)) == [place], json.dumps(value)


def test_of_many_faults_some_are_told() -> None:
    assert len(case_faults({"assertions": [{"kind": at} for at in range(90)]})) == 50
