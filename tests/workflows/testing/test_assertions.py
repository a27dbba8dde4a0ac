"""Each kind of assertion: when it holds, and what it says when it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.testing.cases import carried_out, graph_of, told

ITEMS = [{"n": 1, "name": "Ada", "tags": ["a", "b"], "deep": {"x": 1}}, {"n": 2, "name": "Grace"}]
PASSING = graph_of([("start", "start"), ("a", "pass"), ("off", "pass", {"disabled": True})], ["start > a"])
FAILING = graph_of([("start", "start"), ("bad", "picky")], ["start > bad"])
ANSWERING = graph_of(
    [("start", "start"), ("say", "answer", {"parameters": {"say": "={{ {id: 7, more: true, list: [1]} }}"}})],
    ["start > say"],
)


def check(**assertion: Any) -> list[str]:
    return told(carried_out(PASSING, assertion, items=ITEMS))


@pytest.mark.parametrize(
    "assertion",
    [
        {"kind": "status", "expected": "success"},
        {"kind": "status", "node": "a", "expected": "success"},
        {"kind": "ran", "node": "a"},
        {"kind": "ran", "node": "a", "expected": 1},
        {"kind": "not_run", "node": "off"},
        {"kind": "count", "expected": 2},
        {"kind": "count", "node": "a", "output": "main", "expected": 2},
        {"kind": "count", "node": "a", "output": "error", "expected": 0},
        {"kind": "equals", "expected": ITEMS},
        {"kind": "equals", "node": "a", "run": 0, "item": 1, "expected": {"n": 2.0, "name": "Grace"}},
        {"kind": "equals", "node": "a", "path": "tags[1]", "expected": "b"},
        {"kind": "equals", "node": "a", "path": "deep['x']", "expected": 1},
        {"kind": "equals", "node": "a", "item": 1, "expected": {"n": 3, "name": "Grace"}, "ignore": ["n"]},
        {"kind": "equals", "expected": [{**ITEMS[0], "tags": [0, 0]}, {"n": 0, "name": "Grace"}],
         "ignore": ["tags.*", "n"]},
        {"kind": "equals", "path": "deep", "expected": {"x": 2}, "ignore": ["deep.x"]},
        {"kind": "contains", "node": "a", "path": "name", "expected": "d"},
        {"kind": "contains", "node": "a", "expected": {"name": "Grace"}},
        {"kind": "contains", "node": "a", "expected": [{"n": 2}, {"deep": {"x": 1}}]},
        {"kind": "contains", "node": "a", "item": 0, "expected": {"tags": ["a", "b"]}},
        {"kind": "matches", "node": "a", "path": "name", "expected": "^A.a$"},
        {"kind": "matches", "node": "a", "path": "n", "expected": "/^1$/"},
        {"kind": "expression", "node": "a", "expected": "$json.n > 0 && $items.length == 2 && $itemIndex < 2"},
        {"kind": "expression", "node": "a", "item": 1, "expected": "$json.name == 'Grace'"},
        {"kind": "expression", "expected": "$run.status == 'success' && $response == null"},
    ],
)  # fmt: skip
def test_what_is_so_holds(assertion: Any) -> None:
    assert check(**assertion) == []


@pytest.mark.parametrize(
    ("assertion", "message"),
    [
        ({"kind": "status", "expected": "error"}, "The status is success, not error."),
        ({"kind": "status", "node": "off", "expected": "success"}, "The step did not run."),
        ({"kind": "ran", "node": "off"}, "The step did not run."),
        ({"kind": "ran", "node": "a", "expected": 2}, "The step ran 1 times."),
        ({"kind": "not_run", "node": "a"}, "The step ran."),
        ({"kind": "count", "expected": 3}, "2 items, not 3."),
        ({"kind": "count", "node": "a", "run": 1, "expected": 1}, "The step ran 1 times, so there is no run 1."),
        (
            {"kind": "equals", "item": 1, "expected": {"n": 5}},
            "n: expected 5, found 2; name: expected nothing, found Grace.",
        ),
        (
            {"kind": "equals", "item": 1, "expected": {"n": 2, "name": "Grace", "x": None}},
            "x: expected null, found nothing.",
        ),
        ({"kind": "equals", "item": 9, "expected": 1}, "There is no item 9; there are 2."),
        ({"kind": "equals", "path": "no.such", "expected": 1}, "Item 0 has nothing at “no.such”."),
        ({"kind": "equals", "path": "tags", "expected": ["a"]}, "tags: expected a list of 1, found a list of 2."),
        (
            {"kind": "equals", "path": "tags", "expected": ["b", "x"]},
            "tags[0]: expected b, found a; tags[1]: expected x, found b.",
        ),
        ({"kind": "equals", "path": "n", "expected": True}, "n: expected true, found 1."),
        ({"kind": "equals", "path": "n", "expected": "1" * 90}, f"n: expected {'1' * 80}…, found 1."),
        (
            {"kind": "equals", "item": 0, "expected": {}},
            "n: expected nothing, found 1; name: expected nothing, found Ada; "
            "tags: expected nothing, found a list of 2; and 1 more.",
        ),
        ({"kind": "equals", "expected": 3}, "expected 3, found a list of 2."),
        (
            {"kind": "equals", "path": "deep", "expected": False},
            "deep: expected false, found an object with 1 members.",
        ),
        ({"kind": "contains", "path": "name", "expected": "z"}, "z is not in it."),
        ({"kind": "contains", "expected": [{"n": 2}, {"n": 3}]}, "a list of 2 is not in it."),
        ({"kind": "matches", "path": "name", "expected": "x"}, "The pattern is not found in it."),
        ({"kind": "matches", "path": "tags", "expected": "x"}, "It is no text."),
        ({"kind": "expression", "expected": "$json.n == 1"}, "It is not true for item 1."),
        ({"kind": "expression", "item": 7, "expected": "$json.n == 1"}, "It is not true for item 7."),
        ({"kind": "expression", "expected": "$json.n.explode()"}, "The expression cannot be evaluated: "),
        ({"kind": "error_kind", "expected": "x"}, "There was no error."),
        ({"kind": "response", "expected": {}}, "Nothing was answered."),
    ],
)
def test_what_is_not_so_is_told(assertion: Any, message: str) -> None:
    (found,) = check(**assertion)
    assert found.startswith(message)


def test_a_pattern_that_costs_too_much_is_told() -> None:
    outcome = carried_out(
        PASSING, {"kind": "matches", "path": "t", "expected": "(a?){400}z"}, items=[{"t": "a" * 9_000}]
    )
    assert told(outcome) == ["The pattern takes too long on this text."]


def test_errors_have_a_kind_and_the_status_says_why() -> None:
    assert told(carried_out(FAILING, {"kind": "error_kind", "expected": "unlucky"}, items=[{"n": 13}])) == []
    wrong = [
        {"kind": "status", "expected": "success"},
        {"kind": "error_kind", "node": "bad", "expected": "http_500"},
    ]
    outcome = carried_out(FAILING, *wrong, items=[{"n": 13}])
    assert told(outcome) == ["The status is error, not success. Not this one.", "The error is of the kind unlucky."]
    assert [(f.assertion, f.node, f.actual) for f in outcome.failures] == [(0, "", "error"), (1, "bad", "unlucky")]
    assert (outcome.failed_node, outcome.path) == ("bad", ["start", "bad"])


@pytest.mark.parametrize(
    ("assertion", "messages"),
    [
        ({"expected": {"status": 200, "body": {"id": 7, "list": [1]}}}, []),
        ({"path": "body.id", "expected": 7}, []),
        ({"path": "body", "expected": {"id": 8}, "ignore": ["body.id"]}, []),
        ({"path": "body", "expected": {"id": 8}}, ["body.id: expected 8, found 7."]),
        ({"path": "body.none", "expected": 8}, ["The answer has nothing at “body.none”."]),
    ],
)
def test_what_the_caller_gets(assertion: Any, messages: list[str]) -> None:
    assert told(carried_out(ANSWERING, {"kind": "response", **assertion})) == messages
    assert told(carried_out(ANSWERING, {"kind": "expression", "expected": "$response.status == 200"})) == []
    assert (
        told(
            carried_out(FAILING, {"kind": "expression", "expected": "$run.error.kind == 'unlucky'"}, items=[{"n": 13}])
        )
        == []
    )
