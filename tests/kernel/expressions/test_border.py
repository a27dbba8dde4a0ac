"""The library at the border to the engine of tier 2: whatever is asked, it answers, and only what it offers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.kernel.expressions import UNDEFINED, Budget
from exprsn.kernel.expressions.border import TAG, Library, interface
from exprsn.kernel.expressions.dates.js_date import JsDate
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.library.globals import GLOBALS
from exprsn.kernel.expressions.members import call_member
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import IterableObject

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([TAG, "a", "ms", "amounts", "start"]), inner)
    ),
    max_leaves=8,
)


class _Nothing:
    def resolve(self, name: str) -> Any:
        return UNDEFINED


def library(**limits: Any) -> Library:
    return Library(Run(_Nothing(), Budget(**limits)))


def ask(*request: Any, **limits: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(library(**limits).answer(json.dumps(request)))
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["method", "get", "static", "function", "parse", "x"]) | _JSON,
    st.sampled_from(["toFormat", "plus", "fromISO", "$jmespath", "keys", "sum", "__class__"]) | _JSON,
    _JSON,
    st.lists(_JSON, max_size=3) | _JSON,
)
def test_any_request_is_answered(operation: Any, name: Any, value: Any, arguments: Any) -> None:
    answer = ask(operation, name, value, arguments, steps=10_000, size=100_000)
    assert set(answer) in ({"value"}, {"error"})


@pytest.mark.parametrize("text", ["", "{", "[]", "[1]", "null", '"x"', "[" * 5_000])
def test_what_is_no_request_is_refused(text: str) -> None:
    assert set(json.loads(library().answer(text))) == {"error"}


@pytest.mark.parametrize(
    ("value", "name"),
    [("a", "__class__"), ([], "__len__"), ({}, "get"), ({TAG: "DateTime", "ms": 0, "zone": "UTC"}, "value")],
)
def test_nothing_of_python_is_in_reach(value: Any, name: str) -> None:
    assert ask("get", name, value, [])["value"] == {TAG: "undefined"}
    assert "error" in ask("method", name, value, [])


def test_work_is_paid_from_one_budget() -> None:
    made = library(steps=3_000)
    request = json.dumps(["method", "hash", "x" * 10_000, []])
    answers = [json.loads(made.answer(request)) for _ in range(20)]
    assert "value" in answers[0]
    assert answers[-1]["error"][0] == "expression_too_costly"


def test_dates_go_there_and_back() -> None:
    moment = {TAG: "DateTime", "ms": 1_700_000_000_123, "zone": "Europe/Berlin"}
    assert ask("method", "toDateTime", moment, [])["value"] == moment
    span = ask("static", "after", "Interval", [moment, {"days": 1}])["value"]
    assert (span[TAG], span["start"]) == ("Interval", moment)
    assert ask("method", "plus", {TAG: "Duration", "amounts": {"hours": 1}}, [{"hours": 2}])["value"]["amounts"] == {
        "hours": 3
    }
    for special in ("NaN", "Infinity", "-Infinity", "-0"):
        value = {TAG: "number", "text": special}
        assert ask("function", "$max", None, [value])["value"] == value


def test_the_interface_names_what_the_engine_makes() -> None:
    offered = interface()
    assert {"plus", "toFormat", "diffTo"} <= set(offered["classes"]["DateTime"]["methods"])
    assert {"year", "weekdayLong", "isValid"} <= set(offered["classes"]["DateTime"]["fields"])
    assert {"toTitleCase", "hash"} <= set(offered["helpers"]["String"])
    json.dumps(offered)


DAY = {TAG: "DateTime", "ms": 0, "zone": "UTC"}
HOUR = {TAG: "Duration", "amounts": {"hours": 1}}


@pytest.mark.parametrize(
    ("request_", "value"),
    [
        (("method", "toISO", DAY, []), "1970-01-01T00:00:00.000Z"),
        (("get", "year", DAY, []), 1970),
        (("static", "fromISO", "DateTime", ["1970-01-01T00:00:00Z", {"zone": "UTC"}]), {**DAY, "zone": "UTC"}),
        (("static", "fromISO", "DateTime", ["nonsense"]), None),
        (("method", "plus", DAY, [HOUR]), {**DAY, "ms": 3_600_000}),
        (("method", "shiftTo", HOUR, ["minutes"]), {TAG: "Duration", "amounts": {"minutes": 60}}),
        (("static", "fromDateTimes", "Interval", [DAY, DAY]), {TAG: "Interval", "start": DAY, "end": DAY}),
        (("get", "isValid", {TAG: "DateTime", "ms": None, "reason": "unparsable"}, []), False),
        (("get", "length", {TAG: "Interval", "start": DAY, "end": DAY}, []), None),
        (("function", "$min", None, [3, 2]), 2),
        (("function", "$min", None, [{TAG: "number", "text": "NaN"}]), {TAG: "number", "text": "NaN"}),
        (("function", "$max", None, []), None),
        (("parse", "", "1970-01-01T00:00:00Z", []), 0),
        (("method", "sum", [1, 2], []), 3),
        (("method", "toISOString", {TAG: "date", "ms": 0}, []), "1970-01-01T00:00:00.000Z"),
        (("function", "$jmespath", None, [{"a": {TAG: "undefined"}}, "a"]), None),
    ],
)
def test_what_is_asked_for_comes_back(request_: Any, value: Any) -> None:
    answer = ask(*request_)
    assert "value" in answer, answer
    if value is not None:
        assert answer["value"] == value


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (("method", "explode", DAY, []), "expression_failed"),
        (("method", "plus", "text", []), "expression_failed"),
        (("static", "fromISO", "Elsewhere", []), "expression_failed"),
        (("function", "$nothing", None, []), "expression_failed"),
        (("x", "", None, []), "expression_failed"),
    ],
)
def test_what_cannot_be_done_is_an_error(request_: Any, code: str) -> None:
    assert ask(*request_)["error"][0] == code


def test_too_deep_and_too_much_are_too_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    assert ask("function", "$min", None, [deep])["error"][0] == "expression_too_costly"
    made = library()
    monkeypatch.setattr(made, "_operations", {"make": lambda *_: deep, "fail": lambda *_: _no_memory()})
    assert json.loads(made.answer('["make", "", null, []]'))["error"][0] == "expression_too_costly"
    assert json.loads(made.answer('["fail", "", null, []]'))["error"][0] == "expression_too_costly"


def _no_memory() -> None:
    raise MemoryError


class Three(IterableObject):
    """A value that can be spread."""

    def iterate(self) -> list[Any]:
        return [1, 2, 3]

    def get_member(self, name: str) -> Any:
        return UNDEFINED


def test_every_kind_of_value_is_written() -> None:
    made = library()
    run = Run(_Nothing(), Budget())
    kinds = {
        "date": JsDate(None),
        "DateTime": DateTime(None, "unparsable"),
        "undefined": GLOBALS["Math"],
    }
    for kind, value in kinds.items():
        assert made._write(value, 0)[TAG] == kind
    assert made._write(call_member(GLOBALS["Object"], "keys", [{"a": 1}], run), 0) == ["a"]
    assert made._write(Three(), 0) == [1, 2, 3]
    assert made._write(-0.0, 0) == {TAG: "number", "text": "-0"}
