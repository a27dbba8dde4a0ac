"""What the host lends: objects, functions, dates; and what leaves as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import (
    UNDEFINED,
    ExpressionError,
    HostFunction,
    HostObject,
    Undefined,
    date_time,
    to_json,
    truthy,
)
from exprsn.kernel.expressions import (
    evaluate as evaluate_to_json,
)

Evaluate = Callable[..., Any]


class Node(HostObject):
    """A host's object that can also be called."""

    def get_member(self, name: str) -> Any:
        return {"name": "N", "first": HostFunction(lambda *_: {"json": {"a": 1}}, "first"), "none": None}.get(
            name, UNDEFINED
        )

    def call(self, *arguments: Any) -> Any:
        return ["called", *arguments]


class Plain(HostObject):
    """A host's object with nothing but its members."""

    def get_member(self, name: str) -> Any:
        return UNDEFINED


def test_members_and_calls_of_host_objects(evaluate: Evaluate) -> None:
    lent = {"node": Node()}
    assert evaluate("$node.name", **lent) == "N"
    assert evaluate("$node.first().json.a", **lent) == 1
    assert evaluate("$node.first?.().json.a", **lent) == 1
    assert evaluate("$node.nope?.()", **lent) is UNDEFINED
    assert evaluate("$node.none?.()", **lent) is UNDEFINED
    assert evaluate("$node(1, 'x')", **lent) == ["called", 1, "x"]
    assert evaluate("'name' in $node", **lent) is True
    assert evaluate("'nope' in $node", **lent) is False
    assert evaluate("$node + ''", **lent) == "[object Object]"
    assert evaluate("$node == '[object Object]'", **lent) is True
    assert evaluate("typeof $node", **lent) == "object"


def test_functions_of_the_host(evaluate: Evaluate) -> None:
    add = HostFunction(lambda a, b=1: a + b, "add", {"version": 2})
    lent = {"add": add, "json": {"f": add}}
    assert evaluate("$add(1, 2)", **lent) == 3
    assert evaluate("$json.f(4)", **lent) == 5
    assert evaluate("[1, 2].map(x => $add(x))", **lent) == [2, 3]
    assert evaluate("$add.version", **lent) == 2
    assert evaluate("$add.name", **lent) is UNDEFINED
    assert evaluate("typeof $add", **lent) == "function"
    assert evaluate("String($add)", **lent) == "function add() { [native code] }"
    assert evaluate("String(Math.max)", **lent) == "function max() { [native code] }"
    assert evaluate("String(x => x)", **lent) == "function () { [native code] }"
    with pytest.raises(ExpressionError, match="The call does not fit"):
        evaluate("$add()", **lent)
    with pytest.raises(ExpressionError, match="The call does not fit"):
        evaluate("$add(1, 2, 3)", **lent)


def test_an_object_that_cannot_be_called_says_so(evaluate: Evaluate) -> None:
    with pytest.raises(ExpressionError, match="it is an object, not a function"):
        evaluate("$plain()", plain=Plain())
    with pytest.raises(TypeError, match="not a function"):
        Plain().call()


def test_refusals_of_the_host_pass_through(evaluate: Evaluate) -> None:
    def refuse() -> None:
        raise DomainError("There is no node called “X”.", code="node_not_found")

    with pytest.raises(DomainError) as caught:
        evaluate("$node().x", node=HostFunction(refuse))
    assert caught.value.code == "node_not_found"


def test_the_place_of_an_error_that_already_has_one_stays(evaluate: Evaluate) -> None:
    def inner() -> Any:
        return evaluate("\n\n  nope")

    with pytest.raises(ExpressionError) as caught:
        evaluate("$inner()", inner=HostFunction(inner))
    assert (caught.value.line, caught.value.column) == (3, 3)


def test_values_that_are_not_json_have_no_methods(evaluate: Evaluate) -> None:
    assert evaluate("$x.real", x=Decimal(1)) is UNDEFINED
    with pytest.raises(ExpressionError, match="an object has no such method"):
        evaluate("$x.sqrt()", x=Decimal(1))
    assert evaluate("$x.sqrt?.()", x=Decimal(1)) is UNDEFINED


def test_dates_of_the_host(evaluate: Evaluate) -> None:
    moment = date_time(datetime(2024, 3, 5, 12, 0, 0, 123_456, tzinfo=UTC), "Europe/Berlin")
    assert evaluate("$now.toISO()", now=moment) == "2024-03-05T13:00:00.123+01:00"
    assert evaluate("DateTime.fromISO('2024-03-05').toISO()", now=moment) == "2024-03-05T00:00:00.000+01:00"
    assert evaluate("DateTime.now().zoneName", now=moment) == "Europe/Berlin"
    assert evaluate("DateTime.now().zoneName", now="text") == "UTC"
    assert evaluate("DateTime.utc(2024).toLocal().zoneName", now=moment) == "Europe/Berlin"
    assert date_time(datetime(2024, 1, 1, tzinfo=UTC), "UTC").to_json() == "2024-01-01T00:00:00.000Z"
    with pytest.raises(ValueError, match="no time zone 'Nope'"):
        date_time(datetime(2024, 1, 1, tzinfo=UTC), "Nope")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNDEFINED, None),
        (None, None),
        (True, True),
        (5, 5),
        (2**60 + 1, 2**60 + 1),
        (1.5, 1.5),
        (-0.0, 0),
        (math.nan, None),
        (math.inf, None),
        ("é", "é"),
        ("a\x00b\ud800", "ab\ufffd"),
        ([1, UNDEFINED, math.nan], [1, None, None]),
        ({"a": UNDEFINED, "b": [{"c\x00": UNDEFINED}], "d\x00": 1}, {"b": [{}], "d": 1}),
        ({"f": HostFunction(len)}, {}),
        ([HostFunction(len)], [None]),
        (HostFunction(len), None),
        (Plain(), {}),
        ([Plain()], [{}]),
        (date_time(datetime(2024, 3, 5, tzinfo=UTC), "Asia/Tokyo"), "2024-03-05T09:00:00.000+09:00"),
        (Decimal("1.5"), Decimal("1.5")),
    ],
)
def test_results_as_json(value: Any, expected: Any) -> None:
    made = to_json(value)
    assert made == expected
    assert type(made) is type(expected)


def test_a_result_is_a_copy() -> None:
    data = {"a": [1]}
    made = to_json(data)
    made["a"].append(2)
    assert data == {"a": [1]}


def test_evaluating_straight_to_json(names: Callable[..., Any]) -> None:
    assert evaluate_to_json("[$json.a, undefined, new Date(0)]", names(json={"a": 1})) == [
        1,
        None,
        "1970-01-01T00:00:00.000Z",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, False), (UNDEFINED, False), (False, False), (0, False), (-0.0, False), (math.nan, False), ("", False),
        (True, True), (1, True), (0.5, True), ("0", True), ([], True), ({}, True), (Plain(), True),
    ],
)  # fmt: skip
def test_truth(value: Any, expected: bool) -> None:
    assert truthy(value) is expected


def test_undefined_is_one_value() -> None:
    assert isinstance(UNDEFINED, Undefined)
    assert (repr(UNDEFINED), bool(UNDEFINED)) == ("undefined", False)


def test_large_integers_that_are_carried_stay_exact(evaluate: Evaluate, names: Callable[..., Any]) -> None:
    large = 12345678901234567890
    assert evaluate("$json.id", json={"id": large}) == large
    assert evaluate("[$json.id][0]", json={"id": large}) == large
    assert evaluate("`${$json.id}`", json={"id": large}) == str(large)
    assert evaluate("JSON.stringify($json)", json={"id": large}) == f'{{"id":{large}}}'
    assert evaluate("JSON.parse('12345678901234567890')") == large
    assert evaluate("JSON.parse('9'.repeat(40))") == 1e40
    assert evaluate("$json.id + 1", json={"id": large}) == float(large)
    assert evaluate("$json.id === $json.id + 1", json={"id": large}) is True
    assert evaluate("$json.id === 1", json={"id": large}) is False
    assert evaluate("String($json.id)", json={"id": 10**25}) == "1e+25"
    assert evaluate("-$json.id", json={"id": -(10**400)}) == math.inf
    assert evaluate("$json.id * 2", json={"id": -(10**400)}) == -math.inf
    assert evaluate("Math.floor($json.id)", json={"id": large}) == large
    assert evaluate("Math.trunc($json.x)", json={"x": math.inf}) == math.inf
